import { describe, expect, it } from 'vitest';
import { readKnownTerm } from '../../domain/case/promise/terms.js';
import { countTerm } from '../../domain/time/day-count.js';
import { calendar } from '../../seeds/calendars.js';
import { clockExamples, next, property, worked } from './naive-clock.js';

const vn = calendar('vn-state');

describe('a term counted day by day', () => {
  it('ends on the due date of the clock, names each date once, and its numbers are what the clock consumed', () => {
    property(clockExamples, ({ budget, ledger, asOf }) => {
      const { days, dueDate } = countTerm(vn, budget, ledger, asOf);
      const clock = readKnownTerm(vn, { budget, ledger }, asOf);
      expect(dueDate).toBe(clock.dueDate);
      for (const [index, { date }] of days.entries()) {
        const before = days[index - 1]?.date;
        if (before !== undefined) expect(date).toBe(next(before));
      }
      const seen = days.filter(({ ahead }) => !ahead);
      const counted = seen.filter(({ number }) => number !== null).length;
      // Beyond the term the clock goes on counting: what is late, or the days off up to a working date.
      const anew = ledger.some(({ type }) => type === 'restart');
      if (!anew) expect(counted).toBe(Math.min(clock.consumed, clock.budget.amount));
      if (dueDate !== null && days.length > 0) expect(days.at(-1)?.date).toBe(dueDate);
    });
  });

  it('gives a date that does not count its reason, and none that the calendar does not know', () => {
    property(clockExamples, ({ budget, ledger, asOf }) => {
      for (const { date, number, why, day } of countTerm(vn, budget, ledger, asOf).days) {
        if (budget.unit === 'working-day' && why !== 'investor')
          expect(worked(vn.data, date)).toBe(number !== null || why === 'roll');
        expect(['rest', 'day-off', 'roll', 'investor'].includes(why)).toBe(number === null);
        if (why === 'day-off' || why === 'made-up') expect(day?.source).toBeTruthy();
      }
    });
  });

  it('counts across Tết as a clerk would on the wall calendar', () => {
    // 16 to 20 February 2026 are the days of Tết; 14 and 15, 21 and 22 are the weekends around it.
    const ledger = [{ type: 'start' as const, at: '2026-02-11T02:00:00.000Z' }];
    const { days, dueDate } = countTerm(vn, { amount: 3, unit: 'working-day' }, ledger, '2026-02-12T02:00:00.000Z');
    expect(days.filter(({ number }) => number !== null).map(({ date, number }) => `${number} ${date}`)).toEqual([
      '1 2026-02-12',
      '2 2026-02-13',
      '3 2026-02-23',
    ]);
    expect(days.filter(({ why }) => why === 'day-off')).toHaveLength(5);
    expect(dueDate).toBe('2026-02-23');
  });
});
