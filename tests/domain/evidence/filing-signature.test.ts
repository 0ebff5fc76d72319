import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificatesFrom, isGivenBy } from '../../../domain/evidence/certificate.js';
import { filingSignatureIn, filingSignatureText } from '../../../domain/evidence/filing-signature.js';
import { bytesOf, isRsaSigned, numberOf } from '../../../domain/evidence/rsa.js';
import { certify, pemOf } from '../../../ops/certificates.js';

const at = '2026-07-20T08:30:00.000Z';
const pair = (type: 'rsa' | 'ec' = 'rsa') =>
  type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
const name = { commonName: 'Công ty Ví Dụ', serialNumber: 'MST:0312345678' };

/** An authority, and what it gives. */
async function authority(own: { days?: number; use?: 'authority' | 'seal' } = {}) {
  const { privateKey, publicKey } = pair();
  const request = {
    name: { commonName: 'Gốc' },
    use: own.use ?? 'authority',
    publicKey,
    from: new Date('2026-07-01T00:00:00Z'),
  } as const;
  const root = {
    key: privateKey,
    certificate: await certify({ ...request, days: own.days ?? 365 }, { key: privateKey }),
  };
  const give = async (publicKey: KeyObject, days = 30) =>
    pemOf(await certify({ name, use: 'seal', publicKey, from: new Date('2026-07-10T00:00:00Z'), days }, root));
  return { pem: pemOf(root.certificate), give };
}
const read = (pem: string) => {
  const [first] = certificatesFrom(pem) ?? [];
  if (!first) throw new Error('it is not read');
  return first;
};

let root: Awaited<ReturnType<typeof authority>>;
let other: Awaited<ReturnType<typeof authority>>;
const holder = pair();
let pem = '';
beforeAll(async () => {
  [root, other] = await Promise.all([authority(), authority()]);
  pem = await root.give(holder.publicKey);
});

