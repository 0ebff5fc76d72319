import { z } from 'zod';
import { compileCalendar, type Calendar, type CalendarData } from '../domain/time/calendar.js';
import { refuse } from '../domain/errors.js';
import { CalendarData as CalendarDataSchema } from '../domain/schemas/calendar.js';
import { CalendarAhead } from '../domain/schemas/settings.js';
import data from './data/calendars.json' with { type: 'json' };
import settings from './data/settings.json' with { type: 'json' };

/** Every seeded calendar, validated. Source and `verified` stand at each date; 2027 is provisional. */
export const calendars: CalendarData[] = z.array(CalendarDataSchema).parse(data);

const ahead = CalendarAhead.parse(settings.calendarAhead);
const compiled = new Map<string, Calendar>();

/** The seeded calendar of that code with its provisional year, compiled once. Refuses `CALENDAR_UNKNOWN` when there is none. */
export function calendar(code: string): Calendar {
  const known = compiled.get(code);
  if (known) return known;
  const found = calendars.find((one) => one.code === code) ?? refuse('CALENDAR_UNKNOWN', { calendar: code });
  const calendar = compileCalendar(found, ahead);
  compiled.set(code, calendar);
  return calendar;
}
