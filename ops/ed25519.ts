import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The seed (32 bytes) of an Ed25519 key in a PEM file (PKCS #8). Throws where it is another kind of key. */
export function ed25519Seed(file: string): Uint8Array {
  const { d, crv } = createPrivateKey(readFileSync(file)).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || d === undefined) throw new Error(`${file} is no Ed25519 key`);
  return new Uint8Array(Buffer.from(d, 'base64url'));
}
