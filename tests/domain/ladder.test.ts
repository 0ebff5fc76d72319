import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, officeOpening } from '../../domain/calendar.js';
import { breachInstant, readClock, type Budget, type ClockEntry } from '../../domain/clock.js';
import { defaultLadder, rungInstants, type Rung } from '../../domain/ladder.js';
import { Rung as RungSchema } from '../../domain/schemas/clock.js';
import { addDays, dateOf, instant, plainDate, startOf } from '../../domain/time.js';
import { calendar } from '../../seeds/calendars.js';
import { clockExamples, naiveRead, property } from './naive-clock.js';

const vn = calendar('vn-state');
const working = (amount: number): Budget => ({ amount, unit: 'working-day' });
const at = (text: string) => instant(`${text.replace(' ', 'T')}:00+07:00`);
const entry = (type: 'start' | 'suspend' | 'resume' | 'stop', text: string): ClockEntry => ({ type, at: at(text) });
const start = entry('start', '2026-03-02 09:00');
const rungs = (budget: Budget, entries: ClockEntry[], ladder: readonly Rung[] = defaultLadder) =>
  rungInstants(vn, budget, entries, ladder).map((one) => [one.rung, one.at, one.dueDate]);

describe('the ladder of one clock', () => {
  it('warns at office opening, is missed at midnight and climbs after that', () => {
    expect(rungs(working(10), [start])).toEqual([
      ['half', at('2026-03-09 07:30'), null],
      ['eighty', at('2026-03-12 07:30'), null],
      ['day-before', at('2026-03-13 07:30'), '2026-03-16'],
      ['missed', at('2026-03-17 00:00'), '2026-03-16'],
      ['one-day-after', at('2026-03-17 07:30'), '2026-03-16'],
      ['three-days-after', at('2026-03-19 07:30'), '2026-03-16'],
      ['five-days-after', at('2026-03-23 07:30'), '2026-03-16'],
    ]);
  });

  it('rounds a share up to whole days', () => {
    const shares = rungs(working(3), [start]).filter(([rung]) => rung === 'half' || rung === 'eighty');
    expect(shares.map(([, instant]) => instant)).toEqual([at('2026-03-04 07:30'), at('2026-03-05 07:30')]);
  });

  it('fires a date rung at once when the due date was fixed later than the rung would fire', () => {
    expect(rungs(working(1), [start])).toContainEqual(['day-before', start.at, '2026-03-03']);
    const extended: ClockEntry = { type: 'extend', at: at('2026-03-03 16:00'), days: 1 };
    expect(rungs(working(1), [start, extended])).toContainEqual(['day-before', extended.at, '2026-03-04']);
  });

  it('has nothing ahead while suspended, and keeps what was reached', () => {
    const suspended = [start, entry('suspend', '2026-03-10 09:00')];
    expect(rungs(working(10), suspended)).toEqual([['half', at('2026-03-09 07:30'), null]]);
    const back = [...suspended, entry('resume', '2026-03-24 14:00')];
    expect(rungs(working(10), back).slice(0, 4)).toEqual([
      ['half', at('2026-03-09 07:30'), null],
      ['eighty', at('2026-03-26 07:30'), null],
      ['day-before', at('2026-03-27 07:30'), '2026-03-30'],
      ['missed', at('2026-03-31 00:00'), '2026-03-30'],
    ]);
  });

  it('lets a rung wait for the return when the file left between midnight and office opening', () => {
    const left = [start, entry('suspend', '2026-03-09 06:00')];
    expect(rungs(working(10), left)).toEqual([]);
    const back = [...left, entry('resume', '2026-03-11 14:00')];
    expect(rungs(working(10), back)[0]).toEqual(['half', at('2026-03-11 14:00'), null]);
  });

  it('keeps the rungs of a breach through a later suspension, and goes on climbing after it', () => {
    const breached = [start, entry('suspend', '2026-03-17 09:00')];
    expect(rungs(working(10), breached).map(([rung]) => rung)).toEqual([
      'half',
      'eighty',
      'day-before',
      'missed',
      'one-day-after',
    ]);
    const back = rungs(working(10), [...breached, entry('resume', '2026-03-20 10:00')]);
    expect(back).toContainEqual(['missed', at('2026-03-17 00:00'), '2026-03-16']);
    expect(back).toContainEqual(['three-days-after', at('2026-03-20 10:00'), '2026-03-16']);
    expect(back).toContainEqual(['five-days-after', at('2026-03-23 07:30'), '2026-03-16']);
  });

  it('ends with the stop', () => {
    const stopped = [start, entry('stop', '2026-03-12 07:00')];
    expect(rungs(working(10), stopped)).toEqual([['half', at('2026-03-09 07:30'), null]]);
  });

  it('leaves out a rung whose date no calendar covers yet', () => {
    const late = [entry('start', '2027-12-20 09:00')];
    expect(rungs(working(5), late).map(([rung]) => rung)).toEqual([
      'half',
      'eighty',
      'day-before',
      'missed',
      'one-day-after',
      'three-days-after',
    ]);
  });

  it('takes its rungs from data', () => {
    expect(defaultLadder.map((rung) => RungSchema.parse(rung))).toEqual(defaultLadder);
    expect(RungSchema.safeParse({ code: 'x', kind: 'share' }).success).toBe(false);
    const own = [RungSchema.parse({ code: 'two-days-before', kind: 'before-due', workingDays: 2 })];
    expect(rungs(working(10), [start], own)).toEqual([['two-days-before', at('2026-03-12 07:30'), '2026-03-16']]);
  });
});

