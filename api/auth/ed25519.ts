import { createPublicKey, type KeyObject } from 'node:crypto';

const pem = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;
const base64 = /^[A-Za-z0-9+/]{1,200}={0,2}$/;
const keyBytes = 32;

/**
 * An Ed25519 public key as SPKI in base64, the one form in which keys are kept; undefined for anything else: a private key, and a key of small order, under
 * which one signature fits many messages.
 */
export function ed25519KeyOf(text: string): string | undefined {
  const spki = (pem.exec(text)?.[1] ?? text).replaceAll(/\s/g, '');
  if (!base64.test(spki)) return undefined;
  const key = publicKeyOf(spki);
  if (key?.asymmetricKeyType !== 'ed25519') return undefined;
  const der = key.export({ type: 'spki', format: 'der' });
  if (der.toString('base64') !== spki || hasSmallOrder(der.subarray(-keyBytes))) return undefined;
  return spki;
}

export function publicKeyOf(spki: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

const p = 2n ** 255n - 19n;

/**
 * Whether a point of edwards25519, as its 32 bytes (RFC 8032), has an order that divides eight. Order 1, 2 and 4 have y = 1, -1 and 0; twice a point of order 8
 * has y = 0, which with x² = -y² in the equation of the curve is d·y⁴ + 2y² - 1 = 0, d = -121665/121666.
 */
export function hasSmallOrder(point: Uint8Array): boolean {
  const bits = BigInt(`0x${Buffer.from(point).reverse().toString('hex')}`);
  const y = (bits & (2n ** 255n - 1n)) % p; // the topmost bit is the sign of x
  if (y === 0n || y === 1n || y === p - 1n) return true;
  const square = (y * y) % p;
  return (121_665n * square * square - 243_332n * square + 121_666n) % p === 0n;
}
