import { createHash } from 'node:crypto';

const digest = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A short name of these parts, always the same for the same parts, e.g. `DKDN-1f0c…`. */
export function derivedCode(prefix: string, ...parts: unknown[]): string {
  return `${prefix}-${digest(parts).slice(0, 16)}`;
}

/** Decimal digits (up to 15) of these parts, not beginning with 0. */
export function derivedDigits(length: number, ...parts: unknown[]): string {
  const number = Number.parseInt(digest(parts).slice(0, 13), 16);
  const lowest = 10 ** (length - 1);
  return String(lowest + (number % (9 * lowest)));
}
