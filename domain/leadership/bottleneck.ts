import type { PlainDate } from '../time/instants.js';

/** A step of a procedure where files wait for somebody to begin, with the figure as it stood when it was given to somebody to clear. */
export interface Bottleneck {
  readonly procedure: string;
  readonly step: string;
  /** The agency where it waits, which need not be whoever is to clear it. */
  readonly at: string;
  readonly figure: WaitingFigure;
}

/** Working days from the opening of the work until somebody took it, of what was finished in a period. */
export interface WaitingFigure {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly n: number;
  /** null: nothing was finished in the period. */
  readonly median: number | null;
}

/** How the figure stands against what it was; `by`: working days of the median that are gone. */
export interface Movement {
  readonly before: WaitingFigure;
  readonly now: WaitingFigure;
  readonly by: number;
}

/** Nothing finished is no improvement. */
export const movementOf = (before: WaitingFigure, now: WaitingFigure): Movement => ({
  before,
  now,
  by: before.median === null || now.median === null ? 0 : Math.round((before.median - now.median) * 10_000) / 10_000,
});
