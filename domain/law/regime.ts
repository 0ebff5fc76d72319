import type { Budget } from '../time/clock.js';
import { refuse } from '../errors.js';
import type { Regime, RegimeSetting, SandboxSettings } from '../schemas/regime.js';
import type { PlainDate } from '../time/instants.js';
import type { RuleSource, TrialLimit } from './trial-terms.js';

export type { Regime } from '../schemas/regime.js';

/** One figure with where it comes from. `basis`: the document of a setting, why a default is what it is; null for the law, whose texts the regime lists. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: RuleSource;
  readonly verified: boolean;
  readonly basis: string | null;
}

/**
 * What holds under a regime now: its law, else the City's setting, else our default; null where nobody says anything. Durations in months are civil
 * months.
 */
export interface RegimeRules {
  readonly code: string;
  readonly version: string;
  /** Who decides. Competence is never assumed: of the law or of the City, or unknown. */
  readonly authority: Sourced<string> | null;
  readonly supervises: string | null;
  readonly evaluates: string | null;
  readonly supplementNotices: Sourced<number> | null;
  readonly dossierCheck: Sourced<Budget> | null;
  readonly appraisal: Sourced<Budget> | null;
  readonly decision: Sourced<Budget> | null;
  readonly decisionIncludesAppraisal: Sourced<boolean> | null;
  readonly council: Sourced<boolean> | null;
  readonly quorum: Sourced<{ readonly parts: number; readonly of: number }> | null;
  readonly longestTerm: Sourced<number> | null;
  readonly maxExtensions: Sourced<number> | null;
  readonly longestExtension: Sourced<number> | null;
  readonly extensionBefore: Sourced<Budget> | null;
  readonly extensionDecision: Sourced<Budget> | null;
  readonly reportInterval: Sourced<{ readonly amount: number; readonly unit: 'week' | 'month' }> | null;
  readonly finalReport: Sourced<Budget> | null;
  readonly incidentHours: Sourced<number> | null;
  readonly certificate: Sourced<Budget> | null;
  readonly transitionAllowed: Sourced<boolean> | null;
  readonly longestTransition: Sourced<number> | null;
  readonly documents: Sourced<Regime['dossier']['documents']> | null;
  readonly limits: readonly TrialLimit[];
}

/** A regime with its figures as they hold. */
export interface RegimeInForce {
  readonly regime: Regime;
  readonly rules: RegimeRules;
}

/** Every regime by its version. Refuses DEFINITION_INVALID for two of one version, and for a setting of a regime that nobody knows. */
export function indexRegimes(
  regimes: readonly Regime[],
  { regimes: settings }: Pick<SandboxSettings, 'regimes'>,
): ReadonlyMap<string, RegimeInForce> {
  const index = new Map<string, RegimeInForce>();
  for (const regime of regimes) {
    const version = regimeVersion(regime);
    if (index.has(version)) invalid(regime.code, 'two of one version');
    index.set(version, { regime, rules: rulesOf(regime, settings[regime.code] ?? []) });
  }
  for (const code of Object.keys(settings)) {
    if (!regimes.some((regime) => regime.code === code)) invalid(code, 'settings of no regime');
  }
  return index;
}

/** `<code>@<effectiveFrom>`; a regime without a date has no version that could be applied. */
export const regimeVersion = ({ code, effectiveFrom }: Regime): string => `${code}@${effectiveFrom ?? 'undated'}`;

/** One version of each regime: the one in force on that date, else the newest. */
export function regimesAt(index: Iterable<RegimeInForce>, at: PlainDate): RegimeInForce[] {
  const found = new Map<string, RegimeInForce>();
  for (const one of index) {
    const known = found.get(one.regime.code);
    if (!known || (!isInForce(known.regime, at) && (isInForce(one.regime, at) || isNewer(one, known)))) {
      found.set(one.regime.code, one);
    }
  }
  return [...found.values()];
}

/** Every version of one regime. */
export const newestFirst = (index: Iterable<RegimeInForce>, code: string): RegimeInForce[] =>
  [...index].filter(({ regime }) => regime.code === code).sort((a, b) => (isNewer(a, b) ? -1 : 1));

