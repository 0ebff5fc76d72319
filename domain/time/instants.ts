import { refuse } from '../errors.js';

/** A moment: ISO-8601 in UTC with Z, as `toISOString` writes it, e.g. `2026-07-06T02:00:00.000Z`. */
export type Instant = string;

/** A legal day: `YYYY-MM-DD` in Vietnam's civil time (UTC+07:00, fixed). Never a `Date`. Compares as a string. */
export type PlainDate = string & { readonly __plainDate: true };

const dayMs = 86_400_000;
const vietnamMs = 7 * 3_600_000;
const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const instantShape =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A real Gregorian date `YYYY-MM-DD`. */
export const isRealDate = (text: string): text is PlainDate => {
  if (!dateShape.test(text) || text.startsWith('0000')) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
};

const dateFromMs = (ms: number): PlainDate => {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return refuse('VALIDATION_FAILED', { reason: 'not a date' });
  const text = new Date(ms).toISOString();
  // Years before 1 or after 9999 are written longer, or as 0000.
  return text.length === 24 && !text.startsWith('0000') ? (text.slice(0, 10) as PlainDate) : plainDate(text);
};

/** The instant in milliseconds since 1970; for comparing, never for storing. Refuses `VALIDATION_FAILED`. */
export function millisecondsOf(at: Instant): number {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? refuse('VALIDATION_FAILED', { instant: at }) : ms;
}

/** A real Gregorian date `YYYY-MM-DD`; anything else is refused `VALIDATION_FAILED`. */
export function plainDate(text: string): PlainDate {
  return isRealDate(text) ? text : refuse('VALIDATION_FAILED', { date: text });
}

/**
 * Any ISO-8601 date-time with an offset, normalised to UTC with milliseconds; without an offset it is refused
 * `VALIDATION_FAILED`.
 */
export function instant(text: string): Instant {
  const date = instantShape.exec(text)?.[1];
  if (date === undefined || !isRealDate(date)) return refuse('VALIDATION_FAILED', { instant: text });
  const normalised = new Date(Date.parse(text)).toISOString();
  return normalised.length === 24 ? normalised : refuse('VALIDATION_FAILED', { instant: text });
}

/** The civil date in Vietnam at that moment. */
export function dateOf(at: Instant): PlainDate {
  return dateFromMs(millisecondsOf(at) + vietnamMs);
}

/** The hour and minute in Vietnam at that moment: `HH:MM`. */
export const civilTime = (at: Instant): string => new Date(millisecondsOf(at) + vietnamMs).toISOString().slice(11, 16);

/** So many hours later. */
export const instantAfter = (at: Instant, hours: number): Instant =>
  new Date(millisecondsOf(at) + hours * 3_600_000).toISOString();

/** 00:00 of that date in Vietnam. */
export function startOf(date: PlainDate): Instant {
  return new Date(Date.parse(date) - vietnamMs).toISOString();
}

/** The date `n` civil days later (earlier when negative). */
export function addDays(date: PlainDate, n: number): PlainDate {
  return dateFromMs(Date.parse(date) + n * dayMs);
}

/**
 * The same day `n` months later; the last day of that month when it has no such day (31 Jan + 1 month = 28 or 29
 * Feb).
 */
export function addMonths(date: PlainDate, n: number): PlainDate {
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const two = (value: number) => String(value).padStart(2, '0');
  const firstOf = (y: number, m: number) => plainDate(`${String(y).padStart(4, '0')}-${two(m + 1)}-01`);
  const first = firstOf(year, month);
  const length = daysBetween(first, month === 11 ? firstOf(year + 1, 0) : firstOf(year, month + 1));
  return addDays(first, Math.min(Number(date.slice(8)), length) - 1);
}

/** Civil days from `a` to `b`: 1 from a date to the next, negative when `b` is earlier. */
export function daysBetween(a: PlainDate, b: PlainDate): number {
  return Math.round((Date.parse(b) - Date.parse(a)) / dayMs);
}

/** The later of two instants; the first when they are the same moment. */
export function laterOf(a: Instant, b: Instant): Instant {
  return millisecondsOf(b) > millisecondsOf(a) ? b : a;
}

/** The earlier of two instants; the first when they are the same moment. */
export function earlierOf(a: Instant, b: Instant): Instant {
  return millisecondsOf(b) < millisecondsOf(a) ? b : a;
}
