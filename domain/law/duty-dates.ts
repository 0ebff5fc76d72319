import { addWorkingDays, ifPublished, onOrNextWorkingDay, type Calendar } from '../time/calendar.js';
import type { DutyDefinition } from '../schemas/procedure.js';
import type { Settings } from '../schemas/settings.js';
import { addDays, addMonths, daysBetween, plainDate, type PlainDate } from '../time/instants.js';

type Due = NonNullable<DutyDefinition['due']>;

/**
 * The last day on which a duty is met in time, counted from the day of what it hangs on. null: the law names no number of days. undefined: nobody has
 * published the calendar of that day yet. A term after something rolls off a day off (Civil Code Art. 148.5), one before something never does.
 */
export function dutyDate(calendar: Calendar, due: Due, anchor: PlainDate): PlainDate | null | undefined {
  const { amount, unit, direction } = due;
  if (amount === null || unit === null) return null;
  const n = direction === 'before' ? -amount : amount;
  return ifPublished(() => {
    if (unit === 'working-day')
      return n === 0 ? onOrNextWorkingDay(calendar, anchor) : addWorkingDays(calendar, anchor, n);
    const day = unit === 'calendar-day' ? addDays(anchor, n) : addMonths(anchor, unit === 'year' ? 12 * n : n);
    return direction === 'before' ? day : onOrNextWorkingDay(calendar, day);
  });
}

/** The date of the `n`th time a duty is owed (1 = the first). As `dutyDate`. */
export function repeatedDate(
  calendar: Calendar,
  { due, repeats }: Pick<DutyDefinition, 'due' | 'repeats'>,
  anchor: PlainDate,
  n: number,
): PlainDate | undefined {
  if (!due?.amount || !repeats || (due.unit !== 'month' && due.unit !== 'year')) return undefined;
  const months = ({ amount, unit }: { amount: number; unit: string }) => (unit === 'year' ? 12 * amount : amount);
  const total = months({ amount: due.amount, unit: due.unit }) + (n - 1) * months(repeats);
  return ifPublished(() => onOrNextWorkingDay(calendar, addMonths(anchor, total)));
}

/** A span that is reported on. `opens`: the day after it; `dueDate`: the last day for the report, never rolled. */
export interface ReportPeriod {
  /** `2026-Q3` or `2026` */
  readonly id: string;
  readonly opens: PlainDate;
  readonly dueDate: PlainDate;
}

/** Every quarter and year that ends on or after `from`, without end, by opening; of one day the quarter first. */
export function* reportPeriods(
  { quarterly, annual }: Pick<Settings['reports'], 'quarterly' | 'annual'>,
  from: PlainDate,
): Generator<ReportPeriod, never> {
  const two = (value: number) => String(value).padStart(2, '0');
  const quarterBegins = plainDate(
    `${from.slice(0, 4)}-${two(Math.floor((Number(from.slice(5, 7)) - 1) / 3) * 3 + 1)}-01`,
  );
  for (let begins = quarterBegins; ; begins = addMonths(begins, 3)) {
    const year = begins.slice(0, 4);
    const quarter = (Number(begins.slice(5, 7)) + 2) / 3;
    const opens = addMonths(begins, 3);
    yield { id: `${year}-Q${quarter}`, opens, dueDate: addDays(opens, quarterly.day - 1) };
    if (quarter === 4) yield { id: year, opens, dueDate: dayOfYear(opens, annual.month, annual.day) };
  }
}

/** That day of the year that begins on `first`; the last day of the month where it has no such day. */
function dayOfYear(first: PlainDate, month: number, day: number): PlainDate {
  const begins = addMonths(first, month - 1);
  return addDays(begins, Math.min(day, daysBetween(begins, addMonths(begins, 1))) - 1);
}
