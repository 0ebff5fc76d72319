import type { Instant, PlainDate } from '../../time/instants.js';
import type { DelayCause } from './words.js';

/** A letter of apology with a new appointment (form 04): drafted by the clock, sent when the head has signed it off. */
export interface ApologyState {
  readonly letterId: string;
  readonly dueDate: PlainDate;
  readonly draftedAt: Instant;
  causes: readonly DelayCause[];
  sentAt: Instant | null;
  newDate: PlainDate | null;
  /** The head found that it would not be late. */
  dropped: boolean;
  /** The date it speaks of does not hold any more. */
  voided: boolean;
}

/** Drafted, and nobody has decided about it yet. */
export const isOpenLetter = ({ sentAt, dropped, voided }: ApologyState): boolean =>
  sentAt === null && !dropped && !voided;
