import { createHash } from 'node:crypto';
import { canonical } from '../../domain/evidence/canonical.js';
import { type CaseEvent } from '../../domain/case/events.js';

/** What the first event of a case is chained to. */
export const genesis: Buffer = Buffer.alloc(32);

/** The event as RFC 8785 text: what is stored, and hashed as stored. */
export const canonicalEvent = (caseCode: string, event: CaseEvent): string => canonical({ caseCode, ...event });

/** SHA-256 over the previous hash and the canonical text. */
export const linkHash = (previous: Uint8Array, text: string): Buffer =>
  createHash('sha256').update(previous).update(text, 'utf8').digest();

/** The event that a canonical text holds. */
export function eventOf(text: string): CaseEvent {
  const { caseCode: _caseCode, ...event } = JSON.parse(text) as CaseEvent & { caseCode: string };
  return event;
}
