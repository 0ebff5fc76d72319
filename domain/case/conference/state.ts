import type { Budget } from '../../time/clock.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';
import type { Attendance, ConflictIssue, Dissent, Resolution } from './words.js';

export interface ConferenceState {
  readonly issues: readonly ConflictIssue[];
  chair: string;
  /** It chairs a dispute of its own, because nobody else may. */
  readonly chairIsParty?: true;
  budget: Budget;
  dueDate: PlainDate;
  readonly openedAt: Instant;
  resolutions: readonly Resolution[];
  dissent: readonly Dissent[];
  reason: TextRef | null;
  decidedAt: Instant | null;
  /** What parties said in their own words, by agency; left out: nobody did. */
  statements?: Record<string, StatementState>;
  /** It went to the City's team; left out: it did not. */
  referred?: { readonly from: string; readonly at: Instant; readonly reason: TextRef | null };
}

/** Who chaired it, from when until when: whoever called it, then the City's team where it was referred; null: it still sits. */
export function sittingsOf({ chair, openedAt, decidedAt, referred }: ConferenceState): Sitting[] {
  if (!referred) return [{ chair, from: openedAt, to: decidedAt }];
  return [
    { chair: referred.from, from: openedAt, to: referred.at },
    { chair, from: referred.at, to: decidedAt },
  ];
}

interface Sitting {
  readonly chair: string;
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface StatementState {
  readonly at: Instant;
  readonly attendance: Attendance;
  readonly statement: TextRef;
  readonly dissent: TextRef | null;
}
