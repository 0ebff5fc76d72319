import {
  addWorkingDays,
  countWorkingDays,
  ifPublished,
  onOrNextWorkingDay,
  type Calendar,
  type DayUnit,
} from '../../time/calendar.js';
import { refuse } from '../../errors.js';
import { readTerm, termsOf, type Term } from '../promise/terms.js';
import { dateOf, laterOf, millisecondsOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { scopesDueBefore } from '../due.js';
import type { BrokenTerm } from '../../time/clock.js';
import type { MovedDate } from './words.js';
import { isMerger, isOfCalendar, type CalendarChange } from '../../law/law.js';
import type { ScopeId } from '../scope.js';
import type { ConsultationState } from '../consultation/state.js';
import { factsBehind } from '../procedure/state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { SupplementState } from '../supplement/state.js';
import type { TaskState } from '../task/state.js';
import { handOverMerged } from './merger.js';
import { voidMovedApologies } from '../apology/rules.js';
import { termEnd } from '../../time/term-end.js';

// A calendar that changes while cases run ------------------------------------------------------------------------------------------------------

/**
 * Settles a case through every change of its calendars and of the City's settings: what fell due before a change by the law of that time, then the new dates, dated by the
 * publication however late the machine is, then the rest. Once per version: what was re-dated says so.
 */
export function settleThroughChanges(draft: Draft, settle: (until: Instant) => void): void {
  for (const change of draft.law.changes) {
    if (isLater(change.at, draft.now)) continue;
    if (isMerger(change)) {
      if (!isLater(draft.state.lastAt, change.at)) settle(change.at);
      handOverMerged(draft, change);
      continue;
    }
    if (!isOfCalendar(change)) {
      // Whoever has acted since has settled through it.
      if (!isLater(draft.state.lastAt, change.at)) draft.under(change.before, () => settle(change.at));
      continue;
    }
    if (!isConcerned(draft, change)) continue;
    draft.under(change.before, () => ifPublished(() => settle(change.at)));
    draft.as({ kind: 'clock' }, () => redate(draft, change));
  }
  settle(draft.now);
}

const isLater = (a: Instant, b: Instant): boolean => millisecondsOf(a) > millisecondsOf(b);

/**
 * Some clock on that calendar ran when it changed, and nobody has looked since: what was decided later was decided by the new calendar, and what it
 * had to move is moved.
 */
function isConcerned({ state }: Draft, { calendar, version, at }: CalendarChange): boolean {
  if (state.lastAt !== '' && isLater(state.lastAt, at)) return false;
  const procedures = Object.values(state.procedures).filter((one) => one.calendar === calendar);
  const consultations = Object.values(state.consultations).filter((one) => one.calendar === calendar);
  if ([...procedures, ...consultations].some(({ redated }) => redated >= version)) return false;
  const open = procedures.filter((one) => !one.closed);
  return (
    open.some(({ ledger }) => ledger[0] !== undefined && !isLater(ledger[0].at, at)) ||
    openConsultations(state.consultations, open).some(({ openedAt }) => !isLater(openedAt, at))
  );
}

function openConsultations(
  consultations: Readonly<Record<ScopeId, ConsultationState>>,
  procedures: readonly ProcedureState[],
): ConsultationState[] {
  const scopes = new Set(procedures.map(({ scope }) => scope));
  return Object.values(consultations).filter((one) => one.closedAt === null && scopes.has(one.procedureScope));
}

function redate(draft: Draft, change: CalendarChange): void {
  const { state } = draft;
  const open = Object.values(state.procedures).filter((one) => !one.closed && one.calendar === change.calendar);
  // The day before a date may have changed though the date has not: what would have come before the change comes with it.
  const overtaken = (scope: ScopeId) =>
    ifPublished(() => scopesDueBefore(state, change.after, change.at).has(scope)) ?? false;
  for (const procedure of open) {
    const moved = [...movedTerms(procedure, change), ...movedSupplements(draft, procedure, change)];
    const last = procedure.ledger.at(-1)?.at ?? change.at;
    const broken = brokenTerms(procedure, change);
    emitRedated(draft, procedure.scope, change, moved, overtaken, laterOf(change.at, last), broken);
  }
  for (const consultation of openConsultations(state.consultations, open)) {
    if (isLater(consultation.openedAt, change.at)) continue;
    emitRedated(draft, consultation.scope, change, [...movedQuestions(consultation, change)], overtaken, change.at);
  }
  // A letter about a date that has moved goes with it, not with whatever command comes next.
  draft.under(change.after, () => ifPublished(() => voidMovedApologies(draft, change.at)));
}

function emitRedated(
  draft: Draft,
  scope: ScopeId,
  { calendar, version, document }: CalendarChange,
  moved: readonly MovedDate[],
  overtaken: (scope: ScopeId) => boolean,
  at: Instant,
  broken: readonly BrokenTerm[] = [],
): void {
  if (moved.length === 0 && broken.length === 0 && !overtaken(scope)) return;
  const stands = broken.length > 0 && { broken };
  draft.emit('clocksRedated', scope, { calendar, version, document, moved, ...stands }, at);
}

/** Terms that were broken by the older calendar and would not be by the newer one, which takes a day back that had been counted. */
function brokenTerms(procedure: ProcedureState, change: CalendarChange): BrokenTerm[] {
  const ledger = procedure.ledger.filter((entry) => !isLater(entry.at, change.at));
  if (ledger.length === 0 || ledger.at(-1)?.type === 'stop') return [];
  const terms = termsOf({ ...procedure, ledger });
  const { before, after } = calendarsOf(change);
  const found = [terms.statutory, terms.promised, terms.ambition, terms.printed].flatMap((term) => {
    const [old, next] = [before, after].map((calendar) => ifPublished(() => readTerm(calendar, term, change.at)));
    const { breachedOn = null, dueDate = null } = old ?? {};
    if (!old || breachedOn === null || dueDate === null || next?.breachedOn === breachedOn) return [];
    return [{ amount: old.budget.amount, dueDate, breachedOn }];
  });
  return [...new Map(found.map((one) => [one.amount, one])).values()];
}

/** The date that form 01 printed, and the law's where that is another one: by what the ledger held when the calendar changed. */
function* movedTerms(procedure: ProcedureState, change: CalendarChange): Generator<MovedDate> {
  const ledger = procedure.ledger.filter((entry) => !isLater(entry.at, change.at));
  if (ledger.length === 0 || ledger.at(-1)?.type === 'stop') return;
  const { printed, statutory } = termsOf({ ...procedure, ledger });
  // Received at that very instant, and dated by the new calendar already.
  const isFresh =
    procedure.receivedAt === change.at &&
    dueBy(calendarsOf(change).after, printed, change.at) === procedure.printedDueDate;
  if (isFresh) return;
  yield* movedTerm('printed', printed, change);
  if (statutory !== printed) yield* movedTerm('statutory', statutory, change);
}

function* movedTerm(clock: string, term: Term, change: CalendarChange): Generator<MovedDate> {
  const { before, after } = calendarsOf(change);
  // A breach stands, and so does the date that was missed.
  if ((ifPublished(() => readTerm(before, term, change.at))?.breachedOn ?? null) !== null) return;
  const [from, to] = [dueBy(before, term, change.at), dueBy(after, term, change.at)];
  if (from !== null && to !== null && from !== to) yield { clock, from, to };
}

/** The due date; of a suspended clock the one that would hold if the file came back now. null where the calendar does not reach it. */
const dueBy = (calendar: Calendar, term: Term, at: Instant): PlainDate | null =>
  ifPublished(() => {
    const { dueDate, dueIfReturned } = readTerm(calendar, term, at);
    return dueDate ?? dueIfReturned;
  }) ?? null;

function* movedSupplements(draft: Draft, procedure: ProcedureState, change: CalendarChange): Generator<MovedDate> {
  for (const asked of procedure.supplements) {
    const { requestId, status, deadline: from, deadlineSince } = asked;
    if (status !== 'asked' || from === null || isLater(deadlineSince, change.at)) continue;
    const { amount, unit } = noticeTerm(draft, procedure, asked);
    const to = ifPublished(() => {
      const next = addWorkingDays(calendarsOf(change).after, dateOf(deadlineSince), amount ?? 0);
      const isFresh = deadlineSince === change.at && unit === 'working-day' && next === from;
      return isFresh ? from : sameDistance(change, from, unit);
    });
    if (to !== undefined && from !== to) yield { clock: `supplement/${requestId}`, from, to };
  }
}

/** What a notice gives the investor. A date of months or calendar days only moves off a day off: it was named to them. */
function noticeTerm(
  draft: Draft,
  procedure: ProcedureState,
  { ground }: SupplementState,
): { amount: number | null; unit: DayUnit } {
  const { kind, cure, suspensionGrounds } = draft.resolved(procedure).clockPolicy;
  if (kind === 'cure-or-refuse' && cure) return cure.investorDays;
  const rule = suspensionGrounds.find((one) => one.ground === ground);
  const unit = rule?.investorDeadlineUnit ?? 'working-day';
  return { amount: rule?.investorDeadlineDays ?? null, unit: unit === 'working-day' ? unit : 'calendar-day' };
}

function* movedQuestions(consultation: ConsultationState, change: CalendarChange): Generator<MovedDate> {
  const { before, after } = calendarsOf(change);
  const dated = [
    ...Object.values(consultation.opinions)
      .filter(({ status }) => status === 'asked')
      .map((opinion) => ({ ...opinion, clock: `opinion/${opinion.agency}`, from: consultation.openedAt })),
    ...(consultation.conference?.decidedAt === null
      ? [{ ...consultation.conference, clock: 'conference', from: consultation.conference.openedAt }]
      : []),
  ];
  for (const { clock, dueDate, budget, from } of dated) {
    if (isLater(from, change.at)) continue;
    const to = ifPublished(() => {
      const [old, next] = [before, after].map((calendar) => termEnd(calendar, dateOf(from), budget));
      return dueDate === old || dueDate === next ? (next ?? dueDate) : sameDistance(change, dueDate, budget.unit);
    });
    if (to !== undefined && to !== dueDate) yield { clock, from: dueDate, to };
  }
}

/** The date that lies as many days of its unit after the change in the new calendar as this one did in the old. */
function sameDistance(change: CalendarChange, date: PlainDate, unit: DayUnit): PlainDate {
  const { before, after } = calendarsOf(change);
  const today = dateOf(change.at);
  if (date <= today) return date;
  if (unit === 'calendar-day') return onOrNextWorkingDay(after, date);
  return addWorkingDays(after, today, countWorkingDays(before, today, date));
}

const calendarsOf = ({ calendar, before, after }: CalendarChange): { before: Calendar; after: Calendar } => ({
  before: before.calendar(calendar),
  after: after.calendar(calendar),
});

// A definition that changes while cases run ----------------------------------------------------------------------------------------------------

const stepsOf = (draft: Draft, procedure: ProcedureState, version: string) =>
  draft.law.procedureVersion(procedure.procedure, version, factsBehind(draft.state, procedure)).steps;

/**
 * Another version of the definition governs from here on. What was done stays done, by its code; clock and budget stay as they are. Work that the new
 * version gives to nobody, or to somebody else, is taken back; the procedure's workflow opens what the new one asks for. The same again changes nothing.
 */
export function migrateProcedure(draft: Draft, scope: ScopeId, version: string): void {
  if (draft.by.kind !== 'person' || draft.by.role !== 'admin') refuse('FORBIDDEN');
  const procedure = draft.getProcedure(scope);
  if (procedure.version === version) return;
  requireMovable(draft, procedure, version);
  const from = procedure.version;
  for (const task of misplacedTasks(draft, procedure, version)) draft.cancelTask(task, 'migrated');
  draft.emit('procedureMigrated', scope, { from, to: version });
}

function requireMovable(draft: Draft, procedure: ProcedureState, version: string): void {
  const [code, validFrom = ''] = version.split('@');
  if (code !== procedure.procedure) refuse('DEFINITION_UNKNOWN', { procedure: procedure.procedure, version });
  const next = draft.law.procedureVersion(procedure.procedure, version, factsBehind(draft.state, procedure));
  if (procedure.closed) refuse('CASE_CLOSED', { scope: procedure.scope, outcome: procedure.closed.outcome });
  if (procedure.decision) refuse('PRECONDITION_FAILED', { decided: true });
  if (procedure.supplements.some(({ status }) => status === 'stopped'))
    refuse('PRECONDITION_FAILED', { decided: true });
  // It takes the version in force on the day it is received by itself.
  if (procedure.receivedAt === null) refuse('PRECONDITION_FAILED', { received: false });
  if (validFrom > dateOf(draft.now)) refuse('PRECONDITION_FAILED', { validFrom });
  const { competentAgency, handlingAgency } = procedure;
  if (next.competentAgency !== competentAgency || next.handlingAgency !== handlingAgency)
    refuse('PRECONDITION_FAILED', { competentAgency: next.competentAgency, handlingAgency: next.handlingAgency });
  const steps = new Set(next.steps.map((step) => step.code));
  const asking = openConsultations(draft.state.consultations, [procedure]).map(({ step }) => step);
  const orphaned = asking.filter((step) => !steps.has(step));
  if (orphaned.length > 0) refuse('PRECONDITION_FAILED', { consultation: orphaned });
  if (next.steps.every((step) => procedure.steps[step.code]?.completedAt)) refuse('PRECONDITION_FAILED', { open: [] });
}

/** Open tasks of steps that the new version does not have, or has done by another agency or in another way. */
function misplacedTasks(draft: Draft, procedure: ProcedureState, version: string): TaskState[] {
  const [before, now] = [stepsOf(draft, procedure, procedure.version), stepsOf(draft, procedure, version)];
  return Object.values(procedure.tasks).filter((task) => {
    if (task.step === null) return false;
    const [old, step] = [before, now].map((steps) => steps.find(({ code }) => code === task.step));
    return !step || step.kind !== old?.kind || step.agency !== old.agency;
  });
}
