import {
  ifPublished,
  isWorkingDay,
  nextWorkingDay,
  officeOpening,
  onOrNextWorkingDay,
  previousWorkingDay,
  type Calendar,
} from '../time/calendar.js';
import type { Settings } from '../schemas/settings.js';
import { dateOf, millisecondsOf, startOf, type Instant } from '../time/instants.js';
import type { Urgency } from './kinds.js';

/** How somebody wants to be told beside the application itself. */
export interface NoticeSettings {
  readonly mail: boolean;
  readonly sms: boolean;
  /** Everything that can wait, in one mail at the next office opening. */
  readonly digest: boolean;
}

export const defaultNoticeSettings: NoticeSettings = { mail: true, sms: true, digest: false };

type QuietHours = Pick<Settings['notices'], 'quietFrom' | 'quietTo'>;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** No mail at this moment: between `quietFrom` and `quietTo` (past midnight where the first is later), or on a day off. */
export function isQuietHour({ quietFrom, quietTo }: QuietHours, calendar: Calendar, at: Instant): boolean {
  const date = dateOf(at);
  const minute = (millisecondsOf(at) - millisecondsOf(startOf(date))) / 60_000;
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  const night = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  return night || !isWorkingDay(calendar, date);
}

/** The first office opening later than `at`. Refuses `CALENDAR_UNKNOWN` where the calendar ends before it. */
export function nextOpening(calendar: Calendar, at: Instant): Instant {
  const today = dateOf(at);
  const opening = officeOpening(calendar, onOrNextWorkingDay(calendar, today));
  return millisecondsOf(opening) > millisecondsOf(at)
    ? opening
    : officeOpening(calendar, nextWorkingDay(calendar, today));
}

/** When a notice goes out by mail or SMS. `sentToday`: how many of the ordinary kind this person was given since the last office opening. */
export function dueOf(
  urgency: Urgency,
  now: Instant,
  calendar: Calendar,
  settings: Settings['notices'],
  person: { readonly digest: boolean; readonly sentToday: number },
): Instant {
  if (urgency === 'now') return now;
  const flood = urgency === 'normal' && (person.digest || person.sentToday >= settings.digestAbove);
  // Beyond the calendar nobody knows the office hours: a notice is not held for that.
  const due = ifPublished(() =>
    urgency === 'digest' || flood || isQuietHour(settings, calendar, now) ? nextOpening(calendar, now) : now,
  );
  return due ?? now;
}

/** The last office opening at or before `at`: since then the notices of today are counted. `at` itself beyond the calendar. */
export function lastOpening(calendar: Calendar, at: Instant): Instant {
  const today = dateOf(at);
  const opening = ifPublished(() => {
    const todays = officeOpening(calendar, today);
    const begun = isWorkingDay(calendar, today) && millisecondsOf(todays) <= millisecondsOf(at);
    return begun ? todays : officeOpening(calendar, previousWorkingDay(calendar, today));
  });
  return opening ?? at;
}

/** One waiting notice of one person, by mail. */
export interface Waiting {
  readonly notice: number;
  readonly urgency: Urgency;
}

/** Which notices share a mail: those that cannot wait go alone; the others too, unless there are more than `digestAbove`, or they were to wait anyway. */
export function bundle(waiting: readonly Waiting[], digestAbove: number, digest: boolean): number[][] {
  const alone = waiting.filter(({ urgency }) => urgency === 'now' || urgency === 'soon');
  const rest = waiting.filter((one) => !alone.includes(one));
  const together = digest || rest.filter(({ urgency }) => urgency === 'normal').length > digestAbove;
  const inDigest = rest.filter(({ urgency }) => together || urgency === 'digest').map(({ notice }) => notice);
  const single = waiting.filter(({ notice }) => !inDigest.includes(notice)).map(({ notice }) => [notice]);
  return inDigest.length > 0 ? [...single, inDigest] : single;
}