/** A version without a date is older than any other. */
const isNewer = (one: RegimeInForce, other: RegimeInForce): boolean =>
  (one.regime.effectiveFrom ?? '') > (other.regime.effectiveFrom ?? '');

/** In force on that date by a text whose dates are known. */
export const isInForce = ({ status, effectiveFrom, effectiveTo }: Regime, at: PlainDate): boolean =>
  status === 'in-force' && effectiveFrom !== null && effectiveFrom <= at && (effectiveTo === null || at <= effectiveTo);

/** The figures of a regime with their sources. `settings`: what the City has set for it. DEFINITION_INVALID for a figure that does not fit its place. */
export function rulesOf(regime: Regime, settings: readonly RegimeSetting[]): RegimeRules {
  const figure = figuresOf(regime, settings);
  const { authority, dossierCheck, appraisal, decision, council, extensions, certificate, transition } = regime;
  const months = (path: string, law: Regime['longestTerm']) => {
    const found = figure(path, law);
    return found && { ...found, value: found.value.unit === 'year' ? 12 * found.value.amount : found.value.amount };
  };
  const competent = figure('authority.code', authority.code);
  return {
    code: regime.code,
    version: regimeVersion(regime),
    authority: competent?.source === 'default' ? null : competent,
    supervises: figure('authority.supervises', authority.supervises)?.value ?? null,
    evaluates: figure('authority.evaluates', authority.evaluates)?.value ?? null,
    supplementNotices: figure('dossierCheck.supplementNotices', dossierCheck.supplementNotices),
    dossierCheck: figure('dossierCheck.days', dossierCheck.days),
    appraisal: figure('appraisal.days', appraisal.days),
    decision: figure('decision.days', decision.days),
    decisionIncludesAppraisal: figure('decision.includesAppraisal', decision.includesAppraisal),
    council: figure('council.needed', council.needed),
    quorum: figure('council.quorum', council.quorum),
    longestTerm: months('longestTerm', regime.longestTerm),
    maxExtensions: figure('extensions.max', extensions.max),
    longestExtension: months('extensions.each', extensions.each),
    extensionBefore: figure('extensions.applyBefore', extensions.applyBefore),
    extensionDecision: figure('extensions.decision', extensions.decision),
    reportInterval: figure('reportInterval', regime.reportInterval),
    finalReport: figure('finalReport', regime.finalReport),
    incidentHours: figure('incidentHours', regime.incidentHours),
    certificate: figure('certificate.days', certificate.days),
    transitionAllowed: figure('transition.allowed', transition.allowed),
    longestTransition: months('transition.longest', transition.longest),
    documents: figure('dossier.documents', regime.dossier.documents.length > 0 ? regime.dossier.documents : null),
    limits: regime.limits.map((limit) =>
      limitOf(regime, limit, figure(`limits[${limit.code}].max`, limit.max ?? null)),
    ),
  };
}

/** Looks a figure up in law, settings and defaults, in this order. */
function figuresOf({ code, defaults, unverified }: Regime, settings: readonly RegimeSetting[]) {
  for (const figures of [settings, defaults]) {
    if (new Set(figures.map(({ path }) => path)).size < figures.length) invalid(code, 'a figure twice');
  }
  return <T>(path: string, law: T | null): Sourced<T> | null => {
    if (law !== null) return { value: law, source: 'law', verified: !unverified.includes(path), basis: null };
    const set = settings.find((one) => one.path === path);
    if (set) return { value: set.value as T, source: 'setting', verified: set.verified, basis: set.document };
    const assumed = defaults.find((one) => one.path === path);
    return assumed ? { value: assumed.value as T, source: 'default', verified: false, basis: assumed.why } : null;
  };
}

/** A limit is as certain as the least certain of its parts: the bound, whether it is counted, its values. */
function limitOf({ unverified }: Regime, limit: Regime['limits'][number], max: Sourced<number> | null): TrialLimit {
  if (max && max.source !== 'law') return { ...limit, max: max.value, verified: max.verified, source: max.source };
  const doubted = unverified.some((path) => path.startsWith(`limits[${limit.code}]`));
  return { ...limit, verified: limit.verified && !doubted, source: 'law' };
}

const invalid = (regime: string, reason: string): never => refuse('DEFINITION_INVALID', { regime, reason });
