import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  X509Certificate,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SigningAccounts {
  /** Signs bytes with the key of a holder, who has one from their first signature on, and a new one where its certificate was revoked or has ended. */
  sign(holder: string, bytes: Uint8Array): Promise<{ readonly signature: Buffer; readonly certificate: string }>;
}

/** One that ends is replaced before. */
const beforeEndMs = 3_600_000;

/** Stands in for a remote signing service: a key for each holder, which never leaves it. In production the service asks the holder on their telephone; here nobody is asked. */
export function openSigningAccounts(
  folder: string,
  certify: (publicKey: KeyObject, holder: string) => Promise<string>,
  isRevoked: (certificate: X509Certificate) => boolean,
): SigningAccounts {
  const under = join(folder, 'signing-accounts');
  mkdirSync(under, { recursive: true, mode: 0o700 });
  const stands = (certificate: X509Certificate) =>
    !isRevoked(certificate) && Date.parse(certificate.validTo) > Date.now() + beforeEndMs;
  const opening = new Map<string, Promise<{ key: string; certificate: string }>>();

  const open = async (holder: string) => {
    const name = createHash('sha256').update(holder).digest('hex').slice(0, 32);
    const [keyFile, certificateFile] = [join(under, `${name}-key.pem`), join(under, `${name}.pem`)];
    if (existsSync(keyFile) && existsSync(certificateFile)) {
      const certificate = readFileSync(certificateFile, 'utf8');
      if (stands(new X509Certificate(certificate))) return { key: readFileSync(keyFile, 'utf8'), certificate };
    }
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const certificate = await certify(createPublicKey(privateKey), holder);
    writeFileSync(keyFile, key, { mode: 0o600 });
    writeFileSync(certificateFile, certificate, { mode: 0o644 });
    return { key, certificate };
  };

  return {
    async sign(holder, bytes) {
      const known = opening.get(holder) ?? open(holder);
      opening.set(holder, known);
      const { key, certificate } = await known.finally(() => opening.delete(holder));
      return { signature: sign('sha256', bytes, createPrivateKey(key)), certificate };
    },
  };
}
