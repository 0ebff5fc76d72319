import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceOfMissing,
  type CountDays,
  durationsOf,
  earlyWarning,
  helpfulAct,
  type OpenAttempt,
  type PastAttempt,
  reliabilityOf,
} from '../../../domain/measures/early-warning.js';
import { leastForecasts, leastHistory } from '../../../domain/measures/early-warning-limits.js';
import { addDays, daysBetween, plainDate } from '../../../domain/time/instants.js';
import { drawing } from '../../support/drawing.js';

const times = <T>(n: number, all: readonly T[]): T[] => Array.from({ length: n }, () => all).flat();
const ended = (...days: number[]) => days.map((one) => ({ days: one, ended: true }));
const open = (...days: number[]) => days.map((one) => ({ days: one, ended: false }));

describe('how long procedures last', () => {
  // By hand: seven begin. Day 2: 1 of 7 ends. Day 4: 2 of 6 end, and one that is open on day 5 is known to have outlasted day 4 and no more. Day 6: 1 of 3.
  const seven = [...ended(2, 4, 4, 6, 8), ...open(5, 7)];

  it('is the product of what is left each day, those that are open counted as far as they are known', () => {
    const found = durationsOf('procedure', seven);
    expect(found.n).toBe(5);
    const parts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => found.outlasting(day));
    const byHand = [1, 1, 6 / 7, 6 / 7, 4 / 7, 4 / 7, 8 / 21, 8 / 21, 0, 0];
    for (const [i, part] of byHand.entries()) expect(parts[i]).toBeCloseTo(part, 12);
    expect([0, 2, 4, 6, 8].map((day) => found.lasting(day))).toEqual([7, 6, 3, 1, 0]);
  });

  it('gives the chance to use more than was promised, of those that lasted as long', () => {
    const found = durationsOf('procedure', times(6, seven));
    expect(found.n).toBe(leastHistory);
    expect(chanceOfMissing(found, 0, 4)).toBeCloseTo(4 / 7, 12);
    // Four days used, today may be the last: 8/21 of all outlast day 6, 6/7 day 3.
    expect(chanceOfMissing(found, 4, 6)).toBeCloseTo(4 / 9, 12);
    // The last day of its term is not over.
    expect(chanceOfMissing(found, 6, 6)).toBeCloseTo(2 / 3, 12);
    expect(chanceOfMissing(found, 7, 6)).toBe(1);
    expect(chanceOfMissing(found, 9, 12)).toBeNull();
    expect(chanceOfMissing(durationsOf('procedure', seven), 0, 4)).toBeNull();
  });

  const observed = fc.array(fc.record({ days: fc.nat(30), ended: fc.boolean() }), { maxLength: 80 });

  it('never grows with the days, and stays between nothing and all', () => {
    fc.assert(
      fc.property(observed, (all) => {
        const { outlasting } = durationsOf('procedure', all);
        const parts = Array.from({ length: 35 }, (_day, i) => outlasting(i - 1));
        for (const [i, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(parts[i - 1] ?? 1);
        }
      }),
    );
  });

  it('is the plain share where all have ended, and no less where some of them are still open', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 60 }), fc.nat(31), (days, day) => {
        const { outlasting } = durationsOf('procedure', ended(...days));
        expect(outlasting(day)).toBeCloseTo(days.filter((one) => one > day).length / days.length, 9);
        const half = days.map((one, i) => ({ days: one, ended: i % 2 === 0 }));
        if (half.every((one) => one.ended || one.days > day))
          expect(durationsOf('procedure', half).outlasting(day)).toBeCloseTo(outlasting(day), 9);
      }),
    );
  });
});

// A register in which every day counts -----------------------------------------------------------------------------------------------------------

const count: CountDays = (_agency, _unit, after, through) => Math.max(0, daysBetween(after, through));
const first = plainDate('2026-01-01');

/** Procedures that come every day or two; the busy agency takes the longer the more it has in hand. */
function history(
  seed: number,
  n: number,
  daysOf: (draw: (below: number) => number, i: number) => number,
): PastAttempt[] {
  const draw = drawing(seed);
  return Array.from({ length: n }, (_one, i): PastAttempt => {
    const receivedOn = addDays(first, Math.floor(i / 2));
    const days = daysOf(draw, i);
    return {
      ...{ procedure: 'irc-ordinary', agency: draw(3) === 0 ? 'dost' : 'dof', unit: 'working-day', receivedOn },
      ...{ closedOn: addDays(receivedOn, days), days, promised: 10, missed: days > 10, suspended: 0 },
    };
  });
}

