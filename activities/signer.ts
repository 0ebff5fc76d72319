import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A signature over bytes. The same bytes give the same signature, so that signing again after a crash is signing once. */
export interface Signature {
  /** Base64. */
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
}

/** Whoever signs decisions: a development key here, the City's signing service in production. */
export interface Signer {
  sign(bytes: Uint8Array): Promise<Signature>;
}

/** Ed25519 with a key from a PEM file (PKCS #8). The key id is the start of the SHA-256 of the public key. */
export function createDevelopmentSigner(keyFile: string): Signer {
  return signerOf(createPrivateKey(readFileSync(keyFile)));
}

export function signerOf(key: KeyObject): Signer {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
  return {
    sign: (bytes) =>
      Promise.resolve({ signature: sign(null, bytes, key).toString('base64'), algorithm: 'Ed25519', keyId }),
  };
}
