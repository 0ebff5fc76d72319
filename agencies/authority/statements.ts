import { createHash, randomBytes } from 'node:crypto';
import { Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  CertificateRevocationList,
  ContentInfo,
  EncapsulatedContentInfo,
  Extension,
  Extensions,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  RevokedCertificate,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  Time,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { type Certified, certificateEngine, signingKey } from '../../ops/certificates.js';

/** The list of what the authority revoked (CRL), good for a day. */
export async function revocationList(
  authority: Certified,
  revoked: readonly { readonly serial: Uint8Array; readonly at: Date }[],
  now: Date,
): Promise<Uint8Array> {
  const list = new CertificateRevocationList();
  list.version = 1;
  list.issuer = Certificate.fromBER(authority.certificate).subject;
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
  await list.sign(await signingKey(authority.key), 'SHA-256', certificateEngine);
  return new Uint8Array(list.toSchema(true).toBER());
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
  const certificate = Certificate.fromBER(stamper.certificate);
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
  await signed.sign(await signingKey(stamper.key), 0, 'SHA-256', content, certificateEngine);
  const token = new ContentInfo({ contentType: oids.signedData, content: signed.toSchema(true) });
  const answer = new TimeStampResp({ status: new PKIStatusInfo({ status: 0 }), timeStampToken: token });
  return new Uint8Array(answer.toSchema().toBER());
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
      values: [new OctetString({ valueHex: digest(new Uint8Array(content)) })],
    }),
    new Attribute({ type: oids.signingCertificateV2, values: [speaks] }),
  ];
}
