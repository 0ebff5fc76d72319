import { createHash, type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { BitString, Integer, Null, ObjectIdentifier, OctetString, Sequence, Utf8String, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CertificateRevocationList,
  ContentInfo,
  CRLDistributionPoints,
  CryptoEngine,
  DistributionPoint,
  EncapsulatedContentInfo,
  Extension,
  Extensions,
  ExtKeyUsage,
  GeneralName,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  RevokedCertificate,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  Time,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

/** A certificate (X.509, RFC 5280; DER) and the key it speaks of: RSA, signing SHA-256. */
export interface Certified {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
}

interface Name {
  readonly commonName: string;
  readonly organisation: string;
}

/** What a certificate is for: to certify others, to seal papers, to say when something was there (RFC 3161). */
type Use = 'authority' | 'seal' | 'time-stamp';

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto } as ConstructorParameters<typeof CryptoEngine>[0]);
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const years = (instant: Date, count: number) => new Date(instant.getTime() + count * 365 * 86_400_000);
const bytesOf = (buffer: ArrayBuffer) => new Uint8Array(buffer);

type CryptoKey = Parameters<Certificate['sign']>[0];

const privateKey = (key: KeyObject): Promise<CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), rsa, false, ['sign']);

/** The certificate that `issuer` gives for a public key; without an issuer, of the authority for itself. */
export async function certify(
  {
    name,
    use,
    publicKey,
    from,
    revocations,
  }: {
    readonly name: Name;
    readonly use: Use;
    readonly publicKey: KeyObject;
    readonly from: Date;
    /** Where the list of what was revoked is found. */
    readonly revocations?: string;
  },
  issuer: Certified | { readonly key: KeyObject },
): Promise<Uint8Array> {
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and never shorter
  certificate.serialNumber = new Integer({ valueHex: serial });
  certificate.subject = distinguished(name);
  certificate.issuer = 'certificate' in issuer ? read(issuer.certificate).subject : certificate.subject;
  certificate.notBefore = new Time({ value: from });
  certificate.notAfter = new Time({ value: years(from, use === 'authority' ? 20 : 10) });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  certificate.subjectPublicKeyInfo = new PublicKeyInfo({ schema: fromBER(spki).result });
  certificate.extensions = extensionsOf(use, certificate, issuer, revocations);
  await certificate.sign(await privateKey(issuer.key), 'SHA-256', engine);
  return bytesOf(certificate.toSchema(true).toBER());
}

const read = (der: Uint8Array): Certificate => Certificate.fromBER(der);

function distinguished({ commonName, organisation }: Name): RelativeDistinguishedNames {
  const part = (type: string, value: string) => new AttributeTypeAndValue({ type, value: new Utf8String({ value }) });
  return new RelativeDistinguishedNames({
    typesAndValues: [part('2.5.4.6', 'VN'), part('2.5.4.10', organisation), part('2.5.4.3', commonName)],
  });
}

