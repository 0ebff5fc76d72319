import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay } from '../../domain/time/calendar.js';
import { dutyDate, repeatedDate, reportPeriods } from '../../domain/law/duty-dates.js';
import { addDays, daysBetween, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { seededLaw } from '../support/memory-register.js';

const calendar = seededLaw.caseCalendar;
const day = plainDate;
const seed = 20261122;

const after = (amount: number | null, unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null) =>
  ({ amount, unit, direction: 'after', relativeTo: 'x' }) as const;
const before = (amount: number, unit: 'working-day' | 'calendar-day') =>
  ({ amount, unit, direction: 'before', relativeTo: 'x' }) as const;

describe('the date of a duty', () => {
  it.each([
    ['two working days from Friday', after(2, 'working-day'), '2026-07-10', '2026-07-14'],
    ['the same working day', after(0, 'working-day'), '2026-07-10', '2026-07-10'],
    ['the same working day, on a Sunday', after(0, 'working-day'), '2026-07-12', '2026-07-13'],
    ['thirty days that end on a Sunday', after(30, 'calendar-day'), '2026-08-14', '2026-09-14'],
    ['twelve months from the last day of a month', after(12, 'month'), '2026-02-28', '2027-03-01'],
    ['a year', after(1, 'year'), '2026-07-06', '2027-07-06'],
    ['thirty days before, on a Sunday: nobody gains a day', before(30, 'calendar-day'), '2026-09-11', '2026-08-12'],
    ['a number the law does not name', after(null, null), '2026-07-06', null],
  ])('%s', (_what, due, anchor, expected) => {
    expect(dutyDate(calendar, due, day(anchor))).toBe(expected);
  });

  it('is not guessed where no calendar is published', () => {
    expect(dutyDate(calendar, after(12, 'month'), day('2028-06-01'))).toBeUndefined();
    expect(
      repeatedDate(calendar, { due: after(1, 'year'), repeats: { amount: 2, unit: 'year' } }, day('2027-07-06'), 2),
    ).toBeUndefined();
  });

  it('is the day a clerk finds who counts on the calendar', () => {
    const anchors = fc.integer({ min: 0, max: 700 }).map((n) => addDays(day('2024-01-10'), n));
    fc.assert(
      fc.property(anchors, fc.integer({ min: 1, max: 60 }), fc.boolean(), (anchor, amount, working) => {
        const found = dutyDate(calendar, after(amount, working ? 'working-day' : 'calendar-day'), anchor);
        let walked = anchor;
        for (let left = amount; left > 0;) {
          walked = addDays(walked, 1);
          if (!working || isWorkingDay(calendar, walked)) left -= 1;
        }
        while (!isWorkingDay(calendar, walked)) walked = addDays(walked, 1);
        expect(found).toBe(walked);
      }),
      { seed },
    );
  });
});

describe('periodic reports', () => {
  const { reports } = seededLaw.settings;
  const take = (from: string, n: number): string[] => {
    const found: string[] = [];
    for (const { id, opens, dueDate } of reportPeriods(reports, day(from))) {
      found.push(`${id} ${opens} ${dueDate}`);
      if (found.length === n) return found;
    }
    return found;
  };

  it('come for every quarter and year that ends after the certificate', () => {
    expect(take('2026-08-17', 6)).toEqual([
      '2026-Q3 2026-10-01 2026-10-10',
      '2026-Q4 2027-01-01 2027-01-10',
      '2026 2027-01-01 2027-03-31',
      '2027-Q1 2027-04-01 2027-04-10',
      '2027-Q2 2027-07-01 2027-07-10',
      '2027-Q3 2027-10-01 2027-10-10',
    ]);
  });

  it('cover every day from the certificate on, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), (n) => {
        const from: PlainDate = addDays(day('2024-01-01'), n);
        const opens: PlainDate[] = [];
        for (const period of reportPeriods(reports, from)) {
          if (period.id.includes('Q')) opens.push(period.opens);
          expect(period.dueDate > period.opens).toBe(true);
          if (opens.length === 5) break;
        }
        expect(opens[0] !== undefined && opens[0] > from && daysBetween(from, opens[0]) <= 92).toBe(true);
        opens.slice(1).forEach((one, i) => {
          const length = daysBetween(opens[i] ?? one, one);
          expect(length >= 90 && length <= 92).toBe(true);
        });
      }),
      { seed },
    );
  });

  it('rest on a setting of ours that says so', () => expect(reports.verified).toBe(false));
});
