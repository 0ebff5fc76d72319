import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import { lastDayOf } from './conditions.js';
import type { DatedExemption, TrialTerms } from '../../law/trial-terms.js';

/** An admission in dates, both counted: it holds from the day of the decision, its exemptions for exactly as long. */
export function admittedDates(
  decidedAt: Instant,
  { months, exemptions }: Pick<TrialTerms, 'months' | 'exemptions'>,
): { readonly from: PlainDate; readonly until: PlainDate; readonly exemptions: readonly DatedExemption[] } {
  const from = dateOf(decidedAt);
  const until = lastDayOf(from, months);
  return { from, until, exemptions: exemptions.map((one) => ({ ...one, from, to: until })) };
}
