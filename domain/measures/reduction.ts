import type { CaseState } from '../case/state.js';

/** What is set against what, in working days: both sides of each figure hold the same holders. */
export interface ComparedDays {
  /** Dates of the deciding path not held by the investor. */
  readonly wholeDays: number;
  /** The longest chain of dates held by the City. */
  readonly cityDays: number;
  readonly baselineDays: CaseState['baseline']['days'];
  /** null: nobody froze it. */
  readonly cityBaselineDays: number | null;
}

/** What a case is set against: durations of today where the City had published them at filing, else the law. */
export type BaselineKind = 'law' | 'observed';

/** 1 - days / baseline, four decimals. `whole`: of the whole procedure, central bodies included. `city`: of what the City itself takes. */
export interface Reductions {
  readonly whole: number | null;
  readonly city: number | null;
}

/** Below this many days of the City in the baseline one day is worth too much for a figure (ours). */
export const shortestCityBaseline = 5;

/** 1 - days / baseline, four decimals; null where there is nothing to reduce. */
export const reductionOf = (days: number, baseline: number | null): number | null =>
  baseline === null || baseline <= 0 ? null : fourDecimals(1 - days / baseline);

/** Four decimals, without the remainders of binary fractions. */
export const fourDecimals = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Both figures of one case; null where there is nothing to measure it against. */
export const reductionsOf = ({ wholeDays, cityDays, baselineDays, cityBaselineDays }: ComparedDays): Reductions => ({
  whole: reductionOf(wholeDays, baselineDays),
  city: reductionOf(cityDays, cityBaselineDays),
});

/** The figure that is published: the smaller of the two, and none where one of them is missing. */
export const smaller = ({ whole, city }: Reductions): number | null =>
  whole === null || city === null ? null : Math.min(whole, city);

/**
 * Which of `n` ordered values bound the median with at least 95 %, by their order alone (from 1): the largest k with P(B < k) <= 2.5 % for B binomial of n
 * fair coins, and its mirror. null below six: no pair of values would do.
 */
export function medianRanks(n: number): { readonly low: number; readonly high: number } | null {
  if (n < 6) return null;
  // Beyond this the coins are normal to less than a rank.
  if (n > 1_000) {
    const low = Math.max(1, Math.floor(n / 2 - 0.98 * Math.sqrt(n)));
    return { low, high: n + 1 - low };
  }
  let low = 0;
  let [chance, sum] = [0.5 ** n, 0.5 ** n];
  while (sum <= 0.025) {
    low += 1;
    chance = (chance * (n - low + 1)) / low;
    sum += chance;
  }
  return { low, high: n + 1 - low };
}
