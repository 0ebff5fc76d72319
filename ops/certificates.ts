import { createHash, type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { BitString, fromBER, Integer, OctetString, Utf8String } from 'asn1js';
import {
  AltName,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CRLDistributionPoints,
  CryptoEngine,
  DistributionPoint,
  Extension,
  ExtKeyUsage,
  GeneralName,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';

/** A certificate (X.509, RFC 5280; DER) and the key it speaks of. Keys are RSA or P-256, signatures over SHA-256. */
export interface Certified {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
}

interface CertificateName {
  readonly commonName: string;
  /** Of somebody in Viet Nam. */
  readonly organisation?: string;
  /** A number by which the holder is known. */
  readonly serialNumber?: string;
}

/** What a certificate is for: to certify others, to speak TLS, to seal papers, to say when something was there (RFC 3161). */
type Use = 'authority' | 'tls' | 'seal' | 'time-stamp';

export interface CertificateRequest {
  readonly name: CertificateName;
  readonly use: Use;
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly days: number;
  /** DNS names of a server. */
  readonly dns?: readonly string[];
  /** Where the list of what was revoked is found. */
  readonly revocations?: string;
}

export const certificateEngine = new CryptoEngine({ name: 'node', crypto: webcrypto } as ConstructorParameters<
  typeof CryptoEngine
>[0]);
const dayMs = 86_400_000;

/** A private key as the engine wants it. */
export function signingKey(key: KeyObject): Promise<Parameters<Certificate['sign']>[0]> {
  const kind =
    key.asymmetricKeyType === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve: 'P-256' };
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), kind, false, ['sign']);
}

/** The certificate that `issuer` gives; without a certificate of its own it is the authority's for itself. */
export async function certify(
  request: CertificateRequest,
  issuer: Certified | { readonly key: KeyObject },
): Promise<Uint8Array> {
  const { name, publicKey, from, days } = request;
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and never shorter
  certificate.serialNumber = new Integer({ valueHex: serial });
  certificate.subject = distinguished(name);
  const above = 'certificate' in issuer ? Certificate.fromBER(issuer.certificate) : undefined;
  certificate.issuer = above?.subject ?? certificate.subject;
  certificate.notBefore = new Time({ value: from });
  certificate.notAfter = new Time({ value: new Date(from.getTime() + days * dayMs) });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  certificate.subjectPublicKeyInfo = new PublicKeyInfo({ schema: fromBER(spki).result });
  certificate.extensions = extensionsOf(request, certificate, above ?? certificate);
  await certificate.sign(await signingKey(issuer.key), 'SHA-256', certificateEngine);
  return new Uint8Array(certificate.toSchema(true).toBER());
}

export const pemOf = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${(
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END CERTIFICATE-----\n`;

function distinguished({ commonName, organisation, serialNumber }: CertificateName): RelativeDistinguishedNames {
  const part = (type: string, value: string) => new AttributeTypeAndValue({ type, value: new Utf8String({ value }) });
  const whose = organisation === undefined ? [] : [part('2.5.4.6', 'VN'), part('2.5.4.10', organisation)];
  const known = serialNumber === undefined ? [] : [part('2.5.4.5', serialNumber)];
  return new RelativeDistinguishedNames({ typesAndValues: [...whose, ...known, part('2.5.4.3', commonName)] });
}

/** SHA-1 of the key, as RFC 5280 (4.2.1.2) names keys. */
const keyIdentifier = ({ subjectPublicKeyInfo }: Certificate) =>
  createHash('sha1').update(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest();

/** Bits of key usage, from the first: digitalSignature, nonRepudiation, …, keyCertSign, cRLSign. */
const keyUsage: Readonly<Record<Use, { readonly bits: number; readonly unused: number }>> = {
  authority: { bits: 0b0000_0110, unused: 1 },
  tls: { bits: 0b1000_0000, unused: 7 },
  seal: { bits: 0b1100_0000, unused: 6 },
  'time-stamp': { bits: 0b1100_0000, unused: 6 },
};

function extensionsOf({ use, dns = [], revocations }: CertificateRequest, own: Certificate, above: Certificate) {
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical, extnValue: value.toBER() });
  const issuer = keyIdentifier(above);
  const { bits, unused } = keyUsage[use];
  const all = [
    extension('2.5.29.19', true, new BasicConstraints({ cA: use === 'authority' }).toSchema()),
    extension('2.5.29.15', true, new BitString({ valueHex: Uint8Array.of(bits), unusedBits: unused })),
    extension('2.5.29.14', false, new OctetString({ valueHex: keyIdentifier(own) })),
    // [0] IMPLICIT keyIdentifier
    extension('2.5.29.35', false, {
      toBER: () => Uint8Array.from([0x30, issuer.length + 2, 0x80, issuer.length, ...issuer]).buffer,
    }),
  ];
  if (dns.length > 0) {
    const altNames = dns.map((value) => new GeneralName({ type: 2, value }));
    all.push(extension('2.5.29.17', false, new AltName({ altNames }).toSchema()));
  }
  if (use === 'time-stamp')
    all.push(extension('2.5.29.37', true, new ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.8'] }).toSchema()));
  if (revocations !== undefined) {
    const distributionPoint = [new GeneralName({ type: 6, value: revocations })];
    const distributionPoints = [new DistributionPoint({ distributionPoint })];
    all.push(extension('2.5.29.31', false, new CRLDistributionPoints({ distributionPoints }).toSchema()));
  }
  return all;
}
