import type { Capital, CaseOutcome, Lane } from '../case/case/words.js';
import { openFactQuestions } from '../case/fact/state.js';
import { isGranted, isRevoked } from '../case/issued/state.js';
import { latestAttempt } from '../case/procedure/state.js';
import { termsOf } from '../case/promise/terms.js';
import type { CaseState } from '../case/state.js';
import type { Law } from '../law/law.js';
import { countWorkingDays, lastCovered } from '../time/calendar.js';
import { dateOf, type PlainDate } from '../time/instants.js';
import type { CarriedFiling } from './carried.js';
import { type CaseMeasures, countedFor, measureCase } from './days.js';
import { measuredLane } from './lane.js';
import { readingOf } from './procedure-facts.js';
import { type BaselineKind, shortestCityBaseline } from './reduction.js';

/** Why the days of a case are not set against its baseline. */
export const exclusions = [
  'adjustment',
  'calendar-unknown',
  'city-baseline-short',
  'city-baseline-unknown',
  'deferred',
  'facts-open',
  'lane-undecided',
  'no-baseline',
  'refused',
  'result-revoked',
  'standard-lane',
  'withdrawn',
] as const;
export type Exclusion = (typeof exclusions)[number];

/**
 * One case in figures. Days are working dates of the case's calendar. Nothing here depends on when it was computed: what is not settled yet is
 * null.
 */
export interface CaseFact {
  readonly kind: CaseState['kind'];
  /** The lane in which it counts: see `measuredLane`. */
  readonly lane: Lane | null;
  /** The lane was decided otherwise once the first decision of a procedure was known: it changes no figure. */
  readonly laneDecidedLate: boolean;
  readonly pathway: string;
  readonly zone: string | null;
  readonly milestone: CaseState['milestone'];
  /** It changes a licensed project: no project is licensed by it. */
  readonly adjustment: boolean;
  readonly openedOn: PlainDate;
  /** Of the first filing of the same project, where an earlier one ended without an approval. */
  readonly firstFiledOn: PlainDate;
  readonly closedOn: PlainDate | null;
  /** `approved-in-part`: a mandatory approval was put off. */
  readonly outcome: CaseOutcome | 'approved-in-part' | null;
  /** The last mandatory `licence` approval. */
  readonly licensedOn: PlainDate | null;
  readonly licenceGrossDays: number | null;
  readonly licenceNetDays: number | null;
  /** The milestone on which the case is compared with its baseline. */
  readonly reachedOn: PlainDate | null;
  /** Reached, or closed without: from then on its figures count. */
  readonly endedOn: PlainDate | null;
  /** The day on which the baseline would have ended. */
  readonly baselineEndsOn: PlainDate | null;
  /** What it is set against: durations of today where the City had published them all, else the law. */
  readonly baseline: BaselineKind;
  readonly baselineDays: number;
  /** null: not known, and no figure of it is published. */
  readonly cityBaselineDays: number | null;
  /** By law, whatever it is set against. */
  readonly lawBaselineDays: number;
  readonly lawCityBaselineDays: number | null;
  /** From the first filing, whoever held it. */
  readonly grossDays: number | null;
  readonly netDays: number | null;
  readonly investorDays: number | null;
  readonly centralDays: number | null;
  /** A part of `netDays`. */
  readonly conferenceDays: number | null;
  /** All dates of the path that the investor did not hold, and the longest chain of the City: what `wholeReduction` and `cityReduction` are made of. */
  readonly wholeDays: number | null;
  readonly cityDays: number | null;
  /** The same also where it ended without: what a case that is left out has taken at least. */
  readonly endedWholeDays: number | null;
  readonly endedCityDays: number | null;
  readonly wholeReduction: number | null;
  readonly cityReduction: number | null;
  /** The smaller of the two; null where anything excludes it. */
  readonly reduction: number | null;
  /** Filings of the same project before this one that ended without an approval. */
  readonly refilings: number;
  /** Terms of the law that were broken, in them too. */
  readonly brokenTerms: number;
  readonly exclusions: readonly Exclusion[];
  /** Figures behind the baseline, and procedures on the path, that rest on no text read. */
  readonly unverified: readonly string[];
  /** ISO 3166-1 alpha-2, as the investor stated it. */
  readonly country: string | null;
  /** By that country. */
  readonly investorClass: 'domestic' | 'foreign' | null;
  /** As filed; null where the filing was erased. */
  readonly field: string | null;
  /** People whom the project means to employ after three years, as filed. */
  readonly jobs: number | null;
  readonly capitalUsd: string | null;
  readonly capitalVnd: string | null;
  readonly foreignShare: number | null;
  /** When the capital was registered. */
  readonly fdiRegisteredOn: PlainDate | null;
}

/** What a filing says of the project beside what its case rests on; null where it was erased, or says nothing. */
export interface Filed {
  readonly field: string | null;
  readonly jobs: number | null;
}

