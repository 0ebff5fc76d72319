import { addWorkingDays, onOrNextWorkingDay, type Calendar } from './calendar.js';
import type { Budget } from './clock.js';
import { addDays, type PlainDate } from './instants.js';

/** The last date of a term that starts today; the day it starts is not counted (Civil Code Art. 147.2). */
export function termEnd(calendar: Calendar, from: PlainDate, days: Budget): PlainDate {
  return days.unit === 'working-day'
    ? addWorkingDays(calendar, from, days.amount)
    : onOrNextWorkingDay(calendar, addDays(from, days.amount));
}
