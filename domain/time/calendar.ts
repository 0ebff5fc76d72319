import { withProvisionalYear, type CalendarAhead } from './calendar-ahead.js';
import { Refusal, refuse } from '../errors.js';
import { addDays, addMonths, daysBetween, plainDate, startOf, type Instant, type PlainDate } from './instants.js';

/** A statement with the document it rests on; `verified` = somebody read that document. */
interface Basis {
  source: string;
  verified: boolean;
}

/** One date that differs from the week: a day off, or a rest day that is worked. */
export interface CalendarDay extends Basis {
  date: PlainDate;
  name: { vi: string; en: string };
  /** Only of a day off: the office was closed that day, or for half of it, by an act that came no earlier; the day is in no term. */
  closure?: 'whole-day' | 'half-day';
}

/**
 * A working calendar as data. `weekend` = days of rest, 0 = Sunday … 6 = Saturday; both ends of the span are covered.
 */
export interface CalendarData {
  code: string;
  version: number;
  name: { vi: string; en: string };
  from: PlainDate;
  to: PlainDate;
  weekend: number[];
  weekendBasis: Basis;
  daysOff: CalendarDay[];
  makeUpDays: CalendarDay[];
  /** Civil time `HH:MM`, in order; the first `from` is when the office opens. */
  officeHours: { from: string; to: string }[];
  officeHoursBasis: Basis;
}

/** A calendar ready for arithmetic: every question below is answered by looking up, not by walking over days. */
export interface Calendar {
  /** As it was published. */
  readonly data: CalendarData;
  /** The last date covered, a provisional year included. */
  readonly to: PlainDate;
  /** Days off of the provisional year; none where there is no such year. */
  readonly provisional: readonly CalendarDay[];
  /** Position of each covered date. */
  readonly positions: ReadonlyMap<PlainDate, number>;
  readonly dates: readonly PlainDate[];
  /** Working dates among the dates at positions 0..i. */
  readonly workingThrough: Int32Array;
  readonly workingDates: readonly PlainDate[];
  readonly opensAfterMs: number;
}

/** What a term is counted in: working dates, or every date. */
export type DayUnit = 'working-day' | 'calendar-day';

const longestSpan = 36_600;
const clockTime = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Civil day of the week, 0 = Sunday … 6 = Saturday. 1970-01-04 was a Sunday. */
const weekdayOf = (date: PlainDate): number => ((daysBetween(plainDate('1970-01-04'), date) % 7) + 7) % 7;

const outside = (calendar: Calendar, date: string): never =>
  refuse('CALENDAR_UNKNOWN', { calendar: calendar.data.code, date, from: calendar.data.from, to: calendar.to });

/** What `ask` answers; undefined where it needs a date that no published calendar covers. */
export function ifPublished<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'CALENDAR_UNKNOWN') return undefined;
    throw error;
  }
}

function minutesOf(time: string): number {
  const match = clockTime.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : refuse('VALIDATION_FAILED', { time });
}

function checkCalendar(data: CalendarData): void {
  const invalid = (reason: string): never => refuse('VALIDATION_FAILED', { calendar: data.code, reason });
  const span = daysBetween(plainDate(data.from), plainDate(data.to));
  if (span < 0 || span >= longestSpan) invalid('the span is empty, or longer than a hundred years');
  if (data.weekend.some((day) => !Number.isInteger(day) || day < 0 || day > 6)) invalid('weekend days are 0 to 6');
  const seen = new Set<PlainDate>();
  for (const { date } of [...data.daysOff, ...data.makeUpDays]) {
    if (date < data.from || date > data.to) invalid(`${date} lies outside the span`);
    if (seen.has(plainDate(date))) invalid(`${date} is listed twice`);
    seen.add(date);
  }
  for (const { date } of data.daysOff)
    if (data.weekend.includes(weekdayOf(date))) invalid(`${date} is a rest day anyway`);
  for (const { date } of data.makeUpDays)
    if (!data.weekend.includes(weekdayOf(date))) invalid(`${date} is worked anyway`);
  const hours = data.officeHours.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]);
  if (hours.length === 0 || hours.some((minute, i) => i > 0 && minute <= (hours[i - 1] ?? 0)))
    invalid('office hours are empty or out of order');
}

/**
 * Checks a calendar (`VALIDATION_FAILED`) and indexes it, with the year after it as far as `ahead` knows that. Costs about a millisecond for five
 * years: do it once, not per question.
 */
