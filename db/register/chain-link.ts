import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type CaseEvent } from '../../domain/case/events.js';

/** What the first event of a case is chained to. */
export const genesis: Buffer = Buffer.alloc(32);

/** The event as RFC 8785 text: what is stored, and hashed as stored. */
export function canonicalEvent(caseCode: string, event: CaseEvent): string {
  const text = canonicalize({ caseCode, ...event });
  if (text === undefined) throw new Error(`Event ${event.seq} of ${caseCode} has no canonical form`);
  return text;
}

/** SHA-256 over the previous hash and the canonical text. */
export const linkHash = (previous: Uint8Array, canonical: string): Buffer =>
  createHash('sha256').update(previous).update(canonical, 'utf8').digest();

/** The event that a canonical text holds. */
export function eventOf(canonical: string): CaseEvent {
  const { caseCode: _caseCode, ...event } = JSON.parse(canonical) as CaseEvent & { caseCode: string };
  return event;
}
