import { type Calendar, compileCalendar } from '../../domain/time/calendar.js';
import { type PlainDate, plainDate } from '../../domain/time/instants.js';
import type { Calendars } from '../api/contract.js';

const dayMs = 86_400_000;

/** A legal day as a number of days since 1970; no time zone is asked. */
export const dayNumber = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / dayMs;
/** The legal day of a number of days since 1970. */
export const dayOfNumber = (number: number): PlainDate =>
  plainDate(new Date(number * dayMs).toISOString().slice(0, 10));
/** The civil day in Viet Nam of an instant. */
export const vietnamDay = (instant: string): PlainDate =>
  plainDate(new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10));

const compiled = new WeakMap<Calendars, Map<string, Calendar>>();

/** A working calendar as the rules compute with it, its provisional year included; undefined where there is none of this code. */
export function calendarFrom(calendars: Calendars, code: string): Calendar | undefined {
  const known = compiled.get(calendars) ?? new Map<string, Calendar>();
  compiled.set(calendars, known);
  const found = known.get(code);
  if (found !== undefined) return found;
  const data = calendars.items.find((one) => one.code === code);
  if (data === undefined) return undefined;
  const ahead = calendars.ahead.find((one) => one.calendar === code);
  const days = (list: typeof data.daysOff) => list.map((one) => ({ ...one, date: plainDate(one.date) }));
  const calendar = compileCalendar({
    ...data,
    from: plainDate(data.from),
    to: plainDate(ahead?.coveredTo ?? data.to),
    weekend: [...data.weekend],
    daysOff: days([...data.daysOff, ...(ahead?.daysOff ?? [])]),
    makeUpDays: days(data.makeUpDays),
    officeHours: [...data.officeHours],
  });
  known.set(code, calendar);
  return calendar;
}
