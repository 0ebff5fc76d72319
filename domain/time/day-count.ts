import { type Calendar, type CalendarDay, isWorkingDay, lastCovered } from './calendar.js';
import { type Budget, type ClockEntry, viewLedger, walkLedger } from './clock.js';
import { addDays, dateOf, type Instant, type PlainDate } from './instants.js';

/**
 * Why a date has its number, or none. `rest`: a day of the week on which State bodies do not work; `day-off`: `day` names its document; `made-up`: a day of rest
 * that is worked, and counts; `investor`: the file was with the investor when the date began; `roll`: after the last day of the term, up to the next working date.
 */
export type DayReason = 'counted' | 'made-up' | 'rest' | 'day-off' | 'investor' | 'roll';

/** One date of a term. */
export interface DayOfTerm {
  readonly date: PlainDate;
  /** Its number in the term, from 1; null: it does not count. */
  readonly number: number | null;
  readonly why: DayReason;
  /** What the calendar says about the date, with its document. */
  readonly day: CalendarDay | null;
  /** Later than the moment of reading, or than the end of the clock: as it would be counted if nothing else happened. */
  readonly ahead: boolean;
}

/** A term day by day: from the first date that can count to its due date. */
export interface DayCount {
  readonly days: readonly DayOfTerm[];
  /** The date that holds or stood; null while the investor has the file, or beyond the calendar. */
  readonly dueDate: PlainDate | null;
}

/**
 * Counts a term day by day, by the same ledger and calendar as `readKnownTerm` reads it: every date after the start up to the due date, or up to `asOf` where there is
 * none. `budget`: before any extension. Refuses as `readKnownTerm` does.
 */
export function countTerm(calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[], asOf: Instant): DayCount {
  const walk = walkLedger(calendar, budget, viewLedger(calendar, budget, ledger));
  if (!walk.stopped) walk.advance(dateOf(asOf));
  const dueDate = walk.knownDueDate() ?? null;
  const seen = walk.stopped ? dateOf(ledger.at(-1)?.at ?? asOf) : dateOf(asOf);
  const end = dueDate ?? lastCovered(calendar, seen);
  const known = new Map(
    [...calendar.data.daysOff, ...calendar.provisional, ...calendar.data.makeUpDays].map((day) => [day.date, day]),
  );
  const days: DayOfTerm[] = [];
  let number = 0;
  const first = walk.spans[0]?.after ?? seen;
  for (let date = addDays(first, 1); date <= end; date = addDays(date, 1)) {
    const span = walk.spans.findLast(({ after }) => after < date);
    if (span?.restarts === true && addDays(span.after, 1) === date) number = 0;
    const day = known.get(date) ?? null;
    const ahead = date > seen;
    const working = isWorkingDay(calendar, date);
    const off = day === null ? ('rest' as const) : ('day-off' as const);
    if (span?.holder === 'investor') {
      days.push({ date, number: null, why: 'investor', day, ahead });
    } else if (number >= walk.amount) {
      days.push({ date, number: null, why: working ? 'roll' : off, day, ahead });
    } else if (working || budget.unit === 'calendar-day') {
      number += 1;
      days.push({ date, number, why: working && day !== null ? 'made-up' : 'counted', day, ahead });
    } else {
      days.push({ date, number: null, why: off, day, ahead });
    }
  }
  return { days, dueDate };
}