/** SHA-1 of the key, as RFC 5280 (4.2.1.2) names keys. */
const keyIdentifier = ({ subjectPublicKeyInfo }: Certificate) =>
  createHash('sha1').update(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest();

function extensionsOf(
  use: Use,
  certificate: Certificate,
  issuer: Certified | { readonly key: KeyObject },
  revocations: string | undefined,
): Extension[] {
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical, extnValue: value.toBER() });
  const own = keyIdentifier(certificate);
  const above = 'certificate' in issuer ? keyIdentifier(read(issuer.certificate)) : own;
  const bits = use === 'authority' ? 0b0000_0110 : 0b1100_0000;
  return [
    extension('2.5.29.19', true, new BasicConstraints({ cA: use === 'authority' }).toSchema()),
    extension(
      '2.5.29.15',
      true,
      new BitString({ valueHex: Uint8Array.of(bits), unusedBits: use === 'authority' ? 1 : 6 }),
    ),
    extension('2.5.29.14', false, new OctetString({ valueHex: own })),
    // [0] IMPLICIT keyIdentifier
    extension('2.5.29.35', false, {
      toBER: () => bytesOf(Uint8Array.from([0x30, above.length + 2, 0x80, above.length, ...above]).buffer).buffer,
    }),
    ...(use === 'time-stamp'
      ? [extension('2.5.29.37', true, new ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.8'] }).toSchema())]
      : []),
    ...(revocations === undefined
      ? []
      : [
          extension(
            '2.5.29.31',
            false,
            new CRLDistributionPoints({
              distributionPoints: [
                new DistributionPoint({ distributionPoint: [new GeneralName({ type: 6, value: revocations })] }),
              ],
            }).toSchema(),
          ),
        ]),
  ];
}

/** The list of what the authority revoked (CRL), good for a day. */
export async function revocationList(
  authority: Certified,
  revoked: readonly { readonly serial: Uint8Array; readonly at: Date }[],
  now: Date,
): Promise<Uint8Array> {
  const list = new CertificateRevocationList();
  list.version = 1;
  list.issuer = read(authority.certificate).subject;
  list.thisUpdate = new Time({ value: now });
  list.nextUpdate = new Time({ value: new Date(now.getTime() + 86_400_000) });
  if (revoked.length > 0)
    list.revokedCertificates = revoked.map(
      ({ serial, at }) =>
        new RevokedCertificate({
          userCertificate: new Integer({ valueHex: serial }),
          revocationDate: new Time({ value: at }),
        }),
    );
  list.crlExtensions = new Extensions({
    extensions: [
      new Extension({
        extnID: '2.5.29.20',
        extnValue: new Integer({ value: Math.floor(now.getTime() / 1000) }).toBER(),
      }),
    ],
  });
  await list.sign(await privateKey(authority.key), 'SHA-256', engine);
  return bytesOf(list.toSchema(true).toBER());
}

const sha256 = '2.16.840.1.101.3.4.2.1';
const oids = {
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** Policy of the stand-in: an arc for examples (2.999). */
  policy: '2.999.1',
};

/** The answer to a query for a time stamp (RFC 3161, DER); undefined where it is none, or about another digest than SHA-256. */
export async function timeStamp(query: Uint8Array, stamper: Certified, now: Date): Promise<Uint8Array | undefined> {
  const asked = queryOf(query);
  if (!asked || asked.messageImprint.hashAlgorithm.algorithmId !== sha256) return undefined;
  const info = new TSTInfo({
    version: 1,
    policy: oids.policy,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256, algorithmParams: new Null() }),
      hashedMessage: asked.messageImprint.hashedMessage,
    }),
    serialNumber: new Integer({ valueHex: Uint8Array.from([0x40, ...randomBytes(15)]) }),
    genTime: now,
    ...(asked.nonce && { nonce: asked.nonce }),
  });
  const content = info.toSchema().toBER();
  const certificate = read(stamper.certificate);
  const encapsulated = new EncapsulatedContentInfo({ eContentType: oids.timeStampInfo });
  // Given to the constructor it would be cut into pieces, which is no DER.
  encapsulated.eContent = new OctetString({ valueHex: content });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: encapsulated,
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes: attributesOf(content, stamper) }),
      }),
    ],
    ...(asked.certReq && { certificates: [certificate] }),
  });
  await signed.sign(await privateKey(stamper.key), 0, 'SHA-256', content, engine);
  const token = new ContentInfo({ contentType: oids.signedData, content: signed.toSchema(true) });
  const answer = new TimeStampResp({ status: new PKIStatusInfo({ status: 0 }), timeStampToken: token });
  return bytesOf(answer.toSchema().toBER());
}

function queryOf(query: Uint8Array): TimeStampReq | undefined {
  try {
    return TimeStampReq.fromBER(query);
  } catch {
    return undefined;
  }
}

/** What a time stamp signs beside its content: kind, digest, and which certificate speaks (RFC 5816). */
function attributesOf(content: ArrayBuffer, { certificate }: Certified): Attribute[] {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const hash = new OctetString({ valueHex: digest(certificate) });
  // SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }, its algorithm the usual SHA-256
  const speaks = new Sequence({ value: [new Sequence({ value: [new Sequence({ value: [hash] })] })] });
  return [
    new Attribute({ type: oids.contentType, values: [new ObjectIdentifier({ value: oids.timeStampInfo })] }),
    new Attribute({
      type: oids.messageDigest,
      values: [new OctetString({ valueHex: digest(bytesOf(content)) })],
    }),
    new Attribute({ type: oids.signingCertificateV2, values: [speaks] }),
  ];
}
