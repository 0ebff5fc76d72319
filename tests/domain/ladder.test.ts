import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, officeOpening } from '../../domain/time/calendar.js';
import { breachInstant, readClock, type Budget, type ClockEntry } from '../../domain/time/clock.js';
import { rungInstants, targetInstants, type Rung } from '../../domain/time/ladder.js';
import { DeadlineLadder, Ladder, ProcedureLadder, Rung as RungSchema } from '../../domain/schemas/clock.js';
import { addDays, dateOf, instant, laterOf, plainDate, startOf } from '../../domain/time/instants.js';
import { calendar } from '../../seeds/calendars.js';
import { catalogue } from '../../seeds/index.js';
import { clockExamples, naiveRead, property } from './naive-clock.js';

const vn = calendar('vn-state');
const ladder = catalogue().settings.ladders.procedure;
const working = (amount: number): Budget => ({ amount, unit: 'working-day' });
const at = (text: string) => instant(`${text.replace(' ', 'T')}:00+07:00`);
const entry = (type: Exclude<ClockEntry['type'], 'extend'>, text: string): ClockEntry => ({ type, at: at(text) });
const start = entry('start', '2026-03-02 09:00');
const rungs = (budget: Budget, entries: ClockEntry[], own: readonly Rung[] = ladder) =>
  rungInstants(vn, budget, entries, own).map((one) => [one.rung, one.at, one.dueDate]);

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
    const late = [entry('start', '2028-12-19 09:00')];
    expect(rungs(working(5), late).map(([rung]) => rung)).toEqual([
      'half',
      'eighty',
      'day-before',
      'missed',
      'one-day-after',
      'three-days-after',
    ]);
  });

  it('begins anew with a restart, and keeps a share that was reached before', () => {
    const restarted = [start, entry('suspend', '2026-03-09 10:00'), entry('restart', '2026-03-16 10:00')];
    expect(rungs(working(10), restarted)).toEqual([
      ['half', at('2026-03-09 07:30'), null],
      ['eighty', at('2026-03-26 07:30'), null],
      ['day-before', at('2026-03-27 07:30'), '2026-03-30'],
      ['missed', at('2026-03-31 00:00'), '2026-03-30'],
      ['one-day-after', at('2026-03-31 07:30'), '2026-03-30'],
      ['three-days-after', at('2026-04-02 07:30'), '2026-03-30'],
      ['five-days-after', at('2026-04-06 07:30'), '2026-03-30'],
    ]);
  });

  it('fires a rung that a new calendar moved into the past at once, not in the past', () => {
    // Known on 12 March at noon: as if the dates had been these all the time.
    const redated = [start, entry('redate', '2026-03-12 12:00')];
    expect(rungs(working(9), redated).slice(0, 4)).toEqual([
      ['half', at('2026-03-12 12:00'), null],
      ['eighty', at('2026-03-12 12:00'), null],
      ['day-before', at('2026-03-12 12:00'), '2026-03-13'],
      ['missed', at('2026-03-14 00:00'), '2026-03-13'],
    ]);
    const breached = [start, entry('redate', '2026-03-23 12:00')];
    expect(rungs(working(9), breached)).toContainEqual(['five-days-after', at('2026-03-20 07:30'), '2026-03-13']);
  });

  it('is part of the law’s data only where it can be climbed', () => {
    const [half, missed] = [ladder.slice(0, 1), ladder.filter(({ kind }) => kind === 'missed')];
    expect(Ladder.safeParse([...half, ...half]).success).toBe(false);
    expect(ProcedureLadder.safeParse([...half, ...missed]).success).toBe(false);
    expect(DeadlineLadder.safeParse(half).success).toBe(false);
    expect(DeadlineLadder.safeParse(missed).success).toBe(true);
  });

  it('takes its rungs from data', () => {
    expect(ladder.map((rung) => RungSchema.parse(rung))).toEqual(ladder);
    expect(RungSchema.safeParse({ code: 'x', kind: 'share' }).success).toBe(false);
    const own = [RungSchema.parse({ code: 'two-days-before', kind: 'before-due', workingDays: 2 })];
    expect(rungs(working(10), [start], own)).toEqual([['two-days-before', at('2026-03-12 07:30'), '2026-03-16']]);
  });
});