export function compileCalendar(published: CalendarData, ahead?: CalendarAhead): Calendar {
  checkCalendar(published);
  const data = ahead ? withProvisionalYear(published, ahead) : published;
  const off = new Set(data.daysOff.map((day) => day.date));
  const madeUp = new Set(data.makeUpDays.map((day) => day.date));
  const length = daysBetween(data.from, data.to) + 1;
  const positions = new Map<PlainDate, number>();
  const dates: PlainDate[] = [];
  const workingDates: PlainDate[] = [];
  const workingThrough = new Int32Array(length);
  const firstWeekday = weekdayOf(data.from);
  for (let i = 0; i < length; i++) {
    const date = addDays(data.from, i);
    positions.set(date, i);
    dates.push(date);
    const rest = data.weekend.includes((firstWeekday + i) % 7);
    if (rest ? madeUp.has(date) : !off.has(date)) workingDates.push(date);
    workingThrough[i] = workingDates.length;
  }
  const opensAfterMs = minutesOf(data.officeHours[0]?.from ?? '') * 60_000;
  const provisional = data.daysOff.slice(published.daysOff.length);
  return { data: published, to: data.to, provisional, positions, dates, workingThrough, workingDates, opensAfterMs };
}

/** `date`, or the last date covered where that is earlier. */
export const lastCovered = (calendar: Calendar, date: PlainDate): PlainDate =>
  date > calendar.to ? calendar.to : date;

function positionOf(calendar: Calendar, date: PlainDate): number {
  return calendar.positions.get(date) ?? outside(calendar, date);
}

/** Working dates up to and including that date. */
function workingUpTo(calendar: Calendar, date: PlainDate): number {
  return calendar.workingThrough[positionOf(calendar, date)] ?? 0;
}

/** Whether State bodies work on that date. Here and below a date outside the span is refused `CALENDAR_UNKNOWN`. */
export function isWorkingDay(calendar: Calendar, date: PlainDate): boolean {
  return calendar.workingDates[workingUpTo(calendar, date) - 1] === date;
}

/** Days of the unit with `after` < date <= `through`; 0 when `through` is not later. */
export function countDays(calendar: Calendar, unit: DayUnit, after: PlainDate, through: PlainDate): number {
  const upTo = unit === 'working-day' ? workingUpTo : positionOf;
  return Math.max(0, upTo(calendar, through) - upTo(calendar, after));
}

/**
 * The `n`th day of the unit after `from` (before it when negative; `from` itself for 0), or undefined beyond the
 * span.
 */
export function findDay(calendar: Calendar, unit: DayUnit, from: PlainDate, n: number): PlainDate | undefined {
  if (!Number.isInteger(n)) return refuse('VALIDATION_FAILED', { days: n });
  const position = positionOf(calendar, from);
  if (n === 0) return from;
  if (unit === 'calendar-day') return calendar.dates[position + n];
  // Backwards, `from` itself is not one of the dates before it.
  const before = workingUpTo(calendar, from) - (n < 0 && isWorkingDay(calendar, from) ? 1 : 0);
  return calendar.workingDates[n > 0 ? before + n - 1 : before + n];
}

/** `date` when it is worked, else the next date that is; undefined when the span ends before one. */
export function findOnOrNextWorkingDay(calendar: Calendar, date: PlainDate): PlainDate | undefined {
  return isWorkingDay(calendar, date) ? date : calendar.workingDates[workingUpTo(calendar, date)];
}

/** Working dates with `after` < date <= `through`. */
export function countWorkingDays(calendar: Calendar, after: PlainDate, through: PlainDate): number {
  return countDays(calendar, 'working-day', after, through);
}

/** The `n`th working date after `from`; `from` itself (worked or not) for 0; the `-n`th before it when negative. */
export function addWorkingDays(calendar: Calendar, from: PlainDate, n: number): PlainDate {
  return findDay(calendar, 'working-day', from, n) ?? outside(calendar, `${from} ${n < 0 ? '-' : '+'} ${Math.abs(n)}`);
}

/** `date` when it is worked, else the next date that is (Civil Code, Art. 148.5). */
export function onOrNextWorkingDay(calendar: Calendar, date: PlainDate): PlainDate {
  return findOnOrNextWorkingDay(calendar, date) ?? outside(calendar, `after ${date}`);
}

/** The first working date later than `date`. */
export function nextWorkingDay(calendar: Calendar, date: PlainDate): PlainDate {
  return addWorkingDays(calendar, date, 1);
}

/** The last working date earlier than `date`. */
export function previousWorkingDay(calendar: Calendar, date: PlainDate): PlainDate {
  return addWorkingDays(calendar, date, -1);
}

/** When the office opens on that date (07:30 in the State calendar), whether or not the date is worked. */
export function officeOpening(calendar: Calendar, date: PlainDate): Instant {
  positionOf(calendar, date);
  return new Date(Date.parse(startOf(date)) + calendar.opensAfterMs).toISOString();
}

/** A term of `n` months from `from`: civil months, then rolled to a working date. */
export function rollMonths(calendar: Calendar, from: PlainDate, n: number): PlainDate {
  return onOrNextWorkingDay(calendar, addMonths(from, n));
}
