import { createHash, createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { canonical } from '../domain/evidence/canonical.js';

const deriveKey = promisify<string, string, number, Buffer>(scrypt);

/** SHA-256 in hex of a value as RFC 8785 text: the same for the same JSON, however its keys are ordered. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** A UUID made from facts: the same facts give the same id, so that a request repeated under its key finds what the first one made. */
export function uuidOf(...facts: string[]): string {
  const bytes = createHash('sha256').update(facts.join('\n')).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80; // version 8: made by our own rule (RFC 9562)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

// Crockford's letters and digits: none that another one is mistaken for.
const pinLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pinLength = 10;

/** The PIN of one filing: whoever repeats the filing under its key gets the same one. The register holds its hash, and `seed` sealed: from a copy of it nobody makes the PIN. */
export function pinOf(seed: string, personId: string, key: string): string {
  const bytes = createHmac('sha256', Buffer.from(seed, 'hex')).update(`pin\n${personId}\n${key}`).digest();
  return Array.from(bytes.subarray(0, pinLength), (byte) => pinLetters.charAt(byte % pinLetters.length)).join('');
}

/** A PIN as people type it: spaces, hyphens and small letters do not matter. */
export const normalisePin = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase();

export const hashPin = async (pin: string, salt: string): Promise<string> =>
  (await deriveKey(normalisePin(pin), salt, 32)).toString('hex');

/** Compares two hashes in hex in constant time. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
