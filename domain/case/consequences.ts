import type { Instant } from '../time/instants.js';
import { voidMovedApologies } from './apology/rules.js';
import type { Draft } from './draft.js';
import { incurDuties } from './duty/rules.js';
import { lookBeforeDecision } from './extract/rules.js';
import { dropSignatories } from './approval/signatory-rules.js';
import { concludeTrial } from './trial/exit.js';

/**
 * What follows by itself from an act, or from what fell due: of the events that the draft holds after the first `seen`, in the same transaction, dated and
 * in the name of what it follows from.
 */
export function addConsequences(draft: Draft, seen: number, at: Instant = draft.now): void {
  incurDuties(draft, draft.events.slice(seen), at);
  lookBeforeDecision(draft, draft.events.slice(seen));
  concludeTrial(draft, at);
  voidMovedApologies(draft, at);
  dropSignatories(draft, at);
}
