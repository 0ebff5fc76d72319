import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { Enumerated, GeneralizedTime, Integer } from 'asn1js';
import {
  Certificate as Theirs,
  CertificateRevocationList,
  Extension,
  Extensions,
  RevokedCertificate,
  Time,
} from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { revocationList } from '../../../agencies/authority/statements.js';
import { certificatesFrom, pathOf } from '../../../domain/evidence/certificate.js';
import { revocationListsFrom, standingOf } from '../../../domain/evidence/revocations.js';
import { type Certified, certificateEngine, certify, pemOf, signingKey } from '../../../ops/certificates.js';

const day = (date: string) => new Date(`${date}T00:00:00.000Z`);
const at = '2026-07-20T08:30:00.000Z';
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

async function authority(commonName: string, above?: Certified, days = 365): Promise<Certified> {
  const { privateKey: key, publicKey } = pair();
  const request = { name: { commonName }, use: 'authority', publicKey, from: day('2026-07-01'), days } as const;
  return { key, certificate: await certify(request, above ?? { key }) };
}
const given = async (by: Certified, publicKey: KeyObject, days = 30): Promise<Certified> => ({
  key: publicKey,
  certificate: await certify(
    { name: { commonName: 'Công ty' }, use: 'seal', publicKey, from: day('2026-07-10'), days },
    by,
  ),
});
const read = ({ certificate }: Certified) => {
  const [first] = certificatesFrom(pemOf(certificate)) ?? [];
  if (!first) throw new Error('it is not read');
  return first;
};
const serialOf = ({ certificate }: Certified) => Buffer.from(new X509Certificate(certificate).serialNumber, 'hex');
const listed = (file: Uint8Array) => {
  const [first] = revocationListsFrom(file) ?? [];
  if (!first) throw new Error('it is not read');
  return first;
};
const revoking = async (by: Certified, made: Date, ...revoked: readonly (readonly [Certified, Date])[]) =>
  listed(
    await revocationList(
      by,
      revoked.map(([one, since]) => ({ serial: serialOf(one), at: since })),
      made,
    ),
  );

let root: Certified;
let between: Certified;
let other: Certified;
let own: Certified;
let through: Certified;
beforeAll(async () => {
  [root, other] = await Promise.all([authority('Gốc'), authority('Gốc')]);
  between = await authority('Ở giữa', root);
  const { publicKey } = pair();
  [own, through] = await Promise.all([given(root, publicKey), given(between, publicKey)]);
});

describe('the authorities through which a certificate was given', () => {
  it('are all held to their time, up to one that is trusted by itself', async () => {
    const path = (of: Certified, ...trusted: readonly Certified[]) =>
      pathOf(read(of), trusted.map(read), at)?.map(({ id }) => id);
    const ids = (...all: readonly Certified[]) => all.map((one) => read(one).id);
    expect(path(own, root)).toEqual(ids(root));
    expect(path(through, root, between)).toEqual(ids(between, root));
    // One whose own authority is not there is trusted by itself; who is not there gives nothing.
    expect(path(through, between)).toEqual(ids(between));
    expect([path(through, root), path(own, other), path(own)]).toEqual([undefined, undefined, undefined]);
    const ended = await authority('Hết hạn', undefined, 10);
    const below = await authority('Dưới', ended);
    expect(path(await given(below, pair().publicKey), ended, below)).toBeUndefined();
    // Of that name, by another key: it gave nothing, and does not stand in the way.
    expect(path(through, between, other, root)).toEqual(ids(between, root));
  });
});

describe('what a list says of a certificate', () => {
  const standing = (of: Certified, lists: Parameters<typeof standingOf>[2], ...trusted: readonly Certified[]) => {
    const found = standingOf(read(of), trusted.map(read), lists, at);
    return typeof found === 'object' ? found.revokedAt : found;
  };

  it('is that it was revoked, since when, or that it was not', async () => {
    const none = await revoking(root, day('2026-07-20'));
    expect(standing(own, [none], root)).toBeNull();
    const since = day('2026-07-15');
    const some = await revoking(root, day('2026-07-20'), [through, since], [own, since]);
    expect(standing(own, [some], root)).toBe(since.toISOString());
    // The newest one knows.
    const newer = await revoking(root, day('2026-07-25'), [own, since]);
    expect(standing(own, [none, newer], root)).toBe(since.toISOString());
    // By whoever gave it alone: the number is theirs.
    expect(standing(through, [some, await revoking(between, day('2026-07-20'))], root, between)).toBeNull();
  });

  it('reaches all that a revoked authority gave', async () => {
    const lists = [
      await revoking(between, day('2026-07-20')),
      await revoking(root, day('2026-07-20'), [between, day('2026-07-18')]),
    ];
    expect(standing(through, lists, root, between)).toBe(day('2026-07-18').toISOString());
    expect(standing(own, lists, root, between)).toBeNull();
  });

  it('is nothing where it is of somebody else, of before, or of after the certificate had ended', async () => {
    const silent = async (...lists: Parameters<typeof standingOf>[2]) => standing(own, lists, root, between);
    expect(await silent()).toBe('silent');
    expect(await silent(await revoking(other, day('2026-07-20'), [own, day('2026-07-15')]))).toBe('silent');
    expect(await silent(await revoking(between, day('2026-07-20')))).toBe('silent');
    expect(await silent(await revoking(root, day('2026-07-19')))).toBe('silent');
    expect(await silent(await revoking(root, day('2026-08-20')))).toBe('silent');
    expect(standing(own, [await revoking(root, day('2026-08-20'), [own, day('2026-08-01')])], root)).toBe(
      day('2026-08-01').toISOString(),
    );
    // Whoever gave it is told by its list, whoever gave that one by none.
    expect(standing(through, [await revoking(between, day('2026-07-20'))], root, between)).toBe('silent');
    expect(standing(own, [await revoking(root, day('2026-07-20'))], other)).toBeUndefined();
  });
});

