import { generateKeyPairSync } from 'node:crypto';
import { signerOf } from '../../activities/signer.js';
import { rootKeysOf } from '../../db/register/root-check.js';

/** A signing key of one's own, and what checks its signatures. */
export function testSigner() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { signer: signerOf(privateKey), keys: rootKeysOf([publicKey.export({ type: 'spki', format: 'pem' })]) };
}
