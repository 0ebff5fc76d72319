import type { Budget } from '../../time/clock.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';
import type { ConflictIssue, Dissent, Resolution } from './words.js';

export interface ConferenceState {
  readonly issues: readonly ConflictIssue[];
  readonly chair: string;
  readonly budget: Budget;
  dueDate: PlainDate;
  readonly openedAt: Instant;
  resolutions: readonly Resolution[];
  dissent: readonly Dissent[];
  reason: TextRef | null;
  decidedAt: Instant | null;
}
