import { sha256 } from '@noble/hashes/sha2.js';
import { base64urlnopad } from '@scure/base';
import { sameBytes } from './merkle.js';

/** A public RSA key as a JSON Web Key has it (RFC 7518, 6.3.1). */
export interface RsaKey {
  /** Base64url. */
  readonly n: string;
  readonly e: string;
}

// DigestInfo of SHA-256 (RFC 8017, 9.2).
const digestInfo = Uint8Array.of(48, 49, 48, 13, 6, 9, 96, 134, 72, 1, 101, 3, 4, 2, 1, 5, 0, 4, 32);

/** With an exponent of 1 every text were its own signature, and a huge one is never done: only the one that keys have is taken. */
const exponent = 65_537n;

/** Whether a key is of those whose signatures are believed: 2,048 bits at least, and the usual exponent. */
export function isStrong({ n, e }: RsaKey): boolean {
  const modulus = base64urlnopad.decode(n);
  const [first = 0] = modulus;
  // Zeros in front would make a short key look long.
  return modulus.length >= 256 && first >= 0x80 && numberOf(base64urlnopad.decode(e)) === exponent;
}

/** Whether a signature (RSASSA-PKCS1-v1_5 with SHA-256) over bytes is of this key. In pure code, so that it is checked wherever proofs are. */
export function isRsaSigned(key: RsaKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const modulus = base64urlnopad.decode(key.n);
  const [m, s] = [numberOf(modulus), numberOf(signature)];
  if (!isStrong(key) || signature.length !== modulus.length || s >= m) return false;
  // The one text that a right signature has: made anew and compared whole, nothing of it is parsed.
  const expected = new Uint8Array(modulus.length).fill(255);
  const tail = [...digestInfo, ...sha256(bytes)];
  expected.set([0, 1]);
  expected.set([0, ...tail], modulus.length - tail.length - 1);
  return sameBytes(bytesOf(power(s, m), modulus.length), expected);
}

function power(base: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Bytes as one number, the first the highest. */
export const numberOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

/** The number in this many bytes, the first the highest. */
export function bytesOf(number: bigint, length: number): Uint8Array {
  const digits = number.toString(16).padStart(2 * length, '0');
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}