describe('an early warning', () => {
  /** Slow ones and quick ones: half way through one knows which it is. */
  const telling = history(1, 400, (draw) => (draw(2) === 0 ? 1 + draw(4) : 7 + draw(9)));

  it('is shown where it says more than the same guess for all', () => {
    const { reliability, forecasts } = earlyWarning(telling, [], count);
    expect(reliability.withheld).toBeNull();
    expect(reliability.n).toBe(forecasts.length);
    expect(reliability.brier ?? 1).toBeLessThan(reliability.constant ?? 0);
    expect(reliability.bins.reduce((sum, { n }) => sum + n, 0)).toBe(reliability.n);
    for (const { forecast, missed, n } of reliability.bins)
      if (n >= 60) expect(Math.abs(forecast - missed)).toBeLessThan(0.15);
  });

  it('is withheld where the past says nothing of what comes, and where there is too little of it', () => {
    // Nothing tells which of them take a day too long.
    const chance = history(2, 300, (draw) => 10 + draw(2));
    expect(earlyWarning(chance, [], count).reliability.withheld).toBe('no-better');
    const few = earlyWarning(telling.slice(0, leastHistory + 5), [], count).reliability;
    expect(few.n).toBeLessThan(leastForecasts);
    expect(few.withheld).toBe('little-history');
    expect(earlyWarning([], [], count).reliability).toEqual({
      ...{ n: 0, brier: null, constant: null, bins: [], withheld: 'little-history' },
    });
  });

  it('tells the slow from the quick as their days pass', () => {
    const { durationsFor } = earlyWarning(telling, [], count);
    const one: OpenAttempt = {
      procedure: 'irc-ordinary',
      agency: 'dof',
      unit: 'working-day',
      receivedOn: addDays(first, 230),
      used: 0,
    };
    const durations = durationsFor(one) ?? expect.unreachable('no history');
    const chances = [0, 6, 9].map((used) => chanceOfMissing(durations, used, 10) ?? 0);
    expect(chances[1]).toBeGreaterThan(chances[0] ?? 1);
    expect(chances[2]).toBeGreaterThan(chances[1] ?? 1);
    expect(durationsFor({ ...one, procedure: 'environmental-permit' })).toBeUndefined();
  });

  it('knows of the past nothing that came later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 60, max: 150 }), (seed, on) => {
        const all = history(seed, 400, (draw) => 1 + draw(20));
        const then = addDays(first, on);
        // Whatever was still open on that day goes on for as long again, and nothing else came afterwards.
        const otherwise = all
          .filter(({ receivedOn }) => receivedOn <= then)
          .map((one) => {
            if (one.closedOn < then) return one;
            const days = one.days * 2 + 5;
            return { ...one, days, closedOn: addDays(one.receivedOn, days) };
          });
        const saidOn = (past: readonly PastAttempt[]) =>
          earlyWarning(past, [], count)
            .forecasts.filter(({ of }) => of.receivedOn === then)
            .filter(({ used }) => used === 0)
            .map(({ of: { agency }, chance }) => [agency, chance]);
        const before = saidOn(all);
        expect(before.length).toBeGreaterThan(0);
        expect(saidOn(otherwise).sort()).toEqual(before.sort());
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on the order of what it is given', () => {
    const backwards = earlyWarning([...telling].reverse(), [], count);
    expect(backwards.reliability).toEqual(earlyWarning(telling, [], count).reliability);
  });
});

it('scores forecasts as Brier did', () => {
  const forecasts = [
    ...times(30, [{ chance: 0.2, missed: false }]),
    ...times(10, [{ chance: 0.2, missed: true }]),
    ...times(10, [{ chance: 0.9, missed: true }]),
  ];
  // (30 · 0.04 + 10 · 0.64 + 10 · 0.01) / 50, against 0.4 · 0.6.
  expect(reliabilityOf(forecasts)).toEqual({
    n: 50,
    brier: 0.154,
    constant: 0.24,
    withheld: null,
    bins: [
      { from: 0.2, to: 0.3, n: 40, forecast: 0.2, missed: 0.25 },
      { from: 0.9, to: 1, n: 10, forecast: 0.9, missed: 1 },
    ],
  });
});

it('names the one act that saves most days, and none that saves nothing', () => {
  const work = (task: string, since: number, claimedBy: string | null = null) => ({
    ...{ task, step: 'assess', agency: 'dof', claimedBy, since },
  });
  const history_ = { waiting: [0, 1, 4, 5, 6, 7, 9], working: [1, 2, 3, 4, 5, 6, 7] };
  const best = (...all: ReturnType<typeof work>[]) => helpfulAct(all, () => history_);
  // Of those that waited more than three days half waited six or longer.
  expect(best(work('A.1', 3))).toMatchObject({ act: 'take', task: 'A.1', days: 3 });
  expect(best(work('A.1', 3), work('A.2', 2, 'officer.dof'))).toMatchObject({ act: 'take', task: 'A.1', days: 3 });
  expect(best(work('A.2', 1, 'officer.dof'))).toMatchObject({ act: 'finish', claimedBy: 'officer.dof', days: 4 });
  expect(best(work('A.1', 8))).toBeUndefined();
  expect(best()).toBeUndefined();
});
