import { countWorkingDays } from '../../time/calendar.js';
import { admissionCode } from '../../law/admission-code.js';
import { leadOf } from '../../law/admission-procedure.js';
import { trialFacts, type Fit } from '../../law/regime-fit.js';
import type { SandboxFiling } from '../../schemas/trial.js';
import { refuse } from '../../errors.js';
import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import type { Payloads } from '../events.js';
import type { PlanItem } from '../case/words.js';
import type { Law } from '../../law/law.js';

interface TrialOpening {
  readonly filing: SandboxFiling;
  /** SHA-256 of the filing as stored: the event proves what was filed without holding it. */
  readonly filingHash: string;
  /** The regime that was chosen, and what its test said. */
  readonly fit: Fit;
  readonly personId: string;
  readonly at: Instant;
}

/**
 * What `caseOpened` records of a sandbox filing: the regime, who has what to say under it, and a plan of one procedure, its admission. No name of the filing
 * goes in. REGIME_NOT_OPEN where nobody can be admitted under the regime.
 */
export function openingOfTrial(
  law: Law,
  { filing, filingHash, fit, personId, at }: TrialOpening,
): Omit<Payloads['caseOpened'], 'managed' | 'signed'> {
  const { regime, rules } = law.regime(fit.version);
  const authority = rules.authority?.value ?? refuse('REGIME_NOT_OPEN', { regime: regime.code });
  const lead = leadOf(regime) ?? authority;
  const facts = trialFacts(filing, regime);
  const lawAt = dateOf(at);
  const { item, ends } = planOf(law, admissionCode(regime.code), facts, lawAt);
  const { procedure, verified } = item;
  const whole = { days: countWorkingDays(law.caseCalendar, lawAt, ends), endDate: ends };
  const documents = filing.documents.map(({ code, documentId }) => ({ code, documentId, obtainedFrom: null }));
  return {
    kind: 'sandbox',
    lane: 'standard',
    pathway: 'standard',
    facts,
    investor: { personId, organisation: filing.applicant.registrationNumber },
    filingHash,
    lawAt,
    plan: [item],
    baseline: whole,
    target: whole,
    ambition: whole,
    reductionByLaw: 0,
    milestone: 'licence',
    lodged: documents.length > 0 ? { [procedure]: documents } : {},
    unverified: verified ? [] : [`${procedure}.budget`],
    trial: {
      regime: regime.code,
      version: fit.version,
      field: filing.solution.field,
      fit: fit.verdict === 'yes' ? 'yes' : 'unknown',
      reasons: fit.reasons.map(({ code, verdict }) => ({ code, verdict })),
      authority,
      supervises: rules.supervises ?? lead,
      evaluates: lead,
      months: filing.solution.months,
    },
  };
}

function planOf(
  law: Law,
  code: string,
  facts: ReturnType<typeof trialFacts>,
  at: PlainDate,
): { item: PlanItem; ends: PlainDate } {
  const resolved = law.procedureAt(code, at, facts);
  const ends = termEnd(law.calendar(resolved.calendar), at, resolved.budget);
  const span = { starts: at, ends };
  const item: PlanItem = {
    procedure: code,
    version: resolved.version,
    phase: 'licence',
    mandatory: true,
    agency: resolved.competentAgency,
    cityControlled: resolved.cityControlled,
    budget: resolved.budget,
    after: [],
    gates: [],
    statutory: span,
    target: span,
    verified: resolved.budgetVerified,
  };
  return { item, ends };
}
