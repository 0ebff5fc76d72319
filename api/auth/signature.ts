import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../domain/errors.js';
import {
  callbackHeaders,
  callbackSigningInput,
  CallbackSignature,
  CallbackTimestamp,
  callbackToleranceSeconds,
} from '../../domain/schemas/agency-messages.js';

/** The signing key of one agency under the master secret. */
const agencyKey = (master: string, agency: string): Buffer => createHmac('sha256', master).update(agency).digest();

/**
 * Refuses CALLBACK_SIGNATURE_INVALID unless these very bytes were signed under the agency's key within five minutes of real time. Says nothing of
 * which of the three was wrong.
 */
export function requireSignature(
  master: string,
  agency: string,
  raw: Buffer,
  header: (name: string) => string | undefined,
): void {
  const timestamp = header(callbackHeaders.timestamp) ?? '';
  const signature = header(callbackHeaders.signature) ?? '';
  const sane = CallbackTimestamp.safeParse(timestamp).success && CallbackSignature.safeParse(signature).success;
  if (!sane) refuse('CALLBACK_SIGNATURE_INVALID');
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  // Over the bytes as they came: `{timestamp}.{raw body}` (see callbackSigningInput), without decoding them first.
  const expected = createHmac('sha256', agencyKey(master, agency))
    .update(callbackSigningInput(timestamp, ''))
    .update(raw)
    .digest();
  const given = Buffer.from(signature.slice('sha256='.length), 'hex');
  if (!timingSafeEqual(expected, given) || age > callbackToleranceSeconds) refuse('CALLBACK_SIGNATURE_INVALID');
}
