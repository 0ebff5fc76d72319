import { createHmac } from 'node:crypto';
import { callbackSigningInput } from '../domain/schemas/agency-messages.js';

/** The signature header of a callback: the contract is at `callbackSigningInput`. */
export function signCallback(masterSecret: string, agency: string, timestamp: string, rawBody: string): string {
  const key = createHmac('sha256', masterSecret).update(agency).digest();
  return `sha256=${createHmac('sha256', key).update(callbackSigningInput(timestamp, rawBody)).digest('hex')}`;
}
