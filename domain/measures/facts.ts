import { countWorkingDays, ifPublished, lastCovered, type Calendar } from '../time/calendar.js';
import type { Capital, CaseOutcome, Lane } from '../case/case/words.js';
import type { DossierDocument, ProcedureOutcome } from '../case/procedure/words.js';
import type { SupplementGround } from '../case/supplement/words.js';
import type { Law } from '../law/law.js';
import type { CaseState } from '../case/state.js';
import { openFactQuestions } from '../case/fact/state.js';
import type { ConsultationState, OpinionState } from '../case/consultation/state.js';
import { factsBehind, latestAttempt } from '../case/procedure/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import { isGranted, isRevoked } from '../case/issued/state.js';
import { effectiveEntries, walkLedger, type Budget, type ClockEntry } from '../time/clock.js';
import { handlingOf, type Handling } from './automation.js';
import type { CarriedFiling } from './carried.js';
import { countedFor, measureCase, type CaseMeasures } from './days.js';
import type { HolderClass } from './holders.js';
import { interruptionsOf, type Interruption } from './interruptions.js';
import { measuredLane } from './lane.js';
import { shortestCityBaseline, type BaselineKind } from './reduction.js';
import type { ResolvedProcedure } from '../law/procedure.js';
import { readKnownTerm, readTerm, termsOf, type Term } from '../case/promise/terms.js';
import { dateOf, type Instant, type PlainDate } from '../time/instants.js';

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

export type TargetState = 'at-risk' | 'missed';

/** One attempt at a procedure in figures. Days are working dates of its own calendar, except `consumedDays` and the budgets (the budget's unit). */
export interface ProcedureFact {
  readonly scope: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly version: string;
  readonly competentAgency: string;
  readonly agency: string;
  readonly cityControlled: boolean;
  readonly filedOn: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly decidedOn: PlainDate | null;
  readonly closedOn: PlainDate | null;
  readonly outcome: ProcedureOutcome | null;
  readonly budgetUnit: Budget['unit'];
  readonly statutoryDays: number;
  /** null where nothing shorter than the law was promised. */
  readonly promisedDays: number | null;
  readonly ambitionDays: number | null;
  readonly extensions: number;
  readonly supplements: number;
  /** While the clock runs, and where it was broken before the investor got the file back. */
  readonly dueDate: PlainDate | null;
  readonly breachedOn: PlainDate | null;
  readonly target30: TargetState | null;
  readonly target30Due: PlainDate | null;
  readonly target40: TargetState | null;
  readonly target40Due: PlainDate | null;
  /** From here on null until it is closed. Days the agency used of its term. */
  readonly consumedDays: number | null;
  /** Dates the agency held it, from the start of its clock to the end of its term. */
  readonly netDays: number | null;
  /** From the first filing to the end of the term, whoever held it. */
  readonly grossDays: number | null;
  readonly suspendedDays: number | null;
  /** Decided within the term; a breach counts as late however it ended; null: ended without a decision, and in time. */
  readonly onTime: boolean | null;
  /** The same without extensions, from the filing that proved valid, and with the days that a restart discarded. */
  readonly onTimeStrict: boolean | null;
  readonly within30: boolean | null;
  readonly within40: boolean | null;
  readonly stepsFull: number;
  readonly stepsAssisted: number;
  readonly stepsManual: number;
  /** Of decided ones, by the substantive steps that were done. */
  readonly handled: Handling | null;
  readonly doneByMachine: number;
  readonly doneAssisted: number;
  readonly doneByPerson: number;
  /** Documents that the definition asks for, and how many of them a register of the State gave. */
  readonly documents: number;
  readonly onceOnly: number;
  /** Through the portal; null where nothing was to be filed. */
  readonly filedOnline: boolean | null;
}

/**
 * What one agency did in a case, one row each: days it held the path, an answer it owed, work sent back to it, and whatever stopped or moved a clock:
 * a suspension, a dossier sent back (form 02) or refused (form 03) at the counter, an extension.
 */
export interface AgencyFact {
  readonly kind: 'holding' | 'opinion' | 'return' | Interruption;
  readonly agency: string;
  readonly on: PlainDate;
  /** Of holdings: whose days they are. */
  readonly class: HolderClass | null;
  /** Of holdings, suspensions that have ended and extensions: how many working dates; of an extension, days of the term. */
  readonly days: number | null;
  /** Of suspensions. */
  readonly ground: SupplementGround | null;
  /** Of opinions. `late`: it came after silence had stood for it. */
  readonly result: 'in-time' | 'late' | 'silent' | null;
}

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

