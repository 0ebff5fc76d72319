import { publishingSteps, sendingSteps } from '../../law/agency-systems.js';
import { ifPublished } from '../../time/calendar.js';
import { instantByDueDate, type RungInstant } from '../../time/ladder.js';
import { dutyDate, reportPeriods, repeatedDate } from '../../law/duty-dates.js';
import type { DutyDefinition } from '../../law/procedure.js';
import { evaluate } from '../../law/rules.js';
import { addDays, dateOf, laterOf, startOf, type Instant, type PlainDate } from '../../time/instants.js';
import { validSince } from '../procedure/dossier.js';
import type { PlanItem } from '../case/words.js';
import type { Law } from '../../law/law.js';
import { caseScope, type ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import { isRevoked } from '../issued/state.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import type { DutyState } from './state.js';
import { firstDossierFirst, publication } from './words.js';

/** One duty that the law lays on this case, before or after it begins to run. */
export interface Owed {
  readonly definition: DutyDefinition;
  /** Its first or only time; a later one is `{id}#{n}`, a report `{id}#{period}`. */
  readonly id: string;
  readonly scope: ScopeId;
  readonly agency: string | null;
  readonly calendar: string;
  /** The attempt it comes from; undefined for the pathway's own, and while its procedure is not open. */
  readonly procedure: ProcedureState | undefined;
  readonly version: string | null;
}

/** Every duty of the plan's procedures and of its pathway whose condition holds or is unknown. */
export function* owedIn(state: CaseState, law: Law): Generator<Owed> {
  for (const item of state.plan) {
    const attempts = Object.values(state.procedures).filter(({ procedure }) => procedure === item.procedure);
    for (const procedure of attempts.length > 0 ? attempts : [undefined]) {
      const version = procedure?.version ?? item.version;
      for (const definition of law.definition(version).duties) {
        if (concerns(state, law, definition)) yield owedByProcedure(state, law, item, definition, procedure, version);
      }
    }
  }
  for (const definition of law.pathway(state.pathway).extraDuties) {
    if (!concerns(state, law, definition)) continue;
    const board = state.facts['derived.siteBoard'];
    const agency =
      definition.on === 'investor' ? null : typeof board === 'string' ? law.successorOf(board) : law.laneOwner;
    const calendar = law.caseCalendar.data.code;
    const scope = caseScope(state.code);
    yield { definition, id: definition.code, scope, agency, calendar, procedure: undefined, version: null };
  }
}

function owedByProcedure(
  state: CaseState,
  law: Law,
  item: PlanItem,
  definition: DutyDefinition,
  procedure: ProcedureState | undefined,
  version: string,
): Owed {
  const attempt = procedure?.attempt ?? 1;
  return {
    definition,
    id: attempt === 1 || !ofAttempt(definition) ? definition.code : `${definition.code}~${attempt}`,
    scope: procedure?.scope ?? caseScope(state.code),
    agency: definition.on === 'investor' ? null : law.successorOf(procedure?.handlingAgency ?? item.agency),
    calendar: procedure?.calendar ?? law.caseCalendar.data.code,
    procedure,
    version,
  };
}

/** What begins with a dossier begins anew with the next one; the rest is owed once in a case. */
const ofAttempt = ({ due }: DutyDefinition): boolean =>
  due === null || due.relativeTo === 'receipt' || due.relativeTo === 'first-valid-dossier';

/** The condition of the duty, and of the order of procedures that brings it. */
function concerns(state: CaseState, law: Law, { code, when }: DutyDefinition): boolean {
  if (when !== null && evaluate(when, state.facts) === 'no') return false;
  const orders = law.pathway(state.pathway).orders.filter(({ duty }) => duty === code);
  if (orders.length === 0) return true;
  const laid = (from: string, to: string) =>
    state.plan.some(({ procedure, after }) => procedure === to && after.includes(from));
  return orders.some(({ edges }) => edges.some(([from, to]) => laid(from, to)));
}

// What a duty hangs on ------------------------------------------------------------------------------------------------------------------------

const certificates = ['irc-special', 'irc-ordinary', 'irc-after-approval'] as const;
/** Events of the law that a favourable decision brings about. */
const results: Readonly<Record<string, readonly string[]>> = {
  'irc-issued': certificates,
  'permit-issued': ['construction-permit'],
  'enterprise-registered': ['enterprise-registration'],
  establishment: ['enterprise-registration'],
  recognised: ['high-tech-enterprise-recognition'],
  'period-end': certificates,
};
/** Events that only the investor can tell us of. */
const statements: Readonly<Record<string, string>> = {
  'contract-signed': 'contract-signed',
  commencement: 'commencement-planned',
};

/** Every event that a duty may hang on; a duty of another one would never begin. */
export const anchors: ReadonlySet<string> = new Set([
  'receipt',
  'first-valid-dossier',
  'compensation-plan-or-land-decision',
  ...Object.keys(results),
  ...Object.keys(statements),
]);

/** The first day of what a duty hangs on; undefined while that has not happened. */
export function anchorOf(state: CaseState, law: Law, { definition, procedure, version }: Owed): PlainDate | undefined {
  const { due } = definition;
  const day = (at: Instant | null | undefined) => (at ? dateOf(at) : undefined);
  // A duty without a term: the pathway's begin with its root, those of a procedure with the dossier.
  if (due === null) return version === null ? rootApproved(state) : day(procedure?.receivedAt);
  switch (due.relativeTo) {
    case 'receipt':
      return day(procedure?.receivedAt);
    case 'first-valid-dossier':
      return procedure && version !== null ? day(validSince(procedure, law.definition(version))) : undefined;
    case 'compensation-plan-or-land-decision':
      return procedure && approvedOn(procedure);
  }
  const statement = statements[due.relativeTo];
  if (statement !== undefined) return state.dates[statement] ?? day(state.gatesMet[statement]);
  const days = (results[due.relativeTo] ?? []).flatMap((code) => approvedOn(latestAttempt(state, code)) ?? []);
  return days.sort()[0];
}

/** A result that was taken back brings nothing about from then on. */
const approvedOn = (procedure: ProcedureState | undefined): PlainDate | undefined =>
  procedure?.decision?.outcome === 'approved' && !isRevoked(procedure) ? dateOf(procedure.decision.at) : undefined;

function rootApproved(state: CaseState): PlainDate | undefined {
  const roots = state.plan.filter(
    ({ mandatory, phase, after }) => mandatory && phase === 'licence' && after.length === 0,
  );
  return roots.flatMap(({ procedure }) => approvedOn(latestAttempt(state, procedure)) ?? []).sort()[0];
}

/** The date of a duty that begins now; undefined while it does not, or nobody knows the calendar of that date. */
export function firstDate(state: CaseState, law: Law, owed: Owed): PlainDate | null | undefined {
  const { due } = owed.definition;
  if (due?.relativeTo === 'period-end' || owed.definition.window) return undefined;
  const anchor = anchorOf(state, law, owed);
  if (anchor === undefined) return undefined;
  return due === null ? null : dutyDate(law.calendar(owed.calendar), due, anchor);
}

// What meets a duty by itself -----------------------------------------------------------------------------------------------------------------

type Meets = (state: CaseState, duty: DutyState) => string | undefined;

const of = (state: CaseState, { scope }: DutyState): ProcedureState | undefined => state.procedures[scope];
const stepDone =
  (steps: readonly string[]): Meets =>
  (state, duty) => {
    const step = steps.find((one) => of(state, duty)?.steps[one]?.completedAt);
    return step === undefined ? undefined : `step:${step}`;
  };
const gateMet =
  (gate: string): Meets =>
  (state) =>
    gate in state.gatesMet ? `gate:${gate}` : undefined;
const filed =
  (...codes: readonly string[]): Meets =>
  (state) => {
    const found = codes.find((code) => (latestAttempt(state, code)?.filings.length ?? 0) > 0);
    return found && `procedure:${found}`;
  };

const meetings: Readonly<Record<string, Meets>> = {
  [publication]: stepDone(publishingSteps),
  ...Object.fromEntries(Object.entries(sendingSteps).map(([step, duty]) => [duty, stepDone([step])])),
  'security-deposit': gateMet('deposit-lodged'),
  'security-deposit-special': gateMet('deposit-lodged'),
  'start-within-twelve-months': gateMet('construction-started'),
  'apply-within-ninety-days': filed('technology-transfer-registration'),
  'apply-within-sixty-days': filed('restricted-technology-permit'),
  'direct-registration': filed('tax-registration'),
  // The reception itself takes the site, or is refused.
  [firstDossierFirst]: (state) => (state.site === null ? undefined : 'site'),
  'irc-within-twelve-months': (state) => {
    const issued = certificates.find((code) => approvedOn(latestAttempt(state, code)) !== undefined);
    return issued && `procedure:${issued}`;
  },
  // Whatever is missing was asked for, or nothing is missing.
  'one-request-within-five-days': (state, duty) => {
    const { supplements = [], steps = {}, decision = null } = of(state, duty) ?? {};
    if (supplements[0]) return `supplement:${supplements[0].requestId}`;
    return steps['completeness-check']?.outcome === 'complete' || decision ? 'step:completeness-check' : undefined;
  },
};

/** Duties that may be met without anybody saying so. */
export const selfMet: readonly string[] = Object.keys(meetings);

/** What the register itself has that meets the duty; undefined where somebody has to say so, or has to do it still. */
export const metBy = (state: CaseState, duty: DutyState): string | undefined => meetings[duty.code]?.(state, duty);

// What falls due --------------------------------------------------------------------------------------------------------------------------------

const isOpen = ({ metAt }: DutyState): boolean => metAt === null;

/** Rungs of a duty that is open, each with its instant; where the calendar does not reach, none. */
export function dutyRungs(law: Law, state: CaseState, duty: DutyState): RungInstant[] {
  const { dueDate, since } = duty;
  if (dueDate === null || !isOpen(duty)) return [];
  const calendar = law.calendar(state.procedures[duty.scope]?.calendar ?? law.caseCalendar.data.code);
  return law.settings.ladders.duty.flatMap((rung): RungInstant[] => {
    const at = rung.kind === 'share' ? undefined : ifPublished(() => instantByDueDate(calendar, rung, dueDate));
    return at === undefined ? [] : [{ rung: rung.code, at: laterOf(at, since), dueDate }];
  });
}

/** The instant at which an open duty is missed; undefined where it has no date, or was missed already. */
export const missedAt = (duty: DutyState): Instant | undefined =>
  duty.dueDate === null || duty.missed || !isOpen(duty)
    ? undefined
    : laterOf(startOf(addDays(duty.dueDate, 1)), duty.since);

/** The next time a duty comes round: its id, the instant it opens, its date. */
export interface Recurrence {
  readonly owed: Owed;
  readonly id: string;
  readonly at: Instant;
  readonly dueDate: PlainDate;
}

/** What is owed again and again while the project lives: of each duty the next time. Also when the case is closed. */
export function* recurrences(state: CaseState, law: Law): Generator<Recurrence> {
  if (state.kind !== 'green-lane' || state.withdrawnAt !== null || !state.managed) return;
  for (const owed of recurring(state, law)) {
    const anchor = anchorOf(state, law, owed);
    if (anchor === undefined) continue;
    const next = owed.definition.repeats ? nextTime(state, law, owed, anchor) : nextReport(state, law, owed, anchor);
    if (next) yield { owed, ...next };
  }
}

/** Looks at what is decided only: nothing recurs before an approval. */
function* recurring(state: CaseState, law: Law): Generator<Owed> {
  const approved = Object.values(state.procedures).some((procedure) => approvedOn(procedure) !== undefined);
  if (!approved) return;
  for (const owed of owedIn(state, law)) {
    if (owed.definition.repeats || owed.definition.due?.relativeTo === 'period-end') yield owed;
  }
}

function nextReport(state: CaseState, law: Law, { id }: Owed, anchor: PlainDate) {
  for (const period of reportPeriods(law.settings.reports, anchor)) {
    const report = `${id}#${period.id}`;
    if (report in state.duties) continue;
    return { id: report, at: startOf(period.opens), dueDate: period.dueDate };
  }
  return undefined;
}

/** Opens when the time before it is over. */
function nextTime(state: CaseState, law: Law, { id, definition, calendar }: Owed, anchor: PlainDate) {
  let last = state.duties[id];
  for (let n = 2; last; n++) {
    const next = `${id}#${n}`;
    if (next in state.duties) {
      last = state.duties[next];
      continue;
    }
    const dueDate = repeatedDate(law.calendar(calendar), definition, anchor, n);
    if (dueDate === undefined || last.dueDate === null) return undefined;
    return { id: next, at: startOf(addDays(last.dueDate, 1)), dueDate };
  }
  return undefined;
}