/** The file comes to the agency. */
const gives = ({ type }: ClockEntry): boolean => type === 'start' || type === 'resume' || type === 'restart';

describe('a promised term', () => {
  const watched = (budget: Budget, entries: ClockEntry[]) => {
    const target = targetInstants(vn, budget, entries, 80);
    return target && [target.dueDate, target.atRisk, target.missed];
  };

  it('is at risk when the office opens with four fifths used, and missed at midnight', () => {
    expect(watched(working(10), [start])).toEqual(['2026-03-16', at('2026-03-12 07:30'), at('2026-03-17 00:00')]);
  });

  it('is at risk anew for each date that it gets', () => {
    const back = [start, entry('suspend', '2026-03-13 10:00'), entry('resume', '2026-03-20 10:00')];
    expect(watched(working(10), back)).toEqual(['2026-03-23', at('2026-03-20 10:00'), at('2026-03-24 00:00')]);
    expect(watched(working(10), back.slice(0, 2))).toBeUndefined();
  });

  it('is neither when the term ended before', () => {
    expect(watched(working(10), [start, entry('stop', '2026-03-11 10:00')])).toEqual([
      '2026-03-16',
      undefined,
      undefined,
    ]);
  });
});

describe('the ladder over random histories', () => {
  const lawful = clockExamples.filter(
    ({ budget, ledger }) => !naiveRead(vn.data, budget, ledger, ledger.at(-1)?.at ?? '').extendedAfterBreach,
  );

  it('names each rung once, in order of time, and only while the agency holds the file', () => {
    property(lawful, ({ budget, ledger }) => {
      const all = rungInstants(vn, budget, ledger, ladder);
      expect(new Set(all.map((one) => one.rung)).size).toBe(all.length);
      expect(all.map((one) => Date.parse(one.at))).toEqual(all.map((one) => Date.parse(one.at)).sort((a, b) => a - b));
      const last = ledger.at(-1);
      for (const one of all) {
        const moves = ledger.filter(({ type }) => type !== 'extend' && type !== 'redate');
        const before = moves.filter((line) => Date.parse(line.at) < Date.parse(one.at)).at(-1);
        const arrives = moves.some((line) => line.at === one.at && gives(line));
        expect(arrives || (before !== undefined && gives(before))).toBe(true);
        if (last?.type === 'stop') expect(Date.parse(one.at)).toBeLessThanOrEqual(Date.parse(last.at));
      }
    });
  });

  it('fires a share on the first date that has used it up, and is missed exactly at the breach', () => {
    property(lawful, fc.constantFrom(...ladder), ({ budget, ledger }, rung) => {
      const found = rungInstants(vn, budget, ledger, [rung])[0];
      const first = ledger[0]?.at ?? '';
      const last = ledger.at(-1)?.at ?? '';
      if (rung.kind === 'share') {
        const amount = readClock(vn, budget, ledger, last).budget.amount;
        const needed = Math.ceil((amount * rung.share) / 100);
        const consumed = (when: string) => naiveRead(vn.data, budget, ledger, when).consumed;
        if (found) {
          // A restart at the very instant of the rung takes back what had been used up to it.
          const restarted = ledger.some((line) => line.type === 'restart' && line.at === found.at);
          if (!restarted) expect(consumed(found.at)).toBeGreaterThanOrEqual(needed);
          const onReturn = ledger.some((line) => (gives(line) || line.type === 'redate') && line.at === found.at);
          const yesterday = startOf(addDays(dateOf(found.at), -1));
          // Before that, but not before the start or the restart from which it counts.
          const begun = ledger
            .filter(({ type, at: when }) => type === 'restart' && Date.parse(when) <= Date.parse(found.at))
            .at(-1)?.at;
          if (!onReturn) expect(consumed(laterOf(laterOf(yesterday, first), begun ?? first))).toBeLessThan(needed);
        } else if (consumed(last) >= needed && !ledger.some(({ type }) => type === 'redate')) {
          // The file left for good on the very date, before the office opened.
          const back = ledger.findLastIndex(gives);
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