const over = { pathway: 'special', adjusts: null, filer: 'representative.x', investor: 'investor.x' };
const filingHash = createHash('sha256').update('{}').digest('hex');
/** The event that opens a case, as a proof shows it, signed by a key and stated to be of a certificate. */
function opened(key: ReturnType<typeof pair>, certificate: string, recordedAt = at) {
  const { id, from, until } = read(certificate);
  const { n, e } = key.publicKey.export({ format: 'jwk' });
  const signature = sign(
    'sha256',
    new TextEncoder().encode(filingSignatureText(filingHash, over)),
    createPrivateKey(key.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  return {
    type: 'caseOpened',
    recordedAt,
    'actor.id': over.filer,
    'payload.filingHash': filingHash,
    'payload.investor': { personId: over.investor },
    'payload.pathway': over.pathway,
    'payload.signed': {
      kind: 'certificate',
      signature: signature.toString('base64url'),
      key: { n, e },
      certificate: id,
      from,
      until,
      over,
    },
  };
}

describe('a certificate', () => {
  it('is read as another program reads it', () => {
    const theirs = new X509Certificate(pem);
    const { n, e } = theirs.publicKey.export({ format: 'jwk' });
    expect(read(pem)).toMatchObject({
      id: theirs.fingerprint256.replaceAll(':', '').toLowerCase(),
      key: { n, e },
      from: new Date(theirs.validFrom).toISOString(),
      until: new Date(theirs.validTo).toISOString(),
      subject: { name: name.commonName, organisation: null, number: name.serialNumber },
      isAuthority: false,
    });
    expect(read(root.pem).isAuthority).toBe(true);
    expect(certificatesFrom(`${pem}\n${root.pem}`)).toHaveLength(2);
  });

  it('was given by the authority that signed it, while that one was valid, and by no other', async () => {
    const given = (...authorities: readonly string[]) => isGivenBy(read(pem), authorities.map(read), at);
    expect([given(root.pem), given(other.pem), given(other.pem, root.pem), given()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const short = await authority({ days: 15 });
    expect(isGivenBy(read(await short.give(holder.publicKey)), [read(short.pem)], at)).toBe(false);
    const none = await authority({ use: 'seal' });
    expect(isGivenBy(read(await none.give(holder.publicKey)), [read(none.pem)], at)).toBe(false);
  });

  it('with any one byte changed is none, or was given by nobody', () => {
    const der = new X509Certificate(pem).raw;
    for (let i = 0; i < der.length; i += 1) {
      const changed = Uint8Array.from(der, (byte, place) => (place === i ? byte ^ 1 : byte));
      const found = certificatesFrom(pemOf(changed))?.[0];
      expect(found && isGivenBy(found, [read(root.pem)], at), `byte ${i}`).not.toBe(true);
    }
  });

  it('is not read where it is none, is cut, or is of another kind of key', async () => {
    const cut = pemOf(new Uint8Array(new X509Certificate(pem).raw.subarray(0, 400)));
    for (const text of ['', 'x', cut, await root.give(pair('ec').publicKey)])
      expect(certificatesFrom(text)).toBeUndefined();
  });
});

describe('the signature of a filing in a proof', () => {
  const signer = (...roots: readonly string[]) => ({ certificate: read(pem), authorities: roots.map(read), lists: [] });

  it('says which key signed; whose it is with the certificate, and that it is theirs with who gave it', () => {
    const shown = opened(holder, pem);
    const { id: certificate, subject } = read(pem);
    expect(filingSignatureIn(shown)).toEqual({ certificate, signer: null });
    expect(filingSignatureIn(shown, signer())).toEqual({
      certificate,
      signer: { ...subject, isTrusted: false, notRevokedBy: null },
    });
    expect(filingSignatureIn(shown, signer(root.pem))).toEqual({
      certificate,
      signer: { ...subject, isTrusted: true, notRevokedBy: null },
    });
    expect(filingSignatureIn(shown, signer(other.pem))).toBe('filing-certificate-untrusted');
    expect(filingSignatureIn({ ...shown, type: 'caseClosed' })).toBeUndefined();
  });

  it('with a key that whoever writes the register made is not of the certificate that they state', async () => {
    const fresh = pair();
    // By itself it holds: who only has the proof is told the key, never whose it is.
    expect(filingSignatureIn(opened(fresh, pem))).toMatchObject({ signer: null });
    expect(filingSignatureIn(opened(fresh, pem), signer(root.pem))).toBe('filing-certificate-differs');
    const theirs = await other.give(fresh.publicKey);
    expect(filingSignatureIn(opened(fresh, theirs), signer(root.pem))).toBe('filing-certificate-differs');
    const shown = opened(holder, pem);
    const stretched = { ...shown, 'payload.signed': { ...shown['payload.signed'], until: '2030-01-01T00:00:00.000Z' } };
    expect(filingSignatureIn(stretched, signer(root.pem))).toBe('filing-certificate-differs');
  });

  it.each([
    ['another pathway', { 'payload.pathway': 'standard' }],
    ['another investor', { 'payload.investor': { personId: 'investor.y' } }],
    ['somebody else who filed it', { 'actor.id': 'representative.y' }],
    ['a project that it changes', { 'payload.adjusts': { case: 'LX-260706-0001A' } }],
    ['another filing', { 'payload.filingHash': filingHash.replace(/^./, (c) => (c === '0' ? '1' : '0')) }],
  ])('is not over %s', (_, change) => {
    const shown = opened(holder, pem);
    expect(filingSignatureIn(shown)).toMatchObject({ signer: null });
    expect(filingSignatureIn({ ...shown, ...change })).toBe('filing-signature-wrong');
    // Nor where what was signed is stated to fit.
    const signed = {
      ...shown['payload.signed'],
      over: {
        ...over,
        pathway: 'standard',
        filer: 'representative.y',
        investor: 'investor.y',
        adjusts: 'LX-260706-0001A',
      },
    };
    expect(filingSignatureIn({ ...shown, ...change, 'payload.signed': signed })).toBe('filing-signature-wrong');
  });

  it.each([
    ['a minute after its certificate ended', '2026-08-09T00:01:00.000Z', true],
    ['six minutes after', '2026-08-09T00:06:00.000Z', false],
    ['a minute before it began', '2026-07-09T23:59:00.000Z', true],
    ['six minutes before', '2026-07-09T23:54:00.000Z', false],
  ])('recorded %s, by a clock that may differ', (_, recordedAt, holds) => {
    const found = filingSignatureIn(opened(holder, pem, recordedAt));
    expect(found === 'filing-signature-wrong').toBe(!holds);
  });

  it('by a key with the exponent 1, of which every text is its own signature, does not hold', () => {
    const shown = opened(holder, pem);
    const { key, signature } = shown['payload.signed'];
    const m = numberOf(base64urlnopad.decode(key.n ?? ''));
    const s = numberOf(base64urlnopad.decode(signature));
    let text = 1n;
    for (let i = 0; i < 65_537; i += 1) text = (text * s) % m;
    for (const e of ['AQ', 'Aw', 'AA', '____________']) {
      const signed = {
        ...shown['payload.signed'],
        key: { n: key.n, e },
        signature: base64urlnopad.encode(bytesOf(text, 256)),
      };
      expect(filingSignatureIn({ ...shown, 'payload.signed': signed }), e).toBe('filing-signature-wrong');
    }
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = publicKey.export({ format: 'jwk' });
    const bytes = new TextEncoder().encode(filingSignatureText(filingHash, over));
    const long = (part: Uint8Array) => Uint8Array.from([...new Uint8Array(256 - part.length), ...part]);
    const n = base64urlnopad.encode(long(base64urlnopad.decode(short.n ?? '')));
    const signedShort = sign('sha256', bytes, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    expect(isRsaSigned({ n, e: short.e ?? '' }, bytes, long(signedShort))).toBe(false);
  });
});
