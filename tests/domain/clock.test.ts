import { describe, expect, it } from 'vitest';
import {
  breachInstant,
  cutBudget,
  readClock,
  viewLedger,
  type Budget,
  type ClockEntry,
} from '../../domain/time/clock.js';
import { compileCalendar } from '../../domain/time/calendar.js';
import { ClockEntry as ClockEntrySchema } from '../../domain/schemas/clock.js';
import { instant } from '../../domain/time/instants.js';
import { calendar } from '../../seeds/calendars.js';

/** As published, without the provisional year. */
const vn = compileCalendar(calendar('vn-state').data);
const working = (amount: number): Budget => ({ amount, unit: 'working-day' });
const dates = (amount: number): Budget => ({ amount, unit: 'calendar-day' });

/** `ledger('start 2026-03-02 09:00', 'extend 2026-03-05 16:00 2')`, in Vietnam's time. */
const at = (text: string) => instant(`${text.replace(' ', 'T')}:00+07:00`);
const ledger = (...lines: string[]): ClockEntry[] =>
  lines.map((line) => {
    const [type, date, time, days] = line.split(' ');
    const entry = { type, at: at(`${date} ${time}`) };
    return ClockEntrySchema.parse(days === undefined ? entry : { ...entry, days: Number(days) });
  });
const read = (budget: Budget, lines: string[], asOf: string) => readClock(vn, budget, ledger(...lines), at(asOf));