/** What a filing says of the project beside what its case rests on; null where it was erased, or says nothing. */
export interface Filed {
  readonly field: string | null;
  readonly jobs: number | null;
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

// The case ----------------------------------------------------------------------------------------------------------------------------------

type Measured = CaseMeasures | 'calendar-unknown' | null;

/** null: nothing to measure yet. A date that no calendar covers is no reason to stop counting everybody else. */
function measuresOf(
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

const known = (measured: Measured): CaseMeasures | null => (typeof measured === 'string' ? null : measured);

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

function caseFact(
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
  const { lane, decidedLate } = measuredLane(state);
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

const heldBy = ({ spans }: CaseMeasures, counts: (span: CaseMeasures['spans'][number]) => boolean): number =>
  spans.filter(counts).reduce((sum, { workingDays }) => sum + workingDays, 0);

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

// A procedure -------------------------------------------------------------------------------------------------------------------------------

function procedureFact(state: CaseState, procedure: ProcedureState, law: Law): ProcedureFact {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const terms = termsOf(procedure);
  const { statutory, promised, ambition } = terms;
  const reading = readingOf(law, procedure, statutory);
  const automation = (level: string) => resolved.steps.filter((step) => step.automation === level).length;
  return {
    scope: procedure.scope,
    procedure: procedure.procedure,
    attempt: procedure.attempt,
    version: procedure.version,
    competentAgency: procedure.competentAgency,
    agency: procedure.handlingAgency,
    cityControlled: procedure.cityControlled,
    filedOn: dayOf(procedure.filings[0]?.at),
    receivedOn: dayOf(procedure.receivedAt),
    decidedOn: dayOf(procedure.decision?.at),
    closedOn: dayOf(procedure.closed?.at),
    outcome: procedure.closed?.outcome ?? null,
    budgetUnit: procedure.budget.unit,
    statutoryDays: procedure.budget.amount,
    promisedDays: procedure.promise ? promised.budget.amount : null,
    ambitionDays: procedure.promise ? ambition.budget.amount : null,
    extensions: procedure.extensions,
    supplements: procedure.supplements.length,
    dueDate: reading && reading.state !== 'stopped' ? reading.dueDate : null,
    breachedOn: reading?.breachedOn ?? null,
    ...targetOf('target30', procedure, law, promised),
    ...targetOf('target40', procedure, law, ambition),
    ...spent(procedure, law),
    onTime: inTime(law, procedure, statutory),
    onTimeStrict: inTime(law, procedure, { budget: procedure.budget, ledger: strictLedger(procedure) }),
    within30: procedure.promise ? inTime(law, procedure, promised) : null,
    within40: procedure.promise ? inTime(law, procedure, ambition) : null,
    stepsFull: automation('full'),
    stepsAssisted: automation('assisted'),
    stepsManual: automation('manual'),
    ...handlingOf(procedure, resolved, law),
    ...documentsOf(state, procedure, resolved),
  };
}

const dayOf = (at: Instant | null | undefined): PlainDate | null => (at ? dateOf(at) : null);

/** As the last entry of the ledger left it, as far as a calendar covers it; null before the start. */
function readingOf(law: Law, { calendar, ledger }: ProcedureState, term: Term) {
  const last = ledger.at(-1);
  return last ? readKnownTerm(law.calendar(calendar), term, last.at) : null;
}

/** Where a promised term of an open procedure stands, by the events that said so; an extension lets an old warning lapse. */
function targetOf<N extends 'target30' | 'target40'>(
  name: N,
  procedure: ProcedureState,
  law: Law,
  term: Term,
): Record<N, TargetState | null> & Record<`${N}Due`, PlainDate | null> {
  const said = (event: string) => procedure.rungs.find((rung) => rung.startsWith(`${name}${event}@`))?.split('@')[1];
  const none = { [name]: null, [`${name}Due`]: null };
  const give = (found: object) => found as Record<N, TargetState | null> & Record<`${N}Due`, PlainDate | null>;
  if (!procedure.promise || procedure.closed || procedure.ledger.at(-1)?.type === 'stop') return give(none);
  const missed = said('Missed');
  if (missed !== undefined) return give({ [name]: 'missed', [`${name}Due`]: missed });
  const due = readingOf(law, procedure, term)?.dueDate;
  const warned = procedure.rungs.findLast((rung) => rung.startsWith(`${name}AtRisk@`))?.split('@')[1];
  if (warned === undefined || (due && due !== warned)) return give(none);
  return give({ [name]: 'at-risk', [`${name}Due`]: warned });
}

type Spent = Pick<ProcedureFact, 'consumedDays' | 'netDays' | 'grossDays' | 'suspendedDays'>;

/** Days of a procedure that was decided; whoever was never told anything has no processing time. */
function spent(procedure: ProcedureState, law: Law): Spent {
  const none = { consumedDays: null, netDays: null, grossDays: null, suspendedDays: null };
  const { ledger, decision, closed, budget } = procedure;
  const [start, stop] = [ledger[0], ledger.at(-1)];
  if (!decision || !closed || !start || stop?.type !== 'stop') return none;
  const calendar = law.calendar(procedure.calendar);
  const found = ifPublished((): Spent => {
    const { spans } = walkLedger(calendar, budget, ledger);
    const held = (holder: 'agency' | 'investor') =>
      spans
        .filter((span) => span.holder === holder)
        .reduce((sum, { after, through }) => sum + countWorkingDays(calendar, after, through ?? after), 0);
    return {
      consumedDays: readTerm(calendar, { budget, ledger }, stop.at).consumed,
      netDays: held('agency'),
      grossDays: daysSinceFiling(calendar, procedure, start.at, stop.at),
      suspendedDays: held('investor'),
    };
  });
  return found ?? none;
}

function daysSinceFiling(calendar: Calendar, { filings }: ProcedureState, start: Instant, stop: Instant): number {
  const filed = filings[0]?.at ?? start;
  const from = Date.parse(filed) < Date.parse(start) ? filed : start;
  return countWorkingDays(calendar, dateOf(from), dateOf(stop));
}

/** See `ProcedureFact.onTime`. */
function inTime(law: Law, procedure: ProcedureState, term: Term): boolean | null {
  if (!procedure.closed) return null;
  const reading = readingOf(law, procedure, term);
  if (reading === null) return null;
  if (reading.breachedOn !== null) return false;
  if (reading.countedThrough !== null) return null;
  return procedure.decision ? true : null;
}

/**
 * The ledger as the law reads it where it is hardest for the agency: from the filing that proved valid (Decree 96/2026/NĐ-CP, Art. 39.3) instead of the
 * receipt, without extensions, and where the term began anew, going on.
 */
function strictLedger({ ledger, filings, receivedAt, startsFrom }: ProcedureState): ClockEntry[] {
  const before = filings.filter(({ at }) => receivedAt !== null && Date.parse(at) <= Date.parse(receivedAt)).at(-1);
  return effectiveEntries(ledger).flatMap((entry): ClockEntry[] => {
    if (entry.type === 'extend') return [];
    if (entry.type === 'start' && startsFrom === 'valid-dossier') return [{ ...entry, at: before?.at ?? entry.at }];
    return [entry.type === 'restart' ? { ...entry, type: 'resume' } : entry];
  });
}

function documentsOf(
  { managed }: CaseState,
  { filings, extracts = {} }: ProcedureState,
  resolved: ResolvedProcedure,
): Pick<ProcedureFact, 'documents' | 'onceOnly' | 'filedOnline'> {
  const given = filings.flatMap((filing) => filing.documents);
  const fetched = ({ code, obtainedFrom }: DossierDocument): boolean => {
    const extract = extracts[code];
    // Filed before registers were asked: as it was marked then.
    return extract ? extract.obtained !== null && extract.paperAt === null : obtainedFrom !== null;
  };
  const onceOnly = new Set(given.filter(fetched).map(({ code }) => code));
  const uploaded = given.some(({ documentId }) => documentId !== null);
  return {
    documents: resolved.documents.length,
    onceOnly: onceOnly.size,
    // Imported history came from elsewhere.
    filedOnline: uploaded ? managed : null,
  };
}

// Agencies ----------------------------------------------------------------------------------------------------------------------------------

/** How many days of the path each holder had, once the case has ended. */
function holdings({ closed }: CaseState, measured: Measured): AgencyFact[] {
  const measures = known(measured);
  if (!measures) return [];
  const on = measures.reached ? measures.through : dateOf(closed?.at ?? measures.through);
  const holders = new Map(measures.spans.map((span) => [span.holder, span.class]));
  return [...holders].map(([agency, kind]) => ({
    kind: 'holding',
    agency,
    on,
    class: kind,
    days: heldBy(measures, (span) => span.holder === agency),
    ground: null,
    result: null,
  }));
}

/** Every question that was answered or fell silent, in the round that asked it. */
function opinions(state: CaseState): AgencyFact[] {
  return Object.values(state.consultations).flatMap((consultation) =>
    Object.values(consultation.opinions).flatMap((opinion) => opinionFact(consultation, opinion) ?? []),
  );
}

function opinionFact({ openedAt }: ConsultationState, opinion: OpinionState): AgencyFact | undefined {
  const { agency, lapsed, answeredAt, late } = opinion;
  const ended = lapsed?.at ?? answeredAt;
  // An answer carried over from an earlier round was counted there.
  if (ended === null || Date.parse(ended) < Date.parse(openedAt)) return undefined;
  const result = lapsed ? (answeredAt === null ? 'silent' : 'late') : late ? 'late' : 'in-time';
  return { kind: 'opinion', agency, on: dateOf(ended), class: null, days: null, ground: null, result };
}

function returns(state: CaseState, law: Law): AgencyFact[] {
  return Object.values(state.procedures).flatMap((procedure) => {
    const { steps } = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
    return procedure.returns.map(({ step, at }): AgencyFact => ({
      kind: 'return',
      agency: steps.find(({ code }) => code === step)?.agency ?? procedure.handlingAgency,
      on: dateOf(at),
      class: null,
      days: null,
      ground: null,
      result: null,
    }));
  });
}

// Satisfaction ------------------------------------------------------------------------------------------------------------------------------

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

// Figures -----------------------------------------------------------------------------------------------------------------------------------

/** A part of a whole, 0..1 with four decimals; null where there is nothing to take a part of. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
