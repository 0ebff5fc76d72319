import type { Text } from '../agency.js';
import { refuse, type ErrorCode } from '../errors.js';
import { evaluate, least, type ProjectFacts, type Verdict } from '../rules.js';
import type { SandboxFiling, Solution } from '../schemas/trial.js';
import { startOf, type PlainDate } from '../time.js';
import { judge } from './limits.js';
import { isInForce, type Regime, type RegimeInForce } from './regime.js';
import { admissionProcedure } from './admission.js';

/** What rules of regimes may ask for. */
export const trialAttributes = [
  'solution.field',
  'solution.months',
  'solution.users',
  'solution.dataLocation',
  'solution.crossBorder',
  'solution.otherProvinces',
  'solution.realUsers',
  'solution.directLegalEffect',
  'solution.sensitiveData',
  'solution.nationalSecuritySystem',
  'solution.closedTest',
  'solution.canHarm',
  'solution.insured',
  'solution.regulatedByLaw',
  'solution.centralApproval',
  'applicant.kind',
  'applicant.country',
  'applicant.operatesInPark',
  'applicant.smallOrStartUp',
] as const;

/** One condition of a regime, and whether this solution meets it. `refusal`: what a «no» is refused with. */
export interface FitReason {
  readonly code: string;
  readonly verdict: Verdict;
  readonly text: Text;
  readonly clause: string;
  readonly refusal: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Whether a regime takes a solution: three-valued, as screening is. */
export interface Fit {
  readonly regime: string;
  readonly version: string;
  readonly name: Text;
  readonly verdict: Verdict;
  readonly reasons: readonly FitReason[];
}

/** The facts of a filing under a regime: flat, plain JSON, free of personal data. */
export function trialFacts({ solution, applicant }: SandboxFiling, regime: Regime): ProjectFacts {
  const body: Readonly<Record<string, object>> = { solution, applicant };
  const field = regime.fields.find(({ code }) => code === solution.field);
  const facts: Record<string, string | number | boolean | null> = {};
  for (const attr of trialAttributes) {
    const [part = '', name = ''] = attr.split('.');
    const value = (body[part] as Readonly<Record<string, unknown>> | undefined)?.[name];
    facts[attr] = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }
  return { ...facts, 'solution.centralApproval': field?.centralApproval ?? null };
}

/** Every condition of a regime on the day of filing. */
export function fitOf(one: RegimeInForce, filing: SandboxFiling, at: PlainDate): Fit {
  const { regime, rules } = one;
  const facts = trialFacts(filing, regime);
  const reasons: FitReason[] = [
    openness(one, at),
    fieldFits(regime, filing.solution),
    territoryFits(regime, filing.solution),
    ...crossBorderFits(regime, filing.solution),
    applicantFits(regime, filing),
    ...termFits(one, filing.solution),
    ...declaredFits(one, filing.solution, at),
    ...regime.tests.map(({ code, rule, text, clause, refusal }): FitReason => ({
      code,
      verdict: evaluate(rule, facts),
      text,
      clause,
      refusal,
    })),
  ];
  const verdict = reasons.map((reason) => reason.verdict).reduce(least, 'yes');
  return { regime: regime.code, version: rules.version, name: regime.name, verdict, reasons };
}

/**
 * The regime that takes the solution: the one named, else the only one that does, else the only one that may. Refuses with what stands in the way (`REGIME_NOT_OPEN`,
 * OUTSIDE_REGIME, OUTSIDE_TERRITORY, TERM_TOO_LONG), or `VALIDATION_FAILED` where several would.
 */
export function chooseRegime(fits: readonly Fit[], named: string | undefined): Fit {
  if (named !== undefined) {
    const fit = fits.find(({ regime }) => regime === named);
    return fit
      ? requireFit(fit)
      : refuse('UNKNOWN_VALUE', { field: 'regime', known: fits.map(({ regime }) => regime) });
  }
  for (const verdict of ['yes', 'unknown'] as const) {
    const candidates = fits.filter((fit) => fit.verdict === verdict);
    const [only, ...others] = candidates;
    if (only && others.length === 0) return only;
    if (only) refuse('VALIDATION_FAILED', { field: 'regime', candidates: candidates.map(({ regime }) => regime) });
  }
  const missed = ({ reasons }: Fit) => reasons.filter(({ verdict }) => verdict === 'no').length;
  const [nearest] = [...fits].sort((a, b) => missed(a) - missed(b));
  return nearest ? requireFit(nearest) : refuse('REGIME_NOT_OPEN', { regimes: 0 });
}

function requireFit(fit: Fit): Fit {
  const against = fit.reasons.filter(({ verdict }) => verdict === 'no');
  const [first] = against;
  if (!first) return fit;
  return refuse(first.refusal, {
    regime: fit.regime,
    reasons: against.map(({ code, text, clause, details }) => ({ code, text, clause, ...details })),
  });
}

// The conditions every regime has -----------------------------------------------------------------------------------------------------------------

const verdictOf = (truth: boolean): Verdict => (truth ? 'yes' : 'no');

function openness(one: RegimeInForce, at: PlainDate): FitReason {
  const { regime, rules } = one;
  const { status, effectiveFrom, effectiveTo } = regime;
  return {
    code: 'open',
    verdict: verdictOf(isInForce(regime, at) && admissionProcedure(one) !== undefined),
    text: {
      vi: 'Cơ chế đang có hiệu lực và đã rõ cơ quan có thẩm quyền quyết định',
      en: 'The regime is in force and who decides under it is known',
    },
    clause: clauseOf(regime),
    refusal: 'REGIME_NOT_OPEN',
    details: { status, effectiveFrom, effectiveTo, authority: rules.authority?.value ?? null },
  };
}

const clauseOf = ({ legalBasis }: Regime): string =>
  legalBasis.map(({ act, article }) => (article === null ? act : `${act}, ${article}`))[0] ?? '';

const fieldFits = (regime: Regime, { field }: Solution): FitReason => ({
  code: 'field',
  verdict: verdictOf(regime.fields.some(({ code }) => code === field)),
  text: { vi: 'Lĩnh vực thuộc phạm vi của cơ chế', en: 'The field is one of the regime' },
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_REGIME',
  details: { field, fields: regime.fields.map(({ code }) => code) },
});

function territoryFits({ territory, ...regime }: Regime, { sites }: Solution): FitReason {
  const named = territory.scope === 'sites' || territory.scope === 'ifc';
  const outside = sites.map(({ zone }) => zone).filter((zone) => named && !territory.sites.includes(zone));
  return {
    code: 'territory',
    verdict: verdictOf(outside.length === 0),
    text: { vi: `Địa bàn: ${territory.name.vi}`, en: `Territory: ${territory.name.en}` },
    clause: clauseOf({ territory, ...regime }),
    refusal: 'OUTSIDE_TERRITORY',
    details: { outside, allowed: territory.sites },
  };
}

function* crossBorderFits(regime: Regime, { crossBorder }: Solution): Generator<FitReason> {
  if (regime.territory.crossBorder !== false) return;
  yield {
    code: 'cross-border',
    verdict: crossBorder === null ? 'unknown' : verdictOf(!crossBorder),
    text: { vi: 'Không cung cấp xuyên biên giới', en: 'Nothing is offered across the border' },
    clause: clauseOf(regime),
    refusal: 'OUTSIDE_TERRITORY',
  };
}

/** A regime whose applicants nobody knows is an officer's to read. */
function applicantFits(regime: Regime, { applicant }: SandboxFiling): FitReason {
  const { kinds } = regime.applicant;
  return {
    code: 'applicant',
    verdict: kinds.length === 0 ? 'unknown' : verdictOf(kinds.includes(applicant.kind)),
    text: { vi: 'Đối tượng được tham gia', en: 'Who may apply' },
    clause: clauseOf(regime),
    refusal: 'OUTSIDE_REGIME',
    details: { kind: applicant.kind, kinds },
  };
}

function* termFits({ regime, rules }: RegimeInForce, { months }: Solution): Generator<FitReason> {
  const { longestTerm } = rules;
  if (!longestTerm) return;
  yield {
    code: 'term',
    verdict: verdictOf(months <= longestTerm.value),
    text: {
      vi: `Thời hạn không quá ${longestTerm.value} tháng`,
      en: `A term of at most ${longestTerm.value} months`,
    },
    clause: longestTerm.basis ?? clauseOf(regime),
    refusal: 'TERM_TOO_LONG',
    details: { months, longest: longestTerm.value, source: longestTerm.source },
  };
}

/** What is declared once is looked at at once; what is not declared yet is an officer's to ask for. */
function* declaredFits({ regime, rules }: RegimeInForce, { declared }: Solution, at: PlainDate): Generator<FitReason> {
  for (const limit of rules.limits) {
    if (limit.watch !== 'declared' || limit.unit === 'per-admission') continue;
    const value = declared[limit.code];
    const judged =
      value === undefined
        ? []
        : judge({ limits: [limit], areas: [] }, { limit: limit.code, at: startOf(at), value }, 1);
    const beyond = judged.some(({ standing }) => standing === 'beyond' || standing === 'wrong');
    yield {
      code: `declared-${limit.code}`,
      verdict: value === undefined ? 'unknown' : verdictOf(!beyond),
      text: limit.name,
      clause: clauseOf(regime),
      refusal: 'OUTSIDE_REGIME',
      details: { declared: value ?? null, max: limit.max ?? null, values: limit.values ?? null },
    };
  }
}