describe('the traps of suspending', () => {
  it('on a holiday: the days off still belong to no working-day budget, the working dates after it to the investor', () => {
    const lines = ['start 2026-02-11 09:00', 'suspend 2026-02-17 09:00', 'resume 2026-02-25 09:00'];
    const reading = read(working(5), lines, '2026-02-25 10:00');
    expect(reading).toMatchObject({ consumed: 2, suspendedDays: 3, dueDate: '2026-03-02', remaining: 3 });
  });

  it('at 23:59: the day still belongs to the agency, the minute after midnight to the investor', () => {
    const lines = ['start 2026-03-02 09:00', 'suspend 2026-03-04 23:59'];
    expect(read(working(5), lines, '2026-03-04 23:59')).toMatchObject({ consumed: 2, suspendedDays: 0 });
    expect(read(working(5), lines, '2026-03-05 00:00')).toMatchObject({ consumed: 2, suspendedDays: 1 });
  });

  it('at 00:00: the date has begun with the agency', () => {
    const lines = ['start 2026-03-02 09:00', 'suspend 2026-03-04 00:00'];
    expect(read(working(5), lines, '2026-03-05 00:00')).toMatchObject({ consumed: 2, suspendedDays: 1 });
  });

  it('on the last day: due on the day it comes back, and a resumption on a day off rolls', () => {
    const lines = ['start 2026-03-02 09:00', 'suspend 2026-03-05 10:00'];
    const suspended = read(working(3), lines, '2026-03-14 10:00');
    expect(suspended).toMatchObject({ state: 'suspended', dueDate: null, dueIfReturned: '2026-03-16', remaining: 0 });
    const back = [...lines, 'resume 2026-03-14 10:00'];
    expect(read(working(3), back, '2026-03-14 11:00')).toMatchObject({ dueDate: '2026-03-16', breachedOn: null });
    const onTheLastDay = read(working(3), back, '2026-03-16 23:59');
    expect(onTheLastDay).toMatchObject({ consumed: 4, remaining: -1, breachedOn: null });
    expect(read(working(3), back, '2026-03-17 00:00').breachedOn).toBe('2026-03-17');
  });

  it('twice is an invalid history, and so is resuming twice', () => {
    const twice = ['start 2026-03-02 09:00', 'suspend 2026-03-03 09:00', 'suspend 2026-03-04 09:00'];
    expect(() => read(working(5), twice, '2026-03-05 09:00')).toThrow('CLOCK_HISTORY_INVALID');
    const again = ['start 2026-03-02 09:00', 'resume 2026-03-03 09:00'];
    expect(() => read(working(5), again, '2026-03-05 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });

  it('two times in a row counts each stretch once', () => {
    const lines = [
      'start 2026-03-02 09:00',
      'suspend 2026-03-03 09:00',
      'resume 2026-03-05 09:00',
      'suspend 2026-03-06 09:00',
      'resume 2026-03-10 09:00',
    ];
    expect(read(working(5), lines, '2026-03-11 09:00')).toMatchObject({
      consumed: 3,
      suspendedDays: 4,
      dueDate: '2026-03-13',
    });
  });

  it('before the start is an invalid history', () => {
    const lines = ['suspend 2026-03-02 09:00', 'start 2026-03-03 09:00'];
    expect(() => read(working(5), lines, '2026-03-05 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });

  it('before the start in time, though after it in the ledger, is time going back', () => {
    const lines = ['start 2026-03-03 09:00', 'suspend 2026-03-02 09:00'];
    expect(() => read(working(5), lines, '2026-03-05 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });
});

describe('histories', () => {
  it('have not started while nothing happened at or before the moment', () => {
    expect(() => read(working(5), [], '2026-03-05 09:00')).toThrow('CLOCK_NOT_STARTED');
    expect(() => read(working(5), ['start 2026-03-05 09:01'], '2026-03-05 09:00')).toThrow('CLOCK_NOT_STARTED');
    expect(read(working(5), ['start 2026-03-05 09:00'], '2026-03-05 09:00').state).toBe('running');
  });

  it('ignore what comes after the moment, even if it is impossible', () => {
    const lines = ['start 2026-03-02 09:00', 'start 2026-03-09 09:00'];
    expect(read(working(5), lines, '2026-03-05 09:00').consumed).toBe(3);
    expect(() => read(working(5), lines, '2026-03-09 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });

  it('end with the stop', () => {
    for (const type of ['start', 'suspend', 'resume', 'stop'])
      expect(() =>
        read(
          working(5),
          ['start 2026-03-02 09:00', 'stop 2026-03-03 09:00', `${type} 2026-03-04 09:00`],
          '2026-03-05 09:00',
        ),
      ).toThrow('CLOCK_HISTORY_INVALID');
    const late = ['start 2026-03-02 09:00', 'stop 2026-03-03 09:00', 'extend 2026-03-03 09:00 2'];
    expect(() => read(working(5), late, '2026-03-05 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });

  it('allow several acts at the same instant', () => {
    const lines = [
      'start 2026-03-02 09:00',
      'suspend 2026-03-02 09:00',
      'resume 2026-03-02 09:00',
      'stop 2026-03-02 09:00',
    ];
    expect(read(working(5), lines, '2026-03-05 09:00')).toMatchObject({
      state: 'stopped',
      consumed: 0,
      dueDate: '2026-03-09',
    });
  });

  it('give no due date to a clock stopped while the investor held the file', () => {
    const lines = ['start 2026-03-02 09:00', 'suspend 2026-03-03 09:00', 'stop 2026-03-10 09:00'];
    expect(read(working(5), lines, '2026-03-20 09:00')).toMatchObject({
      state: 'stopped',
      consumed: 1,
      suspendedDays: 5,
      dueDate: null,
      breachedOn: null,
    });
  });

  it('refuse an extension that grants nothing, and a budget of nothing', () => {
    const extend: ClockEntry[] = [...ledger('start 2026-03-02 09:00'), { type: 'extend', at: at('2026-03-03 09:00') }];
    expect(() => readClock(vn, working(5), extend, at('2026-03-04 09:00'))).toThrow('VALIDATION_FAILED');
    for (const amount of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => read(working(amount), ['start 2026-03-02 09:00'], '2026-03-04 09:00')).toThrow('VALIDATION_FAILED');
  });
});

describe('breach', () => {
  it('is not healed by an extension, which is refused', () => {
    const lines = ['start 2026-03-02 09:00', 'extend 2026-03-05 00:00 5'];
    expect(() => read(working(2), lines, '2026-03-06 09:00')).toThrow('CLOCK_HISTORY_INVALID');
  });

  it('does not happen while the investor holds the file, so an extension is still possible then', () => {
    const lines = [
      'start 2026-03-02 09:00',
      'suspend 2026-03-04 09:00',
      'extend 2026-03-12 09:00 2',
      'resume 2026-03-16 09:00',
    ];
    expect(read(working(2), lines, '2026-03-16 10:00')).toMatchObject({
      dueDate: '2026-03-18',
      breachedOn: null,
      remaining: 2,
    });
  });

  it('waits for the rolled date of a calendar-day term', () => {
    // 10 dates from 7 Feb 2026 end on 17 Feb, in Tết: due on Monday 23 Feb.
    const lines = ['start 2026-02-07 09:00'];
    expect(read(dates(10), lines, '2026-02-23 23:59')).toMatchObject({
      consumed: 16,
      dueDate: '2026-02-23',
      breachedOn: null,
    });
    expect(read(dates(10), lines, '2026-02-24 00:00')).toMatchObject({ breachedOn: '2026-02-24' });
  });

  it('announces its instant, and keeps it once it has come', () => {
    const announced = breachInstant(vn, working(5), ledger('start 2026-03-02 09:00'));
    expect(announced).toBe(at('2026-03-10 00:00'));
    const late = ledger('start 2026-03-02 09:00', 'suspend 2026-03-12 09:00', 'stop 2026-03-20 09:00');
    expect(breachInstant(vn, working(5), late)).toBe(announced);
  });

  it('has no instant when stopped in time or suspended', () => {
    expect(breachInstant(vn, working(5), ledger('start 2026-03-02 09:00', 'stop 2026-03-09 09:00'))).toBeNull();
    expect(breachInstant(vn, working(5), ledger('start 2026-03-02 09:00', 'suspend 2026-03-09 09:00'))).toBeNull();
    expect(() => breachInstant(vn, working(5), [])).toThrow('CLOCK_NOT_STARTED');
  });
});

describe('the edge of the calendar', () => {
  it('refuses a due date or a moment beyond it', () => {
    const lines = ['start 2027-12-20 09:00'];
    expect(() => read(working(10), lines, '2027-12-21 09:00')).toThrow('CALENDAR_UNKNOWN');
    expect(() => read(dates(12), lines, '2027-12-21 09:00')).toThrow('CALENDAR_UNKNOWN');
    expect(() => read(working(2), lines, '2028-01-03 09:00')).toThrow('CALENDAR_UNKNOWN');
    expect(() => read(working(2), ['start 2022-12-30 09:00'], '2023-01-04 09:00')).toThrow('CALENDAR_UNKNOWN');
  });

  it('still reads a clock whose answer does not depend on what lies beyond', () => {
    const suspended = ['start 2027-12-20 09:00', 'suspend 2027-12-22 09:00'];
    expect(read(working(30), suspended, '2027-12-28 09:00')).toMatchObject({
      consumed: 2,
      suspendedDays: 4,
      dueDate: null,
      dueIfReturned: null,
    });
    const stopped = ['start 2027-12-20 09:00', 'stop 2027-12-22 09:00'];
    expect(read(working(5), stopped, '2028-06-01 09:00')).toMatchObject({ consumed: 2, dueDate: '2027-12-27' });
  });
});

describe('views over one ledger', () => {
  it('cut a budget downwards in whole days, never below one', () => {
    const cut = [15, 10, 5, 3, 1, 40, 20].map((amount) => cutBudget(working(amount), 30).amount);
    expect(cut).toEqual([10, 7, 3, 2, 1, 28, 14]);
    expect(cutBudget(dates(10), 0)).toEqual(dates(10));
    expect(cutBudget(working(5), 100)).toEqual(working(1));
    expect(() => cutBudget(working(5), 0.3)).toThrow('VALIDATION_FAILED');
  });

  it('read an extension granted in time on the statutory clock, though the promised term had been missed', () => {
    const entries = ledger('start 2026-03-02 09:00', 'extend 2026-03-13 09:00 5');
    const promised = cutBudget(working(10), 30);
    const asOf = at('2026-03-16 09:00');
    expect(readClock(vn, working(10), entries, asOf).budget.amount).toBe(15);
    expect(() => readClock(vn, promised, entries, asOf)).toThrow('CLOCK_HISTORY_INVALID');
    const view = readClock(vn, promised, viewLedger(vn, promised, entries), asOf);
    expect(view).toMatchObject({
      dueDate: '2026-03-11',
      breachedOn: '2026-03-12',
      budget: { amount: 7 },
      consumed: 10,
    });
  });
});
