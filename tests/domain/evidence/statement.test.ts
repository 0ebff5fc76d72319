import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { paperNames } from '../../../domain/evidence/paper-names.js';
import { isRsaSigned } from '../../../domain/evidence/rsa.js';
import {
  contentIn,
  type Statement,
  statementBytes,
  statementFault,
  statementFrom,
  statementText,
} from '../../../domain/evidence/statement.js';
import { keysFormat, type SealKey, trustedFrom } from '../../../domain/evidence/trusted-keys.js';
import { qrMatrix } from '../../../forms/qr.js';

function sealOf(id: string, modulusLength = 2048) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const period = { from: '2026-07-01T00:00:00.000Z', until: '2027-07-01T00:00:00.000Z', revoked: null };
  const key: SealKey = { id, n, e, period };
  return {
    key,
    sign: (bytes: Uint8Array) =>
      new Uint8Array(sign('sha256', bytes, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })))),
  };
}

const seal = sealOf('0123456789abcdef'.repeat(4));
const content = '{"case":"LX-260706-0001A","letters":[]}';
const statement: Statement = {
  address: 'https://luongxanh.example.vn/decisions/H29.15-260706-0001-KQ?hash=0123456789abcdef',
  form: 'decision',
  outcome: 'approved',
  number: 'H29.15-260706-0001-KQ',
  caseCode: 'LX-260706-0001A',
  day: '2026-07-20',
  signedAt: '2026-07-20T08:30:00.000Z',
  key: seal.key.id.slice(0, 16),
  contentHash: createHash('sha256').update(content).digest('hex'),
};
const signed = { statement, signature: seal.sign(statementBytes(statement)) };
const text = statementText(signed);
const faultOf = (scanned: string, ...keys: readonly SealKey[]) => {
  const read = statementFrom(scanned);
  return read ? statementFault(read, keys) : 'statement-unreadable';
};

describe('what the QR code of a sealed paper holds', () => {
  it('is read back as it was signed, and holds by the key of the seal alone', () => {
    expect(statementFrom(`  ${text}\n`)).toEqual(signed);
    expect(faultOf(text, seal.key)).toBeUndefined();
  });

  it('opens the address as it is: what is signed stands in the fragment, which goes to no server', () => {
    const url = new URL(text);
    expect(url.href).toBe(text);
    expect(`${url.origin}${url.pathname}${url.search}`).toBe(statement.address);
  });

  it.each([
    [2048, 93],
    [3072, 101],
  ])(
    'fits a QR code of less than 43 mm at 0.42 mm a module, with a seal of %i bits and a long number and address',
    (bits, modules) => {
      const of = sealOf('a'.repeat(64), bits);
      const long = {
        ...statement,
        number: `${statement.number}-DC12`,
        address: statement.address.replace('.example', '.tphochiminh.gov'),
      };
      const { length } = qrMatrix(statementText({ statement: long, signature: of.sign(statementBytes(long)) }));
      expect(length).toBeLessThanOrEqual(modules);
      expect(length * 0.42).toBeLessThan(43);
    },
  );

  it('does not hold with any one bit changed', () => {
    const [address = '', digits = ''] = text.split('#lx1.');
    const bits = BigInt(digits).toString(2).length;
    // Every bit but those of the guard above the first byte.
    for (let bit = 0; bit < bits - 1; bit += 1) {
      const changed = `${address}#lx1.${(BigInt(digits) ^ (1n << BigInt(bit))).toString()}`;
      expect(faultOf(changed, seal.key), `bit ${bit}`).toBeDefined();
    }
  });

  it.each([
    ['another number', text.replace('0001-KQ', '0002-KQ'), 'statement-forged'],
    ['another place', text.replace('luongxanh.example.vn', 'luongxanh.example.com'), 'statement-forged'],
    ['a digit less', text.slice(0, -1), 'statement-unreadable'],
    ['an address without it', statement.address, 'statement-unreadable'],
    ['words', 'Số: 12/QĐ', 'statement-unreadable'],
    ['no number', `${statement.address}#lx1.${'9'.repeat(500)}`, 'statement-unreadable'],
  ])('with %s it does not hold', (_, scanned, fault) => {
    expect(faultOf(scanned, seal.key)).toBe(fault);
  });

  it('signed by another City, it is of a key that one does not know; by one that says it is ours, forged', () => {
    expect(faultOf(text, sealOf('f'.repeat(64)).key)).toBe('statement-unknown-key');
    expect(faultOf(text)).toBe('statement-unknown-key');
    expect(faultOf(text, sealOf(seal.key.id).key)).toBe('statement-forged');
  });

  it.each([
    ['after the key was revoked', { revoked: { at: '2026-07-20T08:00:00.000Z', reason: 'superseded' } }, 'key-revoked'],
    ['before it was revoked', { revoked: { at: '2026-07-21T08:00:00.000Z', reason: 'superseded' } }, undefined],
    [
      'whenever, by a key that somebody else has',
      { revoked: { at: '2026-07-21T08:00:00.000Z', reason: 'compromised' } },
      'key-revoked',
    ],
    ['by an expired key', { until: '2026-07-20T08:00:00.000Z' }, 'key-expired'],
    ['before the key was valid', { from: '2026-07-21T08:00:00.000Z' }, 'key-early'],
  ] as const)('signed %s', (_, period, fault) => {
    expect(faultOf(text, { ...seal.key, period: { ...seal.key.period, ...period } })).toBe(fault);
  });

  it('knows its paper: the signed form, or a PDF that encloses the same bytes; and no other', () => {
    const { contentHash } = statement;
    const jws = (payload: string) =>
      JSON.stringify({ payload: Buffer.from(payload).toString('base64url'), signature: 'x' });
    const pdf = (enclosed: string | Uint8Array) =>
      Buffer.concat([
        Buffer.from(
          '%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n{"other":1}\nendstream\n2 0 obj\n<< /Type /EmbeddedFile >>\nstream\n',
        ),
        Buffer.from(enclosed),
        Buffer.from('\nendstream\n%%EOF'),
      ]);
    const files = (said: string) => [said, jws(said), pdf(said), pdf(deflateSync(said))].map((one) => Buffer.from(one));
    for (const file of files(content)) expect(contentIn(file, contentHash)).toBe(content);
    const other = content.replace('0001A', '0002B');
    const none = ['', '{', '%PDF-1.7 /EmbeddedFile stream\nx'].map((one) => Buffer.from(one));
    for (const file of [...files(other), ...none, pdf('x\u009cnot compressed')])
      expect(contentIn(file, contentHash), file.toString()).toBeUndefined();
  });
});

