import { type ReplyAfter } from './faults.js';

// When a stub answers is not law: weekends and the configured days off are skipped, no calendar of the State is needed here.
const offset = 7 * 3_600_000;
const minute = 60_000;
const day = 86_400_000;
const sessions = [
  [7 * 60 + 30, 11 * 60 + 30],
  [13 * 60, 17 * 60],
] as const;
const replyTime = 10 * 60;

const iso = (ms: number): string => new Date(ms).toISOString();
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`) - offset;
const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);

/** Civil date in UTC+7 of an instant. */
export function dateOf(instant: string): string {
  return iso(Date.parse(instant) + offset).slice(0, 10);
}

function isWorkingDate(date: string, daysOff: readonly string[]): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !daysOff.includes(date);
}

/** The n-th working date after `date`; `date` itself for 0. */
export function addWorkingDays(date: string, n: number, daysOff: readonly string[]): string {
  let current = date;
  for (let left = n; left > 0;) {
    current = shift(current, 1);
    if (isWorkingDate(current, daysOff)) left -= 1;
  }
  return current;
}

/** Ten in the morning of a date, UTC+7: when an office answers. */
export function replyInstant(date: string): string {
  return iso(midnight(date) + replyTime * minute);
}

function addWorkingMinutes(from: number, minutes: number, daysOff: readonly string[]): number {
  let left = minutes * minute;
  for (let date = dateOf(iso(from)); ; date = shift(date, 1)) {
    if (!isWorkingDate(date, daysOff)) continue;
    for (const [opens, closes] of sessions) {
      const start = Math.max(from, midnight(date) + opens * minute);
      const room = midnight(date) + closes * minute - start;
      if (room <= 0) continue;
      if (left <= room) return start + left;
      left -= room;
    }
  }
}

/** `from` plus a delay: whole working days first (then 10:00 of that date), then office hours, then plain minutes and milliseconds. */
export function replyDue(from: string, after: ReplyAfter, daysOff: readonly string[]): string {
  let at = Date.parse(from);
  if (after.workingDays) at = Date.parse(replyInstant(addWorkingDays(dateOf(from), after.workingDays, daysOff)));
  if (after.workingHours) at = addWorkingMinutes(at, after.workingHours * 60, daysOff);
  return iso(at + (after.minutes ?? 0) * minute + (after.milliseconds ?? 0));
}
