import { Refusal } from '../domain/errors.js';
import { isDiskFull } from '../ops/disk.js';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const constraintOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'constraint' in error ? error.constraint : undefined;

const network: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// pg says these in words only.
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/;
// Lock not available, statement or transaction over its time, too many connections, shut down or starting, disk or memory full.
const overloaded = /^(55P03|57014|25P04|25P03|53\d{3}|57P0\d|08\d{3})$/;

/** Whether PostgreSQL could not be reached or had no time: the same request may succeed later. A 503 in the API, never a 403 or 500. */
export function isRegisterUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isRegisterUnavailable);
  const code = codeOf(error);
  return network.has(code) || overloaded.test(code) || (error instanceof Error && lostConnection.test(error.message));
}

/** An operation, and a site that somebody took between our look and our write. */
const collidable: ReadonlySet<unknown> = new Set(['operation_pkey', 'site_claim_held']);

/** Two transactions were in each other's way and nothing of this one was done: try again at once. */
export const isCollision = (error: unknown): boolean =>
  /^(40001|40P01)$/.test(codeOf(error)) || (codeOf(error) === '23505' && collidable.has(constraintOf(error)));

/** A key that devices of another trial sign with, or of this one under another id. */
const isTakenKey = (error: unknown): boolean => codeOf(error) === '23505' && constraintOf(error) === 'trial_key_pkey';

/** Unavailability becomes the refusal `OVERLOADED`, a full disk `STORAGE_FULL` (both retryable), a key that is taken `CONFLICT`; everything else stays what it is. */
export const asRefusal = (error: unknown): unknown => {
  if (isDiskFull(error)) return new Refusal('STORAGE_FULL', { cause: codeOf(error) });
  if (isTakenKey(error)) return new Refusal('CONFLICT', { field: 'publicKey' });
  return isRegisterUnavailable(error) || isCollision(error)
    ? new Refusal('OVERLOADED', { retryAfterSeconds: 1, cause: codeOf(error) || 'connection' })
    : error;
};
