import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedTo, mostPeriods, periodsIn, rhythms } from '../../../domain/measures/cuts.js';
import { addDays, plainDate } from '../../../domain/time/instants.js';
import { refusalOf } from '../../support/memory-register.js';

const day = plainDate;
const anyDay = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays(day('2020-01-01'), n));

describe('the periods of a trend', () => {
  it('are civil months and quarters, cut where the period begins and ends', () => {
    expect(periodsIn({ from: day('2026-01-15'), to: day('2026-03-10') }, 'month')).toEqual([
      { from: '2026-01-15', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-10' },
    ]);
    expect(periodsIn({ from: day('2025-11-30'), to: day('2026-04-01') }, 'quarter')).toEqual([
      { from: '2025-11-30', to: '2025-12-31' },
      { from: '2026-01-01', to: '2026-03-31' },
      { from: '2026-04-01', to: '2026-04-01' },
    ]);
  });

  it('cover every day of the period once', () => {
    const rhythm = fc.constantFrom(...rhythms.filter((one) => one !== 'whole'));
    fc.assert(
      fc.property(anyDay, fc.nat(1_000), rhythm, (from, length, every) => {
        const to = addDays(from, length);
        const found = periodsIn({ from, to }, every);
        expect(found[0]?.from).toBe(from);
        expect(found.at(-1)?.to).toBe(to);
        for (const [i, one] of found.entries()) {
          expect(one.from <= one.to).toBe(true);
          if (i > 0) expect(addDays(found[i - 1]?.to ?? from, 1)).toBe(one.from);
        }
      }),
      { seed: 14, numRuns: 500 },
    );
  });

  it('are not more than anybody reads', () => {
    expect(refusalOf(() => periodsIn({ from: day('2020-01-01'), to: day('2026-01-01') }, 'month'))).toBe(
      'VALIDATION_FAILED',
    );
    expect(periodsIn({ from: day('2020-01-01'), to: day('2022-12-31') }, 'month')).toHaveLength(mostPeriods);
  });
});

describe('a period that another is set against', () => {
  it('is as long and just before it, or the same a year earlier', () => {
    const period = { from: day('2026-03-01'), to: day('2026-03-31') };
    expect(comparedTo(period, 'before')).toEqual({ from: '2026-01-29', to: '2026-02-28' });
    expect(comparedTo(period, 'year-before')).toEqual({ from: '2025-03-01', to: '2025-03-31' });
    expect(comparedTo({ from: day('2028-02-01'), to: day('2028-02-29') }, 'year-before').to).toBe('2027-02-28');
  });
});
