import { z } from 'zod';
import type { CalendarData as CalendarDataShape } from '../time/calendar.js';
import { Refusal } from '../errors.js';
import { instant as toInstant, plainDate as toPlainDate, type Instant as InstantText } from '../time/instants.js';

/** Runs a domain parser inside a schema: its refusal becomes an issue, anything else stays a bug. */
const parsedBy =
  <T>(parse: (text: string) => T, message: string) =>
  (text: string, context: z.RefinementCtx): T => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  };

/** A legal day `YYYY-MM-DD`, checked to be a real date. */
export const PlainDate = z
  .string()
  .meta({ description: 'Legal day in UTC+07:00, YYYY-MM-DD', format: 'date', example: '2026-07-06' })
  .transform(parsedBy(toPlainDate, 'not a date YYYY-MM-DD'));
export type PlainDate = z.output<typeof PlainDate>;

/** An ISO-8601 date-time with an offset, normalised to UTC. */
export const Instant = z
  .string()
  .meta({ description: 'ISO 8601 date-time with offset', format: 'date-time', example: '2026-07-06T02:00:00.000Z' })
  .transform(parsedBy<InstantText>(toInstant, 'not an ISO 8601 date-time with offset'));
export type Instant = z.output<typeof Instant>;

const basis = { source: z.string().min(1), verified: z.boolean() };
const Text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const Day = z.strictObject({ date: PlainDate, name: Text, ...basis });
const DayOff = Day.extend({ closure: z.enum(['whole-day', 'half-day']).exactOptional() });
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A working calendar as it is seeded or published; whether its days agree with each other is for `compileCalendar`. */
export const CalendarData = z.strictObject({
  code: z.string().min(1),
  version: z.int().positive(),
  name: Text,
  from: PlainDate,
  to: PlainDate,
  weekend: z.array(z.int().min(0).max(6)),
  weekendBasis: z.strictObject(basis),
  daysOff: z.array(DayOff),
  makeUpDays: z.array(Day),
  officeHours: z.array(z.strictObject({ from: ClockTime, to: ClockTime })).min(1),
  officeHoursBasis: z.strictObject(basis),
}) satisfies z.ZodType<CalendarDataShape>;
export type CalendarData = z.output<typeof CalendarData>;
