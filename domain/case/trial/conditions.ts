import { refuse } from '../../errors.js';
import { addDays, addMonths, type PlainDate } from '../../time/instants.js';
import { looserThan, saysSomething } from './limits.js';
import type { Regime, RegimeRules } from '../../law/regime.js';
import type { TrialLimit, TrialTerms } from '../../law/trial-terms.js';

/**
 * Conditions of an admission as they hold: what was proposed, with every limit of the regime that it does not narrow. Refuses what the regime does not
 * allow: TERM_TOO_LONG, LIMIT_LOOSER_THAN_REGIME, OUTSIDE_TERRITORY, AMOUNT_OUT_OF_RANGE for reports less often than it asks for.
 */
export function termsWithin(regime: Regime, rules: RegimeRules, proposed: TrialTerms): TrialTerms {
  const { longestTerm, transitionAllowed, longestTransition } = rules;
  if (proposed.areas.length === 0) refuse('VALIDATION_FAILED', { field: 'areas', missing: true });
  if (longestTerm && proposed.months > longestTerm.value) {
    refuse('TERM_TOO_LONG', { months: proposed.months, longest: longestTerm.value, source: longestTerm.source });
  }
  const transition = transitionAllowed?.value === true ? (longestTransition?.value ?? proposed.transitionMonths) : 0;
  if (proposed.transitionMonths > transition) {
    refuse('TERM_TOO_LONG', { transitionMonths: proposed.transitionMonths, longest: transition });
  }
  requireSound(proposed);
  const looser = looserThan(rules.limits, proposed.limits);
  if (looser.length > 0) refuse('LIMIT_LOOSER_THAN_REGIME', { limits: looser });
  requireTerritory(regime, proposed);
  requireReports(rules, proposed);
  const limits = [...limitsOf(rules.limits.filter(isWatched), proposed.limits)];
  if (limits.length === 0) refuse('VALIDATION_FAILED', { field: 'limits', missing: true });
  return { ...proposed, limits };
}

/** Each limit once, and each says what is allowed; a drawn area has an inside. */
function requireSound({ limits, areas }: TrialTerms): void {
  const codes = limits.map(({ code }) => code);
  const twice = codes.filter((code, i) => codes.indexOf(code) !== i);
  if (twice.length > 0) refuse('VALIDATION_FAILED', { field: 'limits', twice });
  const silent = limits.filter((limit) => !saysSomething(limit)).map(({ code }) => code);
  if (silent.length > 0) refuse('VALIDATION_FAILED', { field: 'limits', saysNothing: silent });
  const flat = areas.filter(({ polygon }) => polygon !== null && polygon.length < 3).map(({ code }) => code);
  if (flat.length > 0) refuse('VALIDATION_FAILED', { field: 'areas', corners: flat });
}

/** What the regime leaves to the admission, or counts over all trials, is no limit of one trial. */
const isWatched = ({ unit, watch }: TrialLimit): boolean => unit !== 'per-admission' && watch !== 'register';

function requireTerritory({ territory }: Regime, { areas, dataLocation }: TrialTerms): void {
  const named = territory.scope === 'sites' || territory.scope === 'ifc';
  const outside = areas.filter(({ site }) => named && !territory.sites.includes(site)).map(({ site }) => site);
  if (outside.length > 0) refuse('OUTSIDE_TERRITORY', { sites: outside, allowed: territory.sites });
  if (territory.crossBorder === false && dataLocation === 'abroad') refuse('OUTSIDE_TERRITORY', { dataLocation });
}

function requireReports({ reportInterval }: RegimeRules, { reportEvery }: TrialTerms): void {
  if (!reportInterval) return;
  // A month is longer than four weeks and no longer than four and a half.
  const weeks = ({ amount, unit }: TrialTerms['reportEvery']) => (unit === 'week' ? amount : amount * (52 / 12));
  if (weeks(reportEvery) > weeks(reportInterval.value)) {
    refuse('AMOUNT_OUT_OF_RANGE', { field: 'reportEvery', longest: reportInterval.value });
  }
}

/** A limit that the admission sets again stands as the admission has it; where that changes nothing it stays the regime's. */
function* limitsOf(regime: readonly TrialLimit[], admission: readonly TrialLimit[]): Generator<TrialLimit> {
  const own = new Map(admission.map((limit) => [limit.code, limit]));
  for (const law of regime) {
    const narrower = own.get(law.code);
    own.delete(law.code);
    yield narrower && !sameBounds(law, narrower) ? { ...narrower, name: law.name, source: 'admission' } : law;
  }
  for (const further of own.values()) yield { ...further, source: 'admission' };
}

const sameBounds = (a: TrialLimit, b: TrialLimit): boolean =>
  a.min === b.min &&
  a.max === b.max &&
  (a.inclusive ?? true) === (b.inclusive ?? true) &&
  JSON.stringify(a.values ?? []) === JSON.stringify(b.values ?? []);

/** The last day of a term of civil months that begins on `from`. A permission is no deadline for an act: it does not roll off a day off. */
export const lastDayOf = (from: PlainDate, months: number): PlainDate => addDays(addMonths(from, months), -1);

/** The first day after the n-th period of reporting. */
export const periodEnd = (from: PlainDate, { amount, unit }: TrialTerms['reportEvery'], n: number): PlainDate =>
  unit === 'week' ? addDays(from, 7 * amount * n) : addMonths(from, amount * n);
