import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedPaperFault, signedPaperFrom } from '../../../domain/evidence/signed-paper.js';
import { type SealKey } from '../../../domain/evidence/trusted-keys.js';

const now = '2026-07-20T08:30:00.000Z';
const valid = { from: '2026-07-01T00:00:00.000Z', until: '2027-07-01T00:00:00.000Z', revoked: null };
const content = { format: 'luong-xanh-paper/1', case: 'LX-260706-0001H', number: 'LX-260706-0001H-KQ' };
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Whoever seals papers: a certificate is no more than a name here. */
function sealer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = randomBytes(40);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const id = createHash('sha256').update(certificate).digest('hex');
  const key = (period: SealKey['period'] = valid): SealKey => ({ id, n, e, period });
  const head = { alg: 'RS256', typ: 'luong-xanh-paper+json', x5c: [certificate.toString('base64')] };
  const signed = (said: unknown = content, header: object = head) => {
    const [start, payload] = [base64url(JSON.stringify(header)), base64url(JSON.stringify(said))];
    const signature = sign('sha256', Buffer.from(`${start}.${payload}`), privateKey).toString('base64url');
    return { payload, protected: start, signature };
  };
  return { key, head, signed };
}
const city = sealer();
const other = sealer();
const fault = (file: object, ...keys: readonly SealKey[]) => {
  const read = signedPaperFrom(JSON.stringify(file));
  return read ? signedPaperFault(read, keys, now) : 'unreadable';
};

describe('the signed form of a paper', () => {
  it('holds by the seal that it names, in its time', () => {
    expect(fault(city.signed(), other.key(), city.key())).toBeUndefined();
    expect(JSON.parse(signedPaperFrom(JSON.stringify(city.signed()))?.content ?? '')).toEqual(content);
    const revoked = (reason: 'compromised' | 'superseded', at: string) =>
      fault(city.signed(), city.key({ ...valid, revoked: { at, reason } }));
    expect([
      fault(city.signed(), city.key({ ...valid, until: now })),
      fault(city.signed(), city.key({ ...valid, from: '2026-07-21T00:00:00.000Z' })),
      revoked('superseded', now),
      revoked('superseded', '2026-07-21T00:00:00.000Z'),
      revoked('compromised', '2026-07-21T00:00:00.000Z'),
    ]).toEqual(['key-expired', 'key-early', 'key-revoked', undefined, 'key-revoked']);
  });

  it('of another City, or without the keys, is nobody’s word', () => {
    expect(fault(other.signed(), city.key())).toBe('signed-unknown-key');
    expect(fault(city.signed())).toBe('signed-unknown-key');
    // Theirs, under our name.
    expect(fault(other.signed(content, city.head), city.key())).toBe('signed-forged');
  });

  it('with anything changed does not hold', () => {
    const signed = city.signed();
    const keys = [city.key()];
    const bent = { ...content, number: 'LX-260706-0001H-KQ9' };
    expect(fault({ ...signed, payload: base64url(JSON.stringify(bent)) }, ...keys)).toBe('signed-forged');
    for (const part of ['payload', 'protected', 'signature'] as const)
      for (let at = 0; at < signed[part].length - 1; at += 1) {
        const changed = signed[part][at] === 'A' ? 'B' : 'A';
        const file = { ...signed, [part]: signed[part].slice(0, at) + changed + signed[part].slice(at + 1) };
        expect(['signed-forged', 'signed-unknown-key', 'unreadable'], `${part} ${at}`).toContain(fault(file, ...keys));
      }
  });

  it.each([
    ['by no algorithm', { alg: 'none' }],
    ['by a shared secret', { alg: 'HS256' }],
    ['of another kind', { typ: 'JWT' }],
    ['with what must be understood', { crit: ['exp'] }],
    ['without a certificate', { x5c: [] }],
  ])('%s is none', (_, change) => {
    expect(fault(city.signed(content, { ...city.head, ...change }), city.key())).toBe('unreadable');
  });

  it('of what is no paper is none', () => {
    for (const said of ['text', 7, null]) expect(fault(city.signed(said), city.key())).toBe('unreadable');
    for (const text of ['', '{}', 'null', '[]', '{"payload":1}']) expect(signedPaperFrom(text)).toBeUndefined();
  });
});
