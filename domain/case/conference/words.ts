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

/** What the events of a conference carry. */
export interface ConferencePayloads {
  /** The last answer is in and they contradict each other, or one objects: the lead's conference settles it. */
  conferenceOpened: {
    issues: readonly ConflictIssue[];
    chair: string;
    budget: Budget;
    dueDate: PlainDate;
  };
  conferenceDecided: {
    taskId: string;
    resolutions: readonly Resolution[];
    dissent: readonly Dissent[];
    reason: TextRef;
  };
}