describe('the ladder over random histories', () => {
  const lawful = clockExamples.filter(
    ({ budget, ledger }) => !naiveRead(vn.data, budget, ledger, ledger.at(-1)?.at ?? '').extendedAfterBreach,
  );

  it('names each rung once, in order of time, and only while the agency holds the file', () => {
    property(lawful, ({ budget, ledger }) => {
      const all = rungInstants(vn, budget, ledger, defaultLadder);
      expect(new Set(all.map((one) => one.rung)).size).toBe(all.length);
      expect(all.map((one) => Date.parse(one.at))).toEqual(all.map((one) => Date.parse(one.at)).sort((a, b) => a - b));
      const last = ledger.at(-1);
      for (const one of all) {
        const before = ledger.filter((line) => Date.parse(line.at) < Date.parse(one.at)).at(-1);
        const arrives = ledger.some((line) => line.at === one.at && (line.type === 'resume' || line.type === 'start'));
        expect(arrives || before?.type === 'start' || before?.type === 'resume' || before?.type === 'extend').toBe(
          true,
        );
        if (last?.type === 'stop') expect(Date.parse(one.at)).toBeLessThanOrEqual(Date.parse(last.at));
      }
    });
  });

  it('fires a share on the first date that has used it up, and is missed exactly at the breach', () => {
    property(lawful, fc.constantFrom(...defaultLadder), ({ budget, ledger }, rung) => {
      const found = rungInstants(vn, budget, ledger, [rung])[0];
      const first = ledger[0]?.at ?? '';
      const last = ledger.at(-1)?.at ?? '';
      if (rung.kind === 'share') {
        const amount = readClock(vn, budget, ledger, last).budget.amount;
        const needed = Math.ceil((amount * rung.share) / 100);
        const consumed = (when: string) => naiveRead(vn.data, budget, ledger, when).consumed;
        if (found) {
          expect(consumed(found.at)).toBeGreaterThanOrEqual(needed);
          const onReturn = ledger.some((line) => line.type === 'resume' && line.at === found.at);
          const yesterday = startOf(addDays(dateOf(found.at), -1));
          if (!onReturn)
            expect(consumed(Date.parse(yesterday) < Date.parse(first) ? first : yesterday)).toBeLessThan(needed);
        } else if (consumed(last) >= needed) {
          // The file left for good on the very date, before the office opened.
          const back = ledger.findLastIndex((line) => line.type === 'start' || line.type === 'resume');
          const left = ledger.slice(back).find((line) => line.type === 'suspend' || line.type === 'stop')?.at ?? '';
          expect(consumed(startOf(addDays(dateOf(left), -1)))).toBeLessThan(needed);
          expect(Date.parse(left)).toBeLessThan(Date.parse(officeOpening(vn, dateOf(left))));
        }
      }
      if (rung.kind === 'missed') expect(found?.at ?? null).toBe(breachInstant(vn, budget, ledger));
      if (rung.kind === 'before-due' && found?.dueDate) {
        const opening = officeOpening(vn, addWorkingDays(vn, plainDate(found.dueDate), -rung.workingDays));
        expect(Date.parse(found.at)).toBeGreaterThanOrEqual(Date.parse(opening));
      }
    });
  });
});
