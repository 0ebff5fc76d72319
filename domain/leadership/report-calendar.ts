import type { Text } from '../law/agency.js';
import { ifPublished, isWorkingDay, previousWorkingDay, type Calendar } from '../time/calendar.js';
import { addDays, addMonths, plainDate, startOf, type Instant, type PlainDate } from '../time/instants.js';

/** A report that is owed again and again; `closes` and `due`: month and day, `MM-DD`. */
export interface ReportRhythm {
  readonly code: string;
  readonly name: Text;
  /** How many months it speaks of, until the day on which it closes. */
  readonly months: 3 | 6 | 12;
  readonly closes: string;
  /** The last day for it; where that is a day off, the working day before. */
  readonly due: string;
  /** What sets the date; null: nothing that we know, the City's own setting. */
  readonly source: string | null;
  readonly verified: boolean;
}

/** When the green lane is evaluated, and who puts the report together. */
export interface Evaluations {
  readonly gatheredBy: string;
  /** Chapters are due so many working days before the report. */
  readonly chapterDays: number;
  readonly rhythm: readonly ReportRhythm[];
}

/** One report of one period; `id` is its name for ever: `{code}-{last day}`. */
export interface ReportPeriod {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly chaptersDue: PlainDate;
  readonly due: PlainDate;
  readonly source: string | null;
  readonly verified: boolean;
}

const inYear = (year: number, monthAndDay: string): PlainDate =>
  plainDate(`${String(year).padStart(4, '0')}-${monthAndDay}`);

const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));

/** The report that closes on that day. Where the calendar is not published that far, its dates are the days as they are written, and as many days before. */
export function reportClosing(
  { chapterDays }: Evaluations,
  { code, name, months, due, source, verified }: ReportRhythm,
  to: PlainDate,
  calendar: Calendar,
): ReportPeriod {
  const sameYear = inYear(yearOf(to), due);
  const last = sameYear > to ? sameYear : inYear(yearOf(to) + 1, due);
  const dates = ifPublished(() => {
    const lastWorking = isWorkingDay(calendar, last) ? last : previousWorkingDay(calendar, last);
    let chaptersDue = lastWorking;
    for (let n = 0; n < chapterDays; n += 1) chaptersDue = previousWorkingDay(calendar, chaptersDue);
    return { due: lastWorking, chaptersDue };
  });
  return {
    ...{ id: `${code}-${to}`, code, name, to, source, verified },
    from: addMonths(addDays(to, 1), -months),
    ...(dates ?? { due: last, chaptersDue: addDays(last, -chapterDays) }),
  };
}

/** It is owed from the beginning of the day after its last one. */
export const opensAt = (to: PlainDate): Instant => startOf(addDays(to, 1));

/** Of each rhythm the days on which the reports close that are still to be handed in on `today`, up to the next one that lies ahead. */
export function closingsFrom(
  { rhythm }: Pick<Evaluations, 'rhythm'>,
  today: PlainDate,
): { code: string; to: PlainDate }[] {
  return rhythm.flatMap(({ code, closes, due }) =>
    [-1, 0, 1].flatMap((years) => {
      const to = inYear(yearOf(today) + years, closes);
      const sameYear = inYear(yearOf(to), due);
      const last = sameYear > to ? sameYear : inYear(yearOf(to) + 1, due);
      const isNext = to >= today && inYear(yearOf(to) - 1, closes) < today;
      return last >= today && (to < today || isNext) ? [{ code, to }] : [];
    }),
  );
}
