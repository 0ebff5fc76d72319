import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signerOf } from '../../activities/signer.js';

describe('the development signer', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const document = Buffer.from('{"number":"H29-260706-0001-KQ"}');

  it('signs what an independent check accepts, and nothing else', async () => {
    const { signature, algorithm, keyId } = await signerOf(privateKey).sign(document);
    const check = (bytes: Buffer) => verify(null, bytes, createPublicKey(privateKey), Buffer.from(signature, 'base64'));
    expect(algorithm).toBe('Ed25519');
    expect(keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(check(document)).toBe(true);
    expect(check(Buffer.from('{"number":"H29-260706-0002-KQ"}'))).toBe(false);
  });

  it('signs the same document the same way again', async () => {
    const signer = signerOf(privateKey);
    expect(await signer.sign(document)).toEqual(await signer.sign(document));
  });
});
