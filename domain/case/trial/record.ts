import { countWorkingDays, ifPublished } from '../../time/calendar.js';
import type { Law } from '../../law/law.js';
import type { CaseState } from '../state.js';
import type { DutyState } from '../duty/state.js';
import { type HoldState, type TrialState, admissionOf } from './state.js';
import type { Phase } from './phases.js';
import type { Ending, TrialLimit, TrialTerms } from '../../law/trial-terms.js';
import { addDays, dateOf, startOf, type Instant, type PlainDate } from '../../time/instants.js';

/** What anybody may know of the conditions: areas by name, limits with their bounds, how often it is reported. */
export interface PublicConditions {
  readonly areas: readonly { readonly name: TrialTerms['areas'][number]['name']; readonly site: string }[];
  readonly limits: readonly PublicLimit[];
  readonly reportEvery: TrialTerms['reportEvery'];
  readonly dataLocation: TrialTerms['dataLocation'];
}

/** A limit without how it is watched. Bounds on money are the participant's business: that there is one is all that is said. */
export type PublicLimit = Pick<TrialLimit, 'code' | 'name' | 'unit'> &
  Partial<Pick<TrialLimit, 'min' | 'max' | 'inclusive' | 'values'>>;

/** One trial in a row, from its filing on: for lists, the public register and the leaders. Nothing depends on when it was computed. */
export interface TrialRecord {
  readonly regime: string;
  readonly version: string;
  readonly field: string;
  readonly phase: Phase;
  readonly authority: string;
  readonly supervises: string;
  /** Who applied, by registration number: one enterprise may try several things. */
  readonly enterprise: string;
  readonly filedOn: PlainDate;
  /** The last decision about its admission. */
  readonly decidedOn: PlainDate | null;
  /** Working days of the case's calendar from the filing; null also where nobody has published that calendar. */
  readonly decisionDays: number | null;
  /** Refused, found to fit no regime, or withdrawn before its admission; null while it is open, and once it was admitted. */
  readonly notAdmitted: 'refused' | 'withdrawn' | null;
  readonly notAdmittedOn: PlainDate | null;
  /** Of the admission; the public register knows the trial by it. */
  readonly dossierCode: string | null;
  readonly admittedOn: PlainDate | null;
  readonly startedOn: PlainDate | null;
  readonly until: PlainDate | null;
  readonly endedOn: PlainDate | null;
  readonly ending: Ending | null;
  readonly transitionUntil: PlainDate | null;
  readonly certificate: string | null;
  readonly sites: readonly string[];
  readonly conditions: PublicConditions | null;
  readonly extensions: number;
  readonly holds: number;
  readonly incidents: number;
  readonly lastReportOn: PlainDate | null;
  /** Reports whose date is past, that have not come and still may. */
  readonly reportsOverdue: number;
}

/** One thing that happened in a trial, on a day: what the leaders count. */
export interface TrialFact {
  readonly kind: 'hold' | 'incident' | 'report' | 'lesson';
  readonly on: PlainDate;
  /** Of a hold `limit` or `incident`, of an incident its severity (`unreported` where it never was), of a report its duty, of a lesson the act. */
  readonly subject: string;
  /** Of a hold where it stands (`dropped`: the trial ended first); of incidents and reports `in-time`, `late` or `owed`; of a lesson the article. */
  readonly result: string;
}

/** undefined for a case that is no trial. */
export function trialRecordOf(state: CaseState, law: Law): TrialRecord | undefined {
  const { trial } = state;
  if (!trial) return undefined;
  const admission = admissionOf(state);
  const filedOn = dateOf(state.openedAt);
  const decidedOn = dayOf(admission?.decision?.at);
  const duties = Object.values(state.duties).filter(isReport);
  const reports = duties.filter(({ code }) => code === 'trial-report');
  return {
    regime: trial.regime,
    version: trial.version,
    field: trial.field,
    phase: trial.phase,
    authority: trial.authority,
    supervises: trial.supervises,
    enterprise: state.investor.organisation ?? state.investor.personId,
    filedOn,
    decidedOn,
    decisionDays:
      decidedOn === null ? null : (ifPublished(() => countWorkingDays(law.caseCalendar, filedOn, decidedOn)) ?? null),
    ...notAdmitted(state, trial),
    dossierCode: admission?.dossierCode ?? null,
    admittedOn: trial.from,
    startedOn: dayOf(trial.startedAt),
    until: trial.until,
    endedOn: dayOf(trial.endedAt),
    ending: trial.ending,
    transitionUntil: trial.transitionUntil,
    certificate: trial.certificate,
    sites: [...new Set((trial.terms?.areas ?? []).map(({ site }) => site))].sort(),
    conditions: trial.terms && conditionsOf(trial.terms),
    extensions: trial.extensions,
    holds: Object.keys(trial.holds).length,
    incidents: Object.keys(trial.incidents).length,
    lastReportOn: dayOf(
      reports
        .flatMap(({ metAt }) => metAt ?? [])
        .sort()
        .at(-1),
    ),
    reportsOverdue: duties.filter((duty) => duty.metAt === null && duty.missed && mayStillCome(duty, trial)).length,
  };
}

