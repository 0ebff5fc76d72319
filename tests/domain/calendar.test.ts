import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  compileCalendar,
  countDays,
  countWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  officeOpening,
  onOrNextWorkingDay,
  previousWorkingDay,
  rollMonths,
} from '../../domain/time/calendar.js';
import { CalendarData } from '../../domain/schemas/calendar.js';
import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  earlierOf,
  instant,
  laterOf,
  plainDate,
  startOf,
} from '../../domain/time/instants.js';
import { calendar, calendars } from '../../seeds/calendars.js';
import { property, worked } from './naive-clock.js';

/** As published, without the provisional year. */
const vn = compileCalendar(calendar('vn-state').data);
const day = plainDate;
const anyDate = fc.nat(vn.dates.length - 1).map((n) => vn.dates[n] ?? vn.data.from);

describe('dates and instants', () => {
  it('takes real Gregorian dates only', () => {
    expect(plainDate('2024-02-29')).toBe('2024-02-29');
    for (const text of [
      '2026-02-29',
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '0000-01-01',
      '2026-1-1',
      '20260101',
      '',
    ])
      expect(() => plainDate(text), text).toThrow('VALIDATION_FAILED');
  });

  it('normalises any offset to UTC and refuses a time without one', () => {
    expect(instant('2026-07-06T09:00:00+07:00')).toBe('2026-07-06T02:00:00.000Z');
    expect(instant('2026-07-06T02:00Z')).toBe('2026-07-06T02:00:00.000Z');
    expect(instant('2026-07-05T23:30:00.1234-02:30')).toBe('2026-07-06T02:00:00.123Z');
    for (const text of [
      '2026-07-06T09:00:00',
      '2026-07-06',
      '2026-02-30T09:00:00Z',
      '2026-07-06T24:00:00Z',
      '2026-07-06T09:60:00Z',
      '2026-07-06T09:00:00+0700',
      '2026-07-06 09:00:00Z',
      '9999-12-31T23:00:00-07:00',
      'now',
    ])
      expect(() => instant(text), text).toThrow('VALIDATION_FAILED');
  });

  it('begins a date at 00:00 in Vietnam', () => {
    expect(startOf(day('2026-07-06'))).toBe('2026-07-05T17:00:00.000Z');
    expect(dateOf('2026-07-05T16:59:59.999Z')).toBe('2026-07-05');
    expect(dateOf('2026-07-05T17:00:00.000Z')).toBe('2026-07-06');
    expect(() => dateOf('yesterday')).toThrow('VALIDATION_FAILED');
  });

  it('counts civil months to the same day, or to the last of the month', () => {
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(day('2026-11-30'), 3)).toBe('2027-02-28');
    expect(addMonths(day('2026-03-31'), -1)).toBe('2026-02-28');
    expect(addMonths(day('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addMonths(day('2026-06-15'), 18)).toBe('2027-12-15');
  });

  it('compares instants as moments, whatever their form', () => {
    expect(laterOf('2026-07-06T02:00:00Z', '2026-07-06T02:00:00.001Z')).toBe('2026-07-06T02:00:00.001Z');
    expect(earlierOf('2026-07-06T02:00:00Z', '2026-07-06T02:00:00.001Z')).toBe('2026-07-06T02:00:00Z');
  });
});

describe('the State calendar', () => {
  it('works neither on weekends nor on holidays, but on the Saturdays swapped for them', () => {
    const off = [
      '2026-02-16',
      '2026-02-20',
      '2026-04-27',
      '2026-08-31',
      '2026-11-24',
      '2026-01-02',
      '2023-05-03',
      '2024-04-29',
    ];
    const on = ['2026-08-22', '2026-01-10', '2024-05-04', '2025-04-26', '2025-11-24', '2026-02-13', '2026-02-23'];
    for (const date of off) expect(isWorkingDay(vn, day(date)), date).toBe(false);
    for (const date of on) expect(isWorkingDay(vn, day(date)), date).toBe(true);
  });

  it('has exactly the days off and the worked Saturdays of the notices', () => {
    const published: Record<string, [string, string]> = {
      '2023': ['01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04', ''],
      '2024': ['01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03', '05-04'],
      '2025': ['01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02', '04-26'],
      '2026': ['01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24', '01-10 08-22'],
      '2027': ['01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24', ''],
    };
    const of = (days: { date: string }[], year: string) =>
      days
        .filter(({ date }) => date.startsWith(year))
        .map(({ date }) => date.slice(5))
        .join(' ');
    for (const [year, [off, worked]] of Object.entries(published))
      expect([of(vn.data.daysOff, year), of(vn.data.makeUpDays, year)], year).toEqual([off, worked]);
  });

  it('names every day in both languages with its source, and marks what nobody has verified', () => {
    for (const one of [...vn.data.daysOff, ...vn.data.makeUpDays]) {
      expect(one.source.length, one.date).toBeGreaterThan(20);
      expect(one.name.vi).not.toBe(one.name.en);
    }
    const unverified = [...vn.data.daysOff, ...vn.data.makeUpDays]
      .filter((one) => !one.verified)
      .map((one) => one.date);
    // Of the years before 2026 no document was read, of 2027 none is out.
    expect(unverified.filter((date) => date.startsWith('2026'))).toEqual(['2026-01-10']);
    const before = [...vn.data.daysOff, ...vn.data.makeUpDays].filter(({ date }) => date < '2026-01-01');
    expect(before.every(({ verified }) => !verified)).toBe(true);
    expect(vn.data.daysOff.filter((one) => one.date.startsWith('2027')).every((one) => !one.verified)).toBe(true);
  });

  it('rolls a day off to the next working date and opens at 07:30', () => {
    expect(onOrNextWorkingDay(vn, day('2026-02-14'))).toBe('2026-02-23');
    expect(onOrNextWorkingDay(vn, day('2026-08-22'))).toBe('2026-08-22');
    expect(nextWorkingDay(vn, day('2026-08-21'))).toBe('2026-08-22');
    expect(previousWorkingDay(vn, day('2026-02-23'))).toBe('2026-02-13');
    expect(officeOpening(vn, day('2026-07-06'))).toBe('2026-07-06T00:30:00.000Z');
    expect(rollMonths(vn, day('2025-12-16'), 2)).toBe('2026-02-23');
  });

  it('refuses every date outside its span instead of guessing', () => {
    const [before, after] = [day('2022-12-31'), day('2028-01-01')];
    for (const date of [before, after]) {
      for (const ask of [isWorkingDay, onOrNextWorkingDay, nextWorkingDay, previousWorkingDay, officeOpening])
        expect(() => ask(vn, date)).toThrow('CALENDAR_UNKNOWN');
      expect(() => addWorkingDays(vn, date, 0)).toThrow('CALENDAR_UNKNOWN');
      for (const unit of ['working-day', 'calendar-day'] as const)
        expect(() => countDays(vn, unit, day('2026-01-05'), date)).toThrow('CALENDAR_UNKNOWN');
    }
    expect(() => nextWorkingDay(vn, day('2027-12-31'))).toThrow('CALENDAR_UNKNOWN');
    expect(() => previousWorkingDay(vn, day('2023-01-03'))).toThrow('CALENDAR_UNKNOWN');
    expect(() => addWorkingDays(vn, day('2026-01-05'), 10_000)).toThrow('CALENDAR_UNKNOWN');
    expect(() => rollMonths(vn, day('2027-12-01'), 1)).toThrow('CALENDAR_UNKNOWN');
    expect(() => calendar('moon')).toThrow('CALENDAR_UNKNOWN');
  });

  it('counts and adds as one does on a wall calendar', () => {
    property(anyDate, fc.integer({ min: -40, max: 40 }), (from, n) => {
      const step = Math.sign(n);
      let expected: string = from;
      for (let left = Math.abs(n); left > 0 && expected >= vn.data.from && expected <= vn.data.to;) {
        expected = addDays(plainDate(expected), step);
        if (worked(vn.data, expected)) left--;
      }
      if (expected < vn.data.from || expected > vn.data.to)
        expect(() => addWorkingDays(vn, from, n)).toThrow('CALENDAR_UNKNOWN');
      else {
        expect(addWorkingDays(vn, from, n)).toBe(expected);
        if (n > 0) expect(countWorkingDays(vn, from, plainDate(expected))).toBe(n);
        expect(countDays(vn, 'calendar-day', from, plainDate(expected))).toBe(
          Math.max(0, daysBetween(from, plainDate(expected))),
        );
      }
    });
  });
});

describe('publishing a calendar', () => {
  const data = calendars[0] ?? vn.data;
  const extra = { name: { vi: 'Nghỉ', en: 'Off' }, source: 'a test', verified: false };

  it('takes a new holiday into account', () => {
    const newer = compileCalendar({ ...data, daysOff: [...data.daysOff, { ...extra, date: day('2026-07-06') }] });
    expect(addWorkingDays(newer, day('2026-07-03'), 1)).toBe('2026-07-07');
  });

  it('refuses a calendar that contradicts itself', () => {
    const wrong = [
      { ...data, from: data.to, to: data.from },
      { ...data, to: day('2299-12-31') },
      { ...data, weekend: [7] },
      { ...data, daysOff: [...data.daysOff, { ...extra, date: day('2026-01-01') }] },
      { ...data, daysOff: [...data.daysOff, { ...extra, date: day('2026-07-04') }] },
      { ...data, daysOff: [...data.daysOff, { ...extra, date: day('2028-07-04') }] },
      { ...data, makeUpDays: [...data.makeUpDays, { ...extra, date: day('2026-07-06') }] },
      { ...data, officeHours: [] },
      { ...data, officeHours: [{ from: '07:30', to: '07:00' }] },
    ];
    for (const one of wrong) expect(() => compileCalendar(one)).toThrow('VALIDATION_FAILED');
  });

  it('refuses unknown fields, a missing source and dates that do not exist', () => {
    const [first] = data.daysOff;
    expect(CalendarData.safeParse(data).success).toBe(true);
    expect(CalendarData.safeParse({ ...data, holiday: [] }).success).toBe(false);
    expect(CalendarData.safeParse({ ...data, daysOff: [{ ...first, source: '' }] }).success).toBe(false);
    expect(CalendarData.safeParse({ ...data, daysOff: [{ ...first, date: '2026-02-30' }] }).success).toBe(false);
  });
});
