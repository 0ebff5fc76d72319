import type { BrokenTerm } from '../../time/clock.js';
import type { PlainDate } from '../../time/instants.js';

/** A clock whose last date a new calendar moves. */
export interface MovedDate {
  /** `printed`, `statutory` where form 01 printed another, `opinion/{agency}`, `conference`, `supplement/{requestId}` */
  readonly clock: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** What the events of law that changes while cases run carry. */
export interface LawChangePayloads {
  /** A new version of the calendar (`document` fixed it) moves dates of clocks that are open; `moved` empty: only the days before them. */
  clocksRedated: {
    calendar: string;
    version: number;
    document: string;
    moved: readonly MovedDate[];
    /** What had lapsed when the office turns out to have been closed: it stays so. */
    broken?: readonly BrokenTerm[];
  };
  /**
   * An agency with something to do in the case was merged into another one (by `document`): what is open is that one's from here on. No date moves; what was done stays
   * with whoever did it.
   */
  agencyMerged: { merged: string; into: string; document: string };
  /** Another version of the definition governs from here on; what the clock has counted and what is left stay as they are. */
  procedureMigrated: { from: string; to: string };
}
