import type { CaseState } from '../case/state.js';
import type { Law } from '../law/law.js';
import { dateOf, type PlainDate } from '../time/instants.js';
import { type AgencyFact, holdings, opinions, returns } from './agency-facts.js';
import type { CarriedFiling } from './carried.js';
import { type CaseFact, caseFact, type Filed, measuresOf } from './case-facts.js';
import { interruptionsOf } from './interruptions.js';
import { type ProcedureFact, procedureFact } from './procedure-facts.js';

/** One question for satisfaction: about one result, or about the whole case. */
export interface SurveyFact {
  readonly subject: string;
  readonly askedOn: PlainDate;
  readonly score: number | null;
}

/** The survey about the whole case, beside those named by a procedure. */
export const wholeCase = 'whole-case';

export interface Facts {
  readonly case: CaseFact;
  readonly procedures: readonly ProcedureFact[];
  readonly agencies: readonly AgencyFact[];
  readonly surveys: readonly SurveyFact[];
}

const notFiled: Filed = { field: null, jobs: null };

/**
 * All that the dashboards know of one case, from its state and the law alone. Pure. A trial leaves one row, marked by its kind and measured against nothing: its
 * admission, its agencies and what its participant thought of it are no figures of the green lane. `carried`: earlier filings of the same project that ended
 * without an approval.
 */
export function factsOf(
  state: CaseState,
  law: Law,
  carried: readonly CarriedFiling[] = [],
  filed: Filed = notFiled,
): Facts {
  if (state.kind === 'sandbox') {
    return { case: caseFact(state, law, null, [], filed), procedures: [], agencies: [], surveys: [] };
  }
  const measured = measuresOf(state, law, carried);
  return {
    case: caseFact(state, law, measured, carried, filed),
    procedures: Object.values(state.procedures).map((procedure) => procedureFact(state, procedure, law)),
    agencies: [
      ...holdings(state, measured),
      ...opinions(state),
      ...returns(state, law),
      ...interruptionsOf(state, law),
    ],
    surveys: surveys(state),
  };
}

/** Asked once after the first result of each procedure, and once at the end of the case. */
function surveys(state: CaseState): SurveyFact[] {
  const asked = new Map<string, SurveyFact>();
  for (const { procedure, handedOverAt } of Object.values(state.procedures)) {
    if (handedOverAt === null || asked.has(procedure)) continue;
    asked.set(procedure, {
      subject: procedure,
      askedOn: dateOf(handedOverAt),
      score: state.surveys[procedure] ?? null,
    });
  }
  const whole = state.closed && { subject: wholeCase, askedOn: dateOf(state.closed.at), score: state.survey };
  return whole ? [...asked.values(), whole] : [...asked.values()];
}

/** A part of a whole, 0..1 with four decimals; null where there is nothing to take a part of. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