export type Measured = CaseMeasures | 'calendar-unknown' | null;

/** null: nothing to measure yet. A date that no calendar covers is no reason to stop counting everybody else. */
export function measuresOf(
  state: CaseState,
  law: Law,
  carried: readonly CarriedFiling[],
  milestone = state.milestone,
): Measured {
  if (countedFor(state, milestone).length === 0) return null;
  const { caseCalendar: calendar, commandedByCity } = law;
  const asOf = state.closed?.at ?? state.openedAt;
  const measures = measureCase({ state, calendar, commandedByCity, asOf, milestone, carried });
  if (!measures.reached && !state.closed) return null;
  return measures.countedThrough === null ? measures : 'calendar-unknown';
}

/** The figures, where there are any. */
export const known = (measured: Measured): CaseMeasures | null => (typeof measured === 'string' ? null : measured);

/** What a filing that ended without an approval that stands leaves to the next one of the same project; null where it was never measured. */
export function carriedFrom(state: CaseState, law: Law): CarriedFiling | null {
  const measures = known(measuresOf(state, law, []));
  if (!measures || !state.closed) return null;
  if (state.closed.outcome === 'approved' && !isTakenBack(state)) return null;
  const { wholeDays, cityDays, baselineDays, cityBaselineDays, filedOn, byLaw } = measures;
  const { reductions: _reductions, ...baselineByLaw } = byLaw;
  const days = { wholeDays, cityDays, baselineDays, cityBaselineDays, byLaw: baselineByLaw };
  return { case: state.code, filedOn, ...days, brokenTerms: brokenTermsOf(state, law) };
}

/** Terms of the law that were broken, of procedures the project needs. */
const brokenTermsOf = (state: CaseState, law: Law): number =>
  Object.values(state.procedures).filter((procedure) => {
    return procedure.mandatory && (readingOf(law, procedure, termsOf(procedure).statutory)?.breachedOn ?? null);
  }).length;

/** The case in figures; see `factsOf`. */
export function caseFact(
  state: CaseState,
  law: Law,
  measured: Measured,
  carried: readonly CarriedFiling[],
  { field, jobs }: Filed,
): CaseFact {
  const measures = known(measured);
  const reached = measures?.reached === true ? measures : null;
  const trial = state.kind === 'sandbox';
  const licence = trial || isPutOff(state, 'licence') ? null : known(measuresOf(state, law, carried, 'licence'));
  const withdrawn = countedFor({ ...state, deferred: {} }, 'licence').some((item) => revokedIn(state, item.procedure));
  const licensed = licence?.reached === true && !withdrawn ? licence : null;
  const closedOn = state.closed && dateOf(state.closed.at);
  const { lane, decidedLate } = measuredLane(state, law);
  const reasons = !trial && (reached || closedOn) ? exclusionsOf(state, measured, lane) : [];
  const adjustment = state.adjusts !== null;
  const openedOn = dateOf(state.openedAt);
  const firstFiledOn = carried.reduce((first, { filedOn }) => (filedOn < first ? filedOn : first), openedOn);
  const grossOf = (one: CaseMeasures | null): number | null =>
    one && countWorkingDays(law.caseCalendar, lastCovered(law.caseCalendar, firstFiledOn), one.through);
  return {
    kind: state.kind,
    lane,
    laneDecidedLate: decidedLate,
    pathway: state.pathway,
    zone: zoneOf(state),
    milestone: state.milestone,
    adjustment,
    openedOn,
    firstFiledOn,
    closedOn,
    outcome: outcomeOf(state),
    licensedOn: licensed?.through ?? null,
    licenceGrossDays: grossOf(licensed),
    licenceNetDays: licensed?.netDays ?? null,
    reachedOn: reached?.through ?? null,
    endedOn: reached?.through ?? closedOn,
    baselineEndsOn: trial ? null : (state.baseline.observed ?? state.baseline).endDate,
    baseline: !trial && state.baseline.observed ? 'observed' : 'law',
    baselineDays: trial ? 0 : (measures?.baselineDays ?? (state.baseline.observed ?? state.baseline).days),
    cityBaselineDays: trial ? null : (measures?.cityBaselineDays ?? null),
    lawBaselineDays: trial ? 0 : (measures?.byLaw.baselineDays ?? state.baseline.days),
    lawCityBaselineDays: trial ? null : (measures?.byLaw.cityBaselineDays ?? null),
    grossDays: grossOf(reached),
    netDays: reached?.netDays ?? null,
    investorDays: reached?.investorDays ?? null,
    centralDays: reached?.centralDays ?? null,
    conferenceDays: reached?.conferenceDays ?? null,
    wholeDays: reached?.wholeDays ?? null,
    cityDays: reached?.cityDays ?? null,
    endedWholeDays: trial ? null : (measures?.wholeDays ?? null),
    endedCityDays: trial ? null : (measures?.cityDays ?? null),
    wholeReduction: reached?.reductions.whole ?? null,
    cityReduction: reached?.reductions.city ?? null,
    reduction: reasons.length > 0 ? null : (reached?.reduction ?? null),
    refilings: carried.length,
    brokenTerms: trial ? 0 : carried.reduce((sum, one) => sum + one.brokenTerms, brokenTermsOf(state, law)),
    exclusions: reasons,
    unverified: reached ? unverifiedOf(state, reached) : [],
    ...investorOf(state),
    field,
    jobs,
    ...capitalOf(state.capital),
    fdiRegisteredOn: adjustment ? null : registeredOn(state, licensed),
  };
}

