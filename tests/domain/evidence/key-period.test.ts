import { describe, expect, it } from 'vitest';
import { keyFault, type KeyPeriod, strictest } from '../../../domain/evidence/key-period.js';
import { checkpointText } from '../../../domain/evidence/checkpoint.js';
import { leafHash } from '../../../domain/evidence/merkle.js';
import { cosignatureLine, signatureLine, verifierText } from '../../../domain/evidence/note.js';
import { eachOnce, keysFormat, trustedFrom } from '../../../domain/evidence/trusted-keys.js';
import { type CaseProof, verifyProof } from '../../../domain/evidence/verify.js';
import { noteKey } from '../../support/log.js';

const from = '2026-07-01T00:00:00.000Z';
const until = '2026-08-01T00:00:00.000Z';
const revoked = (reason: 'compromised' | 'superseded' | 'ceased') => ({ at: '2026-07-20T00:00:00.000Z', reason });
const of = (more: Partial<KeyPeriod> = {}): KeyPeriod => ({ from, until, revoked: null, ...more });

describe('when a key may sign', () => {
  it.each([
    ['within its time', of(), '2026-07-10T00:00:00.000Z', true, undefined],
    ['in the moment it was made known, by another clock', of(), '2026-06-30T23:58:00.000Z', true, undefined],
    ['before it', of(), '2026-06-30T00:00:00.000Z', true, 'key-early'],
    ['in the instant it expires', of(), until, true, 'key-expired'],
    ['without an end', of({ until: null }), '2036-01-01T00:00:00.000Z', false, undefined],
    ['before a revocation', of({ revoked: revoked('superseded') }), '2026-07-19T23:59:59.999Z', false, undefined],
    ['in the instant of a revocation', of({ revoked: revoked('ceased') }), revoked('ceased').at, true, 'key-revoked'],
    ['after it, and expired, too', of({ revoked: revoked('ceased') }), '2026-09-01T00:00:00.000Z', true, 'key-revoked'],
    ['before a theft, by what the thief says', of({ revoked: revoked('compromised') }), from, false, 'key-revoked'],
    ['before a theft, by what a witness says', of({ revoked: revoked('compromised') }), from, true, undefined],
  ])('%s', (_, period, at, attested, fault) => {
    expect(keyFault(period, at, attested)).toBe(fault);
  });

  it('of two lists the earlier end counts, and the worse reason', () => {
    const one = of({ until: null, revoked: revoked('compromised') });
    const other = of({ revoked: { at: '2026-07-10T00:00:00.000Z', reason: 'superseded' } });
    const both = { from, until, revoked: { at: '2026-07-10T00:00:00.000Z', reason: 'compromised' } };
    expect(strictest(one, other)).toEqual(both);
    expect(strictest(other, one)).toEqual(both);
    expect(strictest(of(), of())).toEqual(of());
  });
});

