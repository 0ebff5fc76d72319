import type { Text } from './agency.js';
import { refuse, type ErrorCode } from '../errors.js';
import { evaluate, least, type ProjectFacts, type Verdict } from './rules.js';
import type { SandboxFiling, Solution } from '../schemas/trial.js';
import { startOf, type PlainDate } from '../time/instants.js';
import { closedBecause, isOpen } from './admission-procedure.js';
import { judge } from '../case/trial/limits.js';
import { regimesAt, type Regime, type RegimeInForce } from './regime.js';
import type { TrialLimit } from './trial-terms.js';

export const fitVerdicts = ['yes', 'no', 'unknown'] as const satisfies readonly Verdict[];

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

/** One condition of a regime. `clause`: where it stands, or why it is assumed; `refusal`: what a «no» is refused with. */
interface FitCondition {
  readonly code: string;
  readonly text: Text;
  readonly clause: string;
  readonly refusal: ErrorCode;
}

/** A condition, and whether this solution meets it. */
export interface FitReason extends FitCondition {
  readonly verdict: Verdict;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What the register keeps of a reason: its words are the regime's. */
export type RecordedReason = Pick<FitReason, 'code' | 'verdict'>;

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
  const tested: Tested = { ...filing, facts: trialFacts(filing, one.regime), at };
  const reasons = [...conditionsOf(one)].map(({ test, ...condition }): FitReason => ({
    ...condition,
    ...test(tested),
  }));
  const verdict = reasons.map((reason) => reason.verdict).reduce(least, 'yes');
  return { regime: one.regime.code, version: one.rules.version, name: one.regime.name, verdict, reasons };
}

/** What every regime says on that day, each by the version that holds then. */
export const fitsAt = (index: Iterable<RegimeInForce>, filing: SandboxFiling, at: PlainDate): Fit[] =>
  regimesAt(index, at).map((one) => fitOf(one, filing, at));

/** The reasons that the register kept, in the words of the regime; a condition that it no longer has keeps its code. */
export function reasonsOf(one: RegimeInForce, recorded: readonly RecordedReason[]): Omit<FitReason, 'refusal'>[] {
  const known = new Map([...conditionsOf(one)].map(({ code, text, clause }) => [code, { text, clause }]));
  return recorded.map(({ code, verdict }) => ({
    code,
    verdict,
    ...(known.get(code) ?? { text: { vi: code, en: code }, clause: clauseOf(one.regime) }),
  }));
}

/** What was declared that no limit of the regime asks for. */
export function undeclarable({ rules }: RegimeInForce, { declared }: Solution): string[] {
  const asked = rules.limits.filter(isDeclared).map(({ code }) => code);
  return Object.keys(declared).filter((code) => !asked.includes(code));
}