/** An approval that the milestone waits for was put off by the investor: nothing that hangs on all of them is reached. */
function isPutOff(state: CaseState, milestone: CaseState['milestone']): boolean {
  return countedFor({ ...state, deferred: {} }, milestone).some(({ procedure }) => procedure in state.deferred);
}

const outcomeOf = (state: CaseState): CaseFact['outcome'] => {
  const outcome = state.closed?.outcome ?? null;
  return outcome === 'approved' && isPutOff(state, state.milestone) ? 'approved-in-part' : outcome;
};

/** An approval that it waited for was taken back: whoever files the project again begins from nothing. */
const isTakenBack = (state: CaseState): boolean =>
  countedFor({ ...state, deferred: {} }, state.milestone).some(({ procedure }) => revokedIn(state, procedure));

/** Its last result was taken back. */
function revokedIn(state: CaseState, code: string): boolean {
  const attempt = latestAttempt(state, code);
  return attempt !== undefined && isRevoked(attempt);
}

function exclusionsOf(state: CaseState, measured: Measured, lane: Lane | null): Exclusion[] {
  const measures = known(measured);
  const reached = measures?.reached === true;
  const outcome = state.closed?.outcome;
  const counts = countedFor({ ...state, deferred: {} }, state.milestone);
  const nothing = state.baseline.days === 0 || counts.length === 0;
  const ofCity = measures?.cityBaselineDays ?? null;
  const applies: Record<Exclusion, boolean> = {
    adjustment: state.adjusts !== null,
    'calendar-unknown': measured === 'calendar-unknown',
    'city-baseline-short': reached && !nothing && ofCity !== null && ofCity < shortestCityBaseline,
    'city-baseline-unknown': reached && !nothing && ofCity === null,
    deferred: isPutOff(state, state.milestone),
    // What nobody has confirmed makes no saving, and hides no loss.
    'facts-open': openFactQuestions(state).length > 0 && !(reached && (measures?.reduction ?? 1) <= 0),
    'lane-undecided': lane === 'undecided',
    'no-baseline': nothing,
    refused: !reached && outcome === 'refused',
    'result-revoked': isTakenBack(state),
    'standard-lane': lane === 'standard',
    withdrawn: !reached && outcome === 'withdrawn',
  };
  return exclusions.filter((reason) => applies[reason]);
}

function unverifiedOf(state: CaseState, { path }: CaseMeasures): string[] {
  const onPath = state.plan.filter(({ procedure, verified }) => !verified && path.includes(procedure));
  return [...new Set([...state.unverified, ...onPath.map(({ procedure }) => procedure)])].sort();
}

/** The zone in which it is to stand, where the filing names one. */
export const zoneOf = ({ facts }: CaseState): string | null => {
  const zone = facts['project.site.zone'];
  return typeof zone === 'string' ? zone : null;
};

const investorOf = ({ facts }: CaseState): Pick<CaseFact, 'country' | 'investorClass'> => {
  const stated = facts['investor.country'];
  const country = typeof stated === 'string' ? stated : null;
  return { country, investorClass: country === null ? null : country === 'VN' ? 'domestic' : 'foreign' };
};

const capitalOf = (capital: Capital | null): Pick<CaseFact, 'capitalUsd' | 'capitalVnd' | 'foreignShare'> => ({
  capitalUsd: capital?.totalUsd ?? null,
  capitalVnd: capital?.totalVnd ?? null,
  foreignShare: capital?.foreignShare ?? null,
});

/** The investment registration certificate registers the capital, until it is taken back; where the law asks for none, the last licence does. */
function registeredOn(state: CaseState, licensed: CaseMeasures | null): PlainDate | null {
  const certificate = ({ procedure }: { readonly procedure: string }) => procedure.startsWith('irc-');
  if (!state.plan.some(certificate)) return licensed?.through ?? null;
  const approved = Object.values(state.procedures)
    .filter((one) => certificate(one) && isGranted(one))
    .map(({ closed }) => dateOf(closed?.at ?? ''));
  return approved.sort()[0] ?? null;
}
