import type { PlainDate } from '../time/instants.js';
import { fourDecimals, type ComparedDays } from './reduction.js';

/** A filing that ended without an approval, and whose project was filed again: nothing of it is forgotten. */
export interface CarriedFiling extends ComparedDays {
  /** Its baseline by law, whatever it was set against. */
  readonly byLaw: Pick<ComparedDays, 'baselineDays' | 'cityBaselineDays'>;
  readonly case: string;
  readonly filedOn: PlainDate;
  /** Terms of the law that were broken in it. */
  readonly brokenTerms: number;
}

/** The days of this filing with those of the filings before it, against the smallest of their baselines; the gaps between them are the investor's. */
export function carriedInto(own: ComparedDays, carried: readonly CarriedFiling[]): ComparedDays {
  const sum = (of: 'wholeDays' | 'cityDays') => fourDecimals(carried.reduce((days, one) => days + one[of], own[of]));
  const cityBaselines = [own, ...carried].flatMap(({ cityBaselineDays }) => cityBaselineDays ?? []);
  return {
    wholeDays: sum('wholeDays'),
    cityDays: sum('cityDays'),
    baselineDays: Math.min(own.baselineDays, ...carried.map(({ baselineDays }) => baselineDays)),
    cityBaselineDays: own.cityBaselineDays === null ? null : Math.min(...cityBaselines),
  };
}