describe('the keys that one trusts', () => {
  const log = noteKey('log.example/city', 'log');
  const witness = noteKey('witness.example', 'witness');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(log.verifier.publicKey).toString('base64url') };
  const published = (...keys: readonly object[]) => JSON.stringify({ format: keysFormat, keys });
  const entry = (more: object) => ({ id: 'a', ...of(), ...more });

  it('are read from what is published, each with its time', () => {
    const read = trustedFrom(
      published(
        entry({ use: 'log', verifier: verifierText(log.verifier) }),
        entry({ use: 'witness', verifier: verifierText(witness.verifier), revoked: revoked('ceased') }),
        entry({ use: 'signature', jwk }),
        entry({ use: 'seal', certificate: '-----BEGIN CERTIFICATE-----' }),
      ),
    );
    expect(read?.notes.map(({ name, period }) => [name, period?.revoked?.reason])).toEqual([
      ['log.example/city', undefined],
      ['witness.example', 'ceased'],
    ]);
    expect(read?.results).toEqual([{ id: 'a', publicKey: log.verifier.publicKey, period: of() }]);
  });

  it('or from a line each, trusted for ever', () => {
    const read = trustedFrom(`${verifierText(log.verifier)}\n\n  ${verifierText(witness.verifier)}\n`);
    expect(read?.notes).toEqual([log.verifier, witness.verifier]);
    expect(trustedFrom('')).toEqual({ notes: [], results: [], seals: [] });
  });

  it('are one each, however often they are given: what one list refuses no other one allows', () => {
    const stolen = { ...log.verifier, period: of({ revoked: revoked('compromised') }) };
    const early = { ...log.verifier, period: of({ until: '2026-07-10T00:00:00.000Z' }) };
    const other = { ...noteKey('log.example/city', 'log').verifier, period: of() };
    const both = { ...log.verifier, period: strictest(stolen.period, early.period) };
    for (const given of [
      [stolen, other, early],
      [early, log.verifier, stolen, other],
      [log.verifier, early, stolen, stolen, other],
    ])
      expect(eachOnce(given).filter(({ id }) => id === log.verifier.id)).toEqual([both]);
    expect(eachOnce([log.verifier, log.verifier, other])).toEqual([log.verifier, other]);
  });

  it('and a proof is refused by the stricter of two lists, in either order, also of its witness', () => {
    const text = checkpointText({ origin: log.verifier.name, size: 1, root: leafHash(new Uint8Array(1)) });
    const signed = `${text}\n${signatureLine(text, log.verifier, log.sign)}`;
    const seconds = Date.parse('2026-07-10T00:00:00.000Z') / 1000;
    const seen = signed + cosignatureLine(text, witness.verifier, seconds, witness.sign);
    const proofOf = (checkpoint: string): CaseProof => ({
      format: 'luong-xanh-proof/1',
      caseCode: 'LX-260706-0001A',
      checkpoint,
      keys: [],
      events: [],
      unlogged: 0,
    });
    const at = '2026-07-10T00:00:00.000Z';
    const [lax, strict] = [of(), of({ revoked: revoked('compromised') })].map((period) => ({
      ...log.verifier,
      period,
    }));
    const sees = { ...witness.verifier, period: of() };
    const fallen = { ...witness.verifier, period: of({ revoked: revoked('compromised') }) };
    const found = (note: string, keys: Parameters<typeof verifyProof>[1]) =>
      verifyProof(proofOf(note), keys, at).faults.map(({ reason }) => reason);
    if (!lax || !strict) throw new Error('no keys');
    expect(found(signed, [lax])).toEqual(['gap']);
    for (const keys of [
      [lax, strict],
      [strict, lax],
      [strict, log.verifier],
    ])
      expect(found(signed, keys)).toEqual(['key-revoked', 'gap']);
    expect(found(seen, [lax, strict, sees])).toEqual(['gap']);
    for (const witnesses of [
      [sees, fallen],
      [fallen, sees],
    ])
      expect(found(seen, [lax, strict, ...witnesses])).toEqual(['key-revoked', 'gap']);
  });

  it.each([
    ['a line that is no key', `${verifierText(log.verifier)}\nlog.example+00000000+AAAA`],
    ['no JSON', '{'],
    ['another format', JSON.stringify({ format: 'luong-xanh-keys/9', keys: [] })],
    ['a use that nobody knows', published(entry({ use: 'love', verifier: verifierText(log.verifier) }))],
    ['a witness that says it is a log', published(entry({ use: 'log', verifier: verifierText(witness.verifier) }))],
    ['no time', published({ id: 'a', use: 'log', verifier: verifierText(log.verifier) })],
    [
      'a revocation without a reason',
      published(entry({ use: 'log', verifier: verifierText(log.verifier), revoked: { at: from } })),
    ],
    ['a key of another length', published(entry({ use: 'signature', jwk: { ...jwk, x: 'AAAA' } }))],
    ['nothing', published(null as never)],
  ])('and not at all where one of them is not understood: %s', (_, text) => {
    expect(trustedFrom(text)).toBeUndefined();
  });
});