describe('a file that is made to harm whoever checks it', () => {
  const hashOf = (said: string | Uint8Array) => createHash('sha256').update(said).digest('hex');
  const pdf = (...enclosed: readonly Uint8Array[]) =>
    Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      ...enclosed.flatMap((one) => [
        Buffer.from('<< /Type /EmbeddedFile >>\nstream\n'),
        one,
        Buffer.from('\nendstream\n'),
      ]),
    ]);

  it('is another paper where what it encloses is not what papers say, though the hash is of it', () => {
    for (const said of ['not JSON', '"a text"', 'null', '7', '\u{FEFF}x'])
      expect(contentIn(Buffer.from(said), hashOf(said)), said).toBeUndefined();
    const bytes = Uint8Array.of(0xc3, 0x28);
    expect(contentIn(bytes, hashOf(bytes))).toBeUndefined();
  });

  it('is unpacked no further than a paper is long, all that it encloses together', () => {
    const zeros = '0'.repeat(64 * 1024 * 1024);
    const large = `{"a":"${zeros}"}`;
    expect(contentIn(pdf(deflateSync(large)), hashOf(large))).toBeUndefined();
    const middling = deflateSync(`{"a":"${zeros.slice(0, 5 * 1024 * 1024)}"}`);
    expect(contentIn(pdf(middling, deflateSync(content)), hashOf(content))).toBe(content);
    expect(contentIn(pdf(middling, middling, deflateSync(content)), hashOf(content))).toBeUndefined();
    // What is enclosed as it is takes no room.
    expect(contentIn(pdf(middling, middling, Buffer.from(content)), hashOf(content))).toBe(content);
  });

  it('is not read where the code carries orders to a terminal', () => {
    for (const number of ['\u001B[2K', '\r', '\u009B1A'])
      expect(statementFrom(statementText({ ...signed, statement: { ...statement, number } }))).toBeUndefined();
  });
});

describe('an RSA signature that is checked without a library', () => {
  const message = new TextEncoder().encode('Luồng Xanh');

  it.each([2048, 3072, 4096])('holds with %i bits over these bytes alone', (length) => {
    const { key, sign: signWith } = sealOf('a'.repeat(64), length);
    const signature = signWith(message);
    expect(isRsaSigned(key, message, signature)).toBe(true);
    expect(isRsaSigned(key, new Uint8Array([...message, 0]), signature)).toBe(false);
    expect(isRsaSigned(seal.key, message, signature)).toBe(false);
    for (const wrong of [
      new Uint8Array(0),
      new Uint8Array(length / 8),
      signature.slice(1),
      new Uint8Array(length / 8).fill(255),
    ])
      expect(isRsaSigned(key, message, wrong)).toBe(false);
  });

  it('does not hold by a key that is too short to be trusted', () => {
    const { key, sign: signWith } = sealOf('a'.repeat(64), 1024);
    expect(isRsaSigned(key, message, signWith(message))).toBe(false);
  });
});

it('a published list has the keys of seals with their time; one of before, without them, is still read', () => {
  const { id, n, e, period } = seal.key;
  const list = (jwk: object) => JSON.stringify({ format: keysFormat, keys: [{ id, use: 'seal', ...period, ...jwk }] });
  expect(trustedFrom(list({ jwk: { kty: 'RSA', n, e } }))?.seals).toEqual([seal.key]);
  expect(trustedFrom(list({}))?.seals).toEqual([]);
  expect(trustedFrom(list({ jwk: { kty: 'RSA', n: '%', e } }))).toBeUndefined();
});

it('papers are called as the catalogue calls them', () => {
  const catalogue = JSON.parse(readFileSync('seeds/data/forms.json', 'utf8')) as readonly {
    readonly code: string;
    readonly name: object;
  }[];
  for (const [code, name] of Object.entries(paperNames))
    expect(catalogue.find((one) => one.code === code)?.name, code).toEqual(name);
});