const dayOf = (at: Instant | null | undefined): PlainDate | null => (at ? dateOf(at) : null);

/** Nobody files a final report of a trial that has ended, nor anything of one that is over. */
const mayStillCome = ({ code }: DutyState, { ending, phase }: TrialState): boolean =>
  phase !== 'over' && (code === 'trial-report' || ending === null);

const isReport = ({ code }: DutyState): boolean => code === 'trial-report' || code === 'trial-final-report';

/** A trial that its decision refused stays refused however the case is closed later; it may be filed anew as long as the case is open. */
function notAdmitted(state: CaseState, trial: TrialState): Pick<TrialRecord, 'notAdmitted' | 'notAdmittedOn'> {
  const { closed } = state;
  const admission = admissionOf(state);
  const refused = admission?.closed?.outcome === 'refused' ? admission.decision : null;
  if (trial.from !== null) return { notAdmitted: null, notAdmittedOn: null };
  if (refused) return { notAdmitted: 'refused', notAdmittedOn: dateOf(refused.at) };
  if (closed)
    return { notAdmitted: closed.outcome === 'withdrawn' ? 'withdrawn' : 'refused', notAdmittedOn: dateOf(closed.at) };
  return { notAdmitted: null, notAdmittedOn: null };
}

function conditionsOf({ areas, limits, reportEvery, dataLocation }: TrialTerms): PublicConditions {
  return {
    areas: areas.map(({ name: { vi, en }, site }) => ({ name: { vi, en }, site })),
    limits: limits.map(publicLimit),
    reportEvery,
    dataLocation,
  };
}

function publicLimit({ code, name: { vi, en }, unit, min, max, inclusive, values }: TrialLimit): PublicLimit {
  const limit = { code, name: { vi, en }, unit };
  if (isMoney(unit)) return limit;
  return {
    ...limit,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(inclusive === undefined ? {} : { inclusive }),
    ...(values === undefined ? {} : { values }),
  };
}

/** `VND`, `VND/day`, `USD` */
const isMoney = (unit: string): boolean => /^(vnd|usd|eur|đ|đồng|\$)\b|^₫/i.test(unit);

/** What the leaders count of one trial, in the order in which it is kept. */
export function trialFactsOf(state: CaseState): TrialFact[] {
  const { trial } = state;
  if (!trial) return [];
  return [...holds(trial), ...incidents(trial), ...reports(state), ...lessons(trial)];
}

const holds = (trial: TrialState): TrialFact[] =>
  Object.values(trial.holds).map((hold) => ({
    kind: 'hold',
    on: dateOf(hold.placedAt),
    subject: hold.cause.kind,
    result: hold.status === 'lapsed' && wasDropped(trial, hold) ? 'dropped' : hold.status,
  }));

/** The end of the trial came before anybody had to confirm it: nobody failed to. */
function wasDropped({ until, endedAt }: TrialState, { confirmBy }: HoldState): boolean {
  const ends = [...(endedAt === null ? [] : [endedAt]), ...(until === null ? [] : [startOf(addDays(until, 1))])];
  return ends.some((end) => Date.parse(end) < Date.parse(confirmBy));
}

/** An incident counts on the day of its report; one that was not reported, on the day by which it was due. */
const incidents = ({ incidents: all }: TrialState): TrialFact[] =>
  Object.values(all).map(({ reportBy, reportedAt, severity, missed }) => ({
    kind: 'incident',
    on: dateOf(reportedAt ?? reportBy),
    subject: severity ?? 'unreported',
    result:
      missed || (reportedAt !== null && Date.parse(reportedAt) > Date.parse(reportBy))
        ? 'late'
        : reportedAt === null
          ? 'owed'
          : 'in-time',
  }));

/** A report counts on the day by which it is due. */
function reports({ duties }: CaseState): TrialFact[] {
  return Object.values(duties).flatMap((duty): TrialFact[] => {
    const { code: subject, dueDate: on, metAt, missed } = duty;
    if (!isReport(duty) || on === null) return [];
    return [{ kind: 'report', on, subject, result: missed ? 'late' : metAt === null ? 'owed' : 'in-time' }];
  });
}

const lessons = ({ finalReport }: TrialState): TrialFact[] =>
  (finalReport?.lessons ?? []).map(({ act, article }) => ({
    kind: 'lesson',
    on: dateOf(finalReport?.at ?? ''),
    subject: act,
    result: article,
  }));