describe('a list', () => {
  const pem = (der: Uint8Array) =>
    Buffer.from(`-----BEGIN X509 CRL-----\n${Buffer.from(der).toString('base64')}\n-----END X509 CRL-----\n`);

  it('is read in DER and in PEM, with any one byte changed it says nothing', async () => {
    const der = await revocationList(root, [{ serial: serialOf(own), at: day('2026-07-15') }], day('2026-07-20'));
    expect(revocationListsFrom(pem(der))).toEqual(revocationListsFrom(der));
    expect(listed(der)).toMatchObject({
      ...{ from: day('2026-07-20').toISOString(), until: day('2026-07-21').toISOString() },
      revoked: new Map([[read(own).serial, day('2026-07-15').toISOString()]]),
    });
    for (let i = 0; i < der.length; i += 1) {
      const changed = Uint8Array.from(der, (byte, place) => (place === i ? byte ^ 1 : byte));
      const found = standingOf(read(own), [read(root)], revocationListsFrom(changed) ?? [], at);
      expect(found, `byte ${i}`).toBe('silent');
    }
  });

  it('is not read where it is none, is cut, or stands between others that are none', async () => {
    const der = await revocationList(root, [], day('2026-07-20'));
    const broken = Buffer.concat([pem(der), Buffer.from('-----BEGIN X509 CRL-----\n!!\n-----END X509 CRL-----\n')]);
    for (const file of [Buffer.alloc(0), Buffer.from('x'), der.subarray(0, 90), root.certificate, broken])
      expect(revocationListsFrom(new Uint8Array(file))).toBeUndefined();
  });

  interface Said {
    readonly list?: Extension;
    readonly entry?: Extension;
    readonly since?: Date;
  }
  /** As other authorities write it: with more than ours says. */
  async function theirs({ list, entry }: Said): Promise<Uint8Array> {
    const made = new CertificateRevocationList();
    made.version = 1;
    made.issuer = Theirs.fromBER(root.certificate).subject;
    [made.thisUpdate, made.nextUpdate] = [
      new Time({ value: day('2026-07-20') }),
      new Time({ value: day('2026-07-21') }),
    ];
    const revoked = new RevokedCertificate({
      userCertificate: new Integer({ valueHex: serialOf(own) }),
      revocationDate: new Time({ value: day('2026-07-25') }),
    });
    if (entry) revoked.crlEntryExtensions = new Extensions({ extensions: [entry] });
    made.revokedCertificates = [revoked];
    if (list) made.crlExtensions = new Extensions({ extensions: [list] });
    await made.sign(await signingKey(root.key), 'SHA-256', certificateEngine);
    return new Uint8Array(made.toSchema(true).toBER());
  }
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical, extnValue: value.toBER() });

  it('tells since when somebody else had the key, where that was before', async () => {
    const since = new GeneralizedTime({ valueDate: day('2026-07-12') });
    const list = listed(await theirs({ entry: extension('2.5.29.24', false, since) }));
    expect(standingOf(read(own), [read(root)], [list], at)).toMatchObject({
      revokedAt: day('2026-07-12').toISOString(),
    });
    const reason = extension('2.5.29.21', false, new Enumerated({ value: 1 }));
    const plain = listed(await theirs({ entry: reason }));
    expect(standingOf(read(own), [read(root)], [plain], at)).toMatchObject({
      revokedAt: day('2026-07-25').toISOString(),
    });
  });

  it('of a part of the certificates, or of what changed since another, is not taken for the whole', async () => {
    const number = new Integer({ value: 3 });
    for (const said of [
      { list: extension('2.5.29.27', true, number) },
      { list: extension('2.5.29.28', true, number) },
      { entry: extension('2.5.29.29', true, number) },
    ])
      expect(revocationListsFrom(await theirs(said))).toBeUndefined();
    expect(revocationListsFrom(await theirs({ list: extension('2.5.29.20', false, number) }))).toHaveLength(1);
  });

  it('by an authority with another kind of key is not read', async () => {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const request = {
      name: { commonName: 'EC' },
      use: 'authority',
      publicKey: createPublicKey(key),
      from: day('2026-07-01'),
      days: 9,
    } as const;
    const made = await revocationList({ key, certificate: await certify(request, { key }) }, [], day('2026-07-20'));
    expect(revocationListsFrom(made)).toBeUndefined();
  });
});
