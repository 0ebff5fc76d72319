import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ed25519KeyOf, hasSmallOrder, publicKeyOf } from '../../api/auth/ed25519.js';

const spkiOf = (point: Buffer): string =>
  Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), point]).toString('base64');

/** Every encoding of the eight points of small order, those included that are not reduced. */
const smallOrder = [
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(30)}ff`,
  `ed${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}ff`,
  `ee${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}ff`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
].map((hex) => Buffer.from(hex, 'hex'));

describe('a public key of a device', () => {
  it('is taken as PEM and as SPKI in base64, and kept in one form', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const kept = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(ed25519KeyOf(kept)).toBe(kept);
    expect(ed25519KeyOf(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(kept);
  });

  it('is refused where its order is small: anybody could sign for it', () => {
    for (const point of smallOrder) {
      expect(hasSmallOrder(point)).toBe(true);
      expect(ed25519KeyOf(spkiOf(point))).toBeUndefined();
    }
    // What makes them worthless: for the neutral element this signature is right under any message.
    const neutral = publicKeyOf(spkiOf(smallOrder[2] as Buffer));
    const forged = Buffer.concat([smallOrder[2] as Buffer, Buffer.alloc(32)]);
    expect(neutral && verify(null, Buffer.from('anything'), neutral, forged)).toBe(true);
  });

  it('of full order is never taken for one of small order', () => {
    for (let n = 0; n < 200; n++) {
      const der = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
      expect(hasSmallOrder(der.subarray(-32))).toBe(false);
    }
  });
});