/**
 * The regime that takes the solution: the one named, else the only one that does, else the only one that may. Refuses with what stands in the way (`REGIME_NOT_OPEN`,
 * OUTSIDE_REGIME, OUTSIDE_TERRITORY, TERM_TOO_LONG), UNKNOWN_VALUE for a regime that nobody knows, or `VALIDATION_FAILED` where several would.
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
  const [nearest] = [...fits].sort((a, b) => distance(a) - distance(b));
  return nearest ? requireFit(nearest) : refuse('REGIME_NOT_OPEN', { regimes: 0 });
}

/** How far a regime is from the solution: first whether it is of its field at all, then whether it is open, then how much stands in the way. */
function distance({ reasons }: Fit): number {
  const missed = reasons.filter(({ verdict }) => verdict === 'no').map(({ code }) => code);
  return (missed.includes('field') ? 10_000 : 0) + (missed.includes('open') ? 100 : 0) + missed.length;
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

// The conditions of a regime ----------------------------------------------------------------------------------------------------------------------

interface Tested extends SandboxFiling {
  readonly facts: ProjectFacts;
  readonly at: PlainDate;
}
interface Condition extends FitCondition {
  readonly test: (tested: Tested) => Pick<FitReason, 'verdict' | 'details'>;
}

const verdictOf = (truth: boolean): Verdict => (truth ? 'yes' : 'no');
/** Something that must not be so; null: nobody knows yet. */
const absent = (fact: boolean | null): Verdict => (fact === null ? 'unknown' : verdictOf(!fact));

function* conditionsOf(one: RegimeInForce): Generator<Condition> {
  const { regime, rules } = one;
  yield openness(one);
  yield fieldFits(regime);
  yield territoryFits(regime);
  if (regime.territory.crossBorder === false) yield noCrossBorder(regime);
  yield applicantFits(regime);
  yield* termFits(one);
  for (const limit of rules.limits.filter(isDeclared)) yield declaredFits(regime, limit);
  for (const { code, rule, text, clause, refusal } of regime.tests) {
    yield { code, text, clause, refusal, test: ({ facts }) => ({ verdict: evaluate(rule, facts) }) };
  }
}

const openness = (one: RegimeInForce): Condition => ({
  code: 'open',
  text: {
    vi: 'Cơ chế đang có hiệu lực và đã rõ cơ quan có thẩm quyền quyết định',
    en: 'The regime is in force and who decides under it is known',
  },
  clause: clauseOf(one.regime),
  refusal: 'REGIME_NOT_OPEN',
  test: ({ at }) => ({ verdict: verdictOf(isOpen(one, at)), details: { closed: closedBecause(one, at) } }),
});

const clauseOf = ({ legalBasis }: Regime): string =>
  legalBasis.map(({ act, article }) => (article === null ? act : `${act}, ${article}`))[0] ?? '';

const fieldFits = (regime: Regime): Condition => ({
  code: 'field',
  text: { vi: 'Lĩnh vực thuộc phạm vi của cơ chế', en: 'The field is one of the regime' },
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_REGIME',
  test: ({ solution: { field } }) => {
    const fields = regime.fields.map(({ code }) => code);
    return { verdict: verdictOf(fields.includes(field)), details: { field, fields } };
  },
});

/** Named sites; or the City, where what reaches beyond it is outside. A province or the nation are the regime's own tests to say. */
const territoryFits = (regime: Regime): Condition => ({
  code: 'territory',
  text: { vi: `Địa bàn: ${regime.territory.name.vi}`, en: `Territory: ${regime.territory.name.en}` },
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_TERRITORY',
  test: ({ solution: { sites, otherProvinces } }) => {
    const { scope, sites: allowed } = regime.territory;
    if (scope === 'city') return { verdict: absent(otherProvinces), details: { otherProvinces } };
    const named = scope === 'sites' || scope === 'ifc';
    const outside = sites.map(({ zone }) => zone).filter((zone) => named && !allowed.includes(zone));
    return { verdict: verdictOf(outside.length === 0), details: { outside, allowed } };
  },
});

const noCrossBorder = (regime: Regime): Condition => ({
  code: 'cross-border',
  text: { vi: 'Không cung cấp xuyên biên giới', en: 'Nothing is offered across the border' },
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_TERRITORY',
  test: ({ solution: { crossBorder } }) => ({ verdict: absent(crossBorder) }),
});

/** A regime whose applicants nobody knows is an officer's to read. */
const applicantFits = (regime: Regime): Condition => ({
  code: 'applicant',
  text: { vi: 'Đối tượng được tham gia', en: 'Who may apply' },
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_REGIME',
  test: ({ applicant: { kind } }) => {
    const { kinds } = regime.applicant;
    return { verdict: kinds.length === 0 ? 'unknown' : verdictOf(kinds.includes(kind)), details: { kind, kinds } };
  },
});

function* termFits({ regime, rules: { longestTerm } }: RegimeInForce): Generator<Condition> {
  if (!longestTerm) return;
  const { value: longest, source, basis } = longestTerm;
  yield {
    code: 'term',
    text: { vi: `Thời hạn không quá ${longest} tháng`, en: `A term of at most ${longest} months` },
    clause: basis ?? clauseOf(regime),
    refusal: 'TERM_TOO_LONG',
    test: ({ solution: { months } }) => ({
      verdict: verdictOf(months <= longest),
      details: { months, longest, source },
    }),
  };
}

const isDeclared = ({ watch, unit }: TrialLimit): boolean => watch === 'declared' && unit !== 'per-admission';

/** What is declared once is looked at at once; what is not declared yet is an officer's to ask for. */
const declaredFits = (regime: Regime, limit: TrialLimit): Condition => ({
  code: `declared-${limit.code}`,
  text: limit.name,
  clause: clauseOf(regime),
  refusal: 'OUTSIDE_REGIME',
  test: ({ solution, at }) => {
    const declared = solution.declared[limit.code];
    const { min = null, max = null, values = null } = limit;
    const details = { declared: declared ?? null, min, max, values };
    return { verdict: declared === undefined ? 'unknown' : verdictOf(isWithin(limit, declared, at)), details };
  },
});

/** Of a set, everything that the limit names has to be there; a single value may be near its bound, not beyond it. */
function isWithin(limit: TrialLimit, declared: Solution['declared'][string], at: PlainDate): boolean {
  if (limit.unit === 'set')
    return Array.isArray(declared) && (limit.values ?? []).every((one) => declared.includes(`${one}`));
  if (Array.isArray(declared)) return false;
  const judged = judge({ limits: [limit], areas: [] }, { limit: limit.code, at: startOf(at), value: declared }, 1);
  return judged.every(({ proximity }) => proximity === 'within' || proximity === 'near');
}
