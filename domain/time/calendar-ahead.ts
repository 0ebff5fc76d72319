import type { CalendarData, CalendarDay } from './calendar.js';
import { addDays, plainDate, type PlainDate } from './instants.js';

interface Source {
  readonly source: string;
}

/** What is known of the days off of years whose document is not out: the same date each year, and dates of the lunar calendar from a table. */
export interface CalendarAhead {
  /** `MM-DD`. */
  readonly fixed: readonly (Source & { readonly date: string; readonly name: CalendarDay['name'] })[];
  /** Lunar holidays by year: each moves by so many days off one date of the table. */
  readonly lunar: readonly (Source & {
    readonly name: CalendarDay['name'];
    /** Days off before and after that date, itself among them. */
    readonly before: number;
    readonly days: number;
    readonly dates: Readonly<Record<string, PlainDate>>;
  })[];
}

const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));
const lastOf = (year: number): PlainDate => plainDate(`${year}-12-31`);
const weekdayOf = (date: PlainDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/**
 * The calendar with one year more than it was published for: the week, fixed holidays, lunar ones, each `verified: false`; a holiday on a rest day is
 * made up on the next working date (Labour Code, Art. 111.3). As it is where the table does not reach that year, or its last year is incomplete.
 */
export function withProvisionalYear(data: CalendarData, ahead: CalendarAhead): CalendarData {
  const year = yearOf(data.to) + 1;
  if (data.to !== lastOf(year - 1) || ahead.lunar.some(({ dates }) => dates[String(year)] === undefined)) return data;
  const off = new Map<PlainDate, CalendarDay>();
  const rests = (date: PlainDate) => data.weekend.includes(weekdayOf(date)) || off.has(date);
  const holidays = holidaysOf(year, ahead).sort((a, b) => (a.date < b.date ? -1 : 1));
  for (const day of holidays) if (!data.weekend.includes(weekdayOf(day.date))) off.set(day.date, day);
  for (const day of holidays) {
    if (!data.weekend.includes(weekdayOf(day.date))) continue;
    let date = addDays(day.date, 1);
    while (rests(date)) date = addDays(date, 1);
    off.set(date, { ...day, date });
  }
  const days = [...off.values()].filter(({ date }) => yearOf(date) === year);
  return { ...data, to: lastOf(year), daysOff: [...data.daysOff, ...days.sort((a, b) => (a.date < b.date ? -1 : 1))] };
}

function holidaysOf(year: number, { fixed, lunar }: CalendarAhead): CalendarDay[] {
  const provisional = (date: PlainDate, { name, source }: Pick<CalendarDay, 'name' | 'source'>) => ({
    date,
    name,
    source,
    verified: false,
  });
  return [
    ...fixed.map((one) => provisional(plainDate(`${year}-${one.date}`), one)),
    ...lunar.flatMap((one) => {
      const day = one.dates[String(year)];
      if (day === undefined) return [];
      return Array.from({ length: one.days }, (_, i) => provisional(addDays(day, i - one.before), one));
    }),
  ];
}

/** How far a calendar is known, and whether somebody has to see to it. */
export interface CalendarCoverage {
  readonly calendar: string;
  /** The last day of the last year that rests on a document. */
  readonly publishedTo: PlainDate;
  /** The last day that can be counted at all, by provisional days. */
  readonly coveredTo: PlainDate;
  /** Years up to the next one without a document: from 1 October of the year before each. */
  readonly missing: readonly number[];
}

/** A year rests on a document once one of its days off does. */
export function coverageOfCalendar(data: CalendarData, coveredTo: PlainDate, today: PlainDate): CalendarCoverage {
  const documented = data.daysOff.filter(({ verified }) => verified).map(({ date }) => yearOf(date));
  const last = Math.max(yearOf(data.from) - 1, ...documented);
  const warnedOf = yearOf(addDays(today, daysFromOctober));
  const missing = Array.from({ length: Math.max(0, warnedOf - last) }, (_, i) => last + 1 + i);
  return { calendar: data.code, publishedTo: lastOf(last), coveredTo, missing };
}

// 1 October lies 92 days before the year that needs its document.
const daysFromOctober = 92;
