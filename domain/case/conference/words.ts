import type { Budget } from '../../time/clock.js';
import type { PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** Two opinions that cannot both be followed, or one that says no. */
export interface ConflictIssue {
  /** Unique within the conference: `objection/{agency}` or `conditions/{subject}/{agency}/{agency}…`, agencies in order. */
  readonly id: string;
  readonly kind: 'objection' | 'contradiction';
  readonly agencies: readonly string[];
  /** Contradictions only. */
  readonly subject: string | null;
}

/** What a conference made of one issue: whose position stands, or a middle way in the words of the decision. */
export interface Resolution {
  readonly issue: string;
  readonly upholds: string | null;
}

export interface Dissent {
  readonly agency: string;
  readonly reason: TextRef;
}

/** How a party takes part: from afar, in the room, or by its statement alone. */
export const attendances = ['by-link', 'in-place', 'in-writing'] as const;
export type Attendance = (typeof attendances)[number];

/** What the events of a conference carry. */
export interface ConferencePayloads {
  /** The last answer is in and they contradict each other, or one objects: the lead's conference settles it. */
  conferenceOpened: {
    issues: readonly ConflictIssue[];
    chair: string;
    /** It chairs a dispute of its own, because nobody else may. */
    chairIsParty?: true;
    budget: Budget;
    dueDate: PlainDate;
  };
  /** One that disagrees says so in its own words, and how it takes part; `dissent`: what stands in the minutes where it is not followed. */
  statementGiven: {
    taskId: string;
    agency: string;
    attendance: Attendance;
    statement: TextRef;
    dissent: TextRef | null;
  };
  /** The chair cannot settle it, or has let its time pass (`reason` null): it goes to the City's team, with days of its own. */
  conferenceReferred: { to: string; budget: Budget; dueDate: PlainDate; reason: TextRef | null };
  conferenceDecided: {
    taskId: string;
    resolutions: readonly Resolution[];
    dissent: readonly Dissent[];
    reason: TextRef;
  };
}
