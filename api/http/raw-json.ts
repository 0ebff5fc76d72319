import { Refusal } from '../../domain/errors.js';

/** The JSON value that signed bytes hold; refuses MALFORMED_REQUEST. */
export function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new Refusal('MALFORMED_REQUEST');
  }
}
