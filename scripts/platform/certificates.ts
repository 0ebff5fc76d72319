import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Somebody who signs certificates: of one installation among its own processes, never for people's browsers. */
export interface Authority {
  readonly cert: string;
  /** A certificate for these DNS names, or for a client where there are none. */
  issue(subject: string, names?: readonly string[]): Certificate;
}

// As much of DER as an X.509 certificate needs.
function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const seq = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const yes = tlv(0x01, Buffer.from([0xff]));
const ecdsaWithSha256 = seq(oid('2a8648ce3d040302'));
const nameOf = (subject: string) => seq(tlv(0x31, seq(oid('550403'), tlv(0x0c, Buffer.from(subject)))));
const timeOf = (ms: number) =>
  tlv(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
const bits = (bytes: Uint8Array) => tlv(0x03, Buffer.from([0]), bytes);
const pem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
const day = 86_400_000;
/** As long as browsers and our own processes take one. */
const validDays = 397;

function certify(of: {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly by: KeyObject;
  readonly extensions: readonly Buffer[];
}): string {
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const body = seq(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    nameOf(of.issuer),
    seq(timeOf(Date.now() - day), timeOf(Date.now() + validDays * day)),
    nameOf(of.subject),
    of.publicKey.export({ type: 'spki', format: 'der' }),
    ...(of.extensions.length > 0 ? [tlv(0xa3, seq(...of.extensions))] : []),
  );
  return pem(seq(body, ecdsaWithSha256, bits(sign('sha256', body, of.by))));
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyText = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A new authority of this name. */
export function createAuthority(name = 'Luồng Xanh CA'): Authority {
  const own = newKeys();
  const cert = certify({
    subject: name,
    publicKey: own.publicKey,
    issuer: name,
    by: own.privateKey,
    extensions: [seq(oid('551d13'), yes, tlv(0x04, seq(yes)))],
  });
  return {
    cert,
    issue: (subject, names = []) => {
      const { publicKey, privateKey } = newKeys();
      const alternative = seq(oid('551d11'), tlv(0x04, seq(...names.map((dns) => tlv(0x82, Buffer.from(dns))))));
      const extensions = names.length > 0 ? [alternative] : [];
      return {
        cert: certify({ subject, publicKey, issuer: name, by: own.privateKey, extensions }),
        key: keyText(privateKey),
      };
    },
  };
}
