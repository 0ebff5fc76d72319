import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type PublicKey } from '../db/register/signing-keys.js';

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
  /** What its signatures are checked with, by whoever wants to. */
  publicKey(): Promise<PublicKey>;
}

/** Signs only while its key may: `requireValid` refuses before anything is signed. */
export const guardedSigner = (signer: Signer, requireValid: (keyId: string) => Promise<void>): Signer => ({
  ...signer,
  sign: async (bytes) => {
    await requireValid((await signer.publicKey()).kid);
    return signer.sign(bytes);
  },
});

/** Ed25519 with a key from a PEM file (PKCS #8). The key id is the start of the SHA-256 of the public key. */
export function createDevelopmentSigner(keyFile: string): Signer {
  return signerOf(createPrivateKey(readFileSync(keyFile)));
}

export function signerOf(key: KeyObject): Signer {
  const publicKey = createPublicKey(key);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(der).digest('hex').slice(0, 16);
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    sign: (bytes) =>
      Promise.resolve({ signature: sign(null, bytes, key).toString('base64'), algorithm: 'Ed25519', keyId }),
    publicKey: () => Promise.resolve({ kty: 'OKP', crv: 'Ed25519', x, kid: keyId, alg: 'EdDSA', use: 'sig' }),
  };
}
