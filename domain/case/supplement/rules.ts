import { addDays, addMonths, dateOf, type PlainDate } from '../../time/instants.js';
import { addWorkingDays, isWorkingDay, onOrNextWorkingDay, type Calendar } from '../../time/calendar.js';
import { readClock, type Budget } from '../../time/clock.js';
import { termEnd } from '../../time/term-end.js';
import { refuse } from '../../errors.js';
import type { ClockPolicy } from '../../law/procedure.js';
import type { PersonCommand } from '../commands.js';
import { requireIdentifier } from '../case/identifier.js';
import type { Draft } from '../draft.js';
import { countNotices, requireWindow } from './notices.js';
import { fetched } from '../procedure/dossier.js';
import type { DossierDocument } from '../procedure/words.js';
import type { SupplementGround } from './words.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import type { SupplementState } from './state.js';
import { person } from '../person.js';
import { aboutOf } from '../task/keys.js';
import { takeTask } from '../task/rules.js';

interface Notice {
  readonly deadline: PlainDate | null;
  readonly suspends: boolean;
}

/** The date on which a period of the law ends that begins after `from`; one that ends on a day off ends on the next working day. */
export function endOf(calendar: Calendar, from: PlainDate, amount: number, unit: string): PlainDate {
  if (unit === 'working-day') return addWorkingDays(calendar, from, amount);
  return onOrNextWorkingDay(calendar, unit === 'month' ? addMonths(from, amount) : addDays(from, amount));
}

/** What a notice on this ground means by the procedure's own policy; refused where the law allows no (further) one. */
function noticeOn(
  procedure: ProcedureState,
  policy: ClockPolicy,
  ground: SupplementGround,
  today: PlainDate,
  calendar: Calendar,
): Notice {
  const asked = countNotices(procedure, policy, ground);
  if (policy.kind === 'cure-or-refuse') {
    // NĐ 217/2026, Điều 54.2b: one notice, the agency's clock runs on, two working days to cure.
    const { notices, investorDays } = policy.cure ?? refuse('DEFINITION_INVALID', { clockPolicy: 'cure' });
    if (ground !== 'supplement' || asked >= notices) refuse('SUPPLEMENT_LIMIT', { ground, asked, max: notices });
    return { deadline: endOf(calendar, today, investorDays.amount, investorDays.unit), suspends: false };
  }
  const rule = policy.suspensionGrounds.find((one) => one.ground === ground);
  if (!rule) refuse('SUPPLEMENT_LIMIT', { ground, allowed: policy.suspensionGrounds.map((one) => one.ground) });
  if (rule.max !== null && asked >= rule.max) refuse('SUPPLEMENT_LIMIT', { ground, asked, max: rule.max });
  if (ground === 'supplement' && policy.window?.binds === 'every-request')
    requireWindow(procedure, policy, today, calendar);
  const days = rule.investorDeadlineDays;
  const deadline = days === null ? null : endOf(calendar, today, days, rule.investorDeadlineUnit ?? 'working-day');
  return { deadline, suspends: true };
}

export function requestSupplement(draft: Draft, command: Extract<PersonCommand, { type: 'requestSupplement' }>): void {
  const { taskId, ground, items, reason } = command;
  const task = takeTask(draft, taskId);
  // Whoever does by hand what a machine could not is at work on the step as well.
  const works = task.kind === 'step' || (task.kind === 'by-hand' && task.step !== null);
  if (!works) refuse('PRECONDITION_FAILED', { kind: task.kind });
  if (items.length === 0) refuse('VALIDATION_FAILED', { field: 'items', missing: true });
  if (reason.trim() === '') refuse('VALIDATION_FAILED', { field: 'reason', missing: true });
  const procedure = draft.getProcedure(task.scope);
  if (procedure.stage !== 'processing') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  if (procedure.supplements.some((one) => one.status === 'asked' || one.status === 'lapsed')) {
    refuse('PRECONDITION_FAILED', { supplement: 'open' });
  }
  const resolved = draft.resolved(procedure);
  const calendar = draft.law.calendar(procedure.calendar);
  const { deadline, suspends } = noticeOn(procedure, resolved.clockPolicy, ground, dateOf(draft.now), calendar);
  const reading = readClock(calendar, procedure.budget, procedure.ledger, draft.now);
  // After a breach, or with no day left when it comes back, only the head may send the investor away.
  const head = draft.by.kind === 'person' && draft.by.role === 'head';
  if (reading.breachedOn !== null && !head) refuse('BREACHED', { breachedOn: reading.breachedOn, needs: 'head' });
  const restarts = resolved.clockPolicy.onResubmission === 'restart' && reading.breachedOn === null;
  const daysLeft = restarts ? reading.budget.amount : Math.max(0, reading.remaining);
  if (suspends && daysLeft === 0 && !head) refuse('PRECONDITION_FAILED', { daysLeft, needs: 'head' });
  const violation = violationOf(draft, procedure, command);
  draft.emit('supplementRequested', task.scope, {
    requestId: `S${procedure.supplements.length + 1}`,
    taskId,
    ground,
    items: items.map((item) => draft.seal(item, 'items')),
    reason: draft.seal(reason),
    deadline,
    suspends,
    daysLeft,
    ...violation,
  });
}

/** NĐ 96/2026, Điều 6.1e: a violation stops the clock by a decision that has a number, and somebody looks at it again by a day. */
function violationOf(
  draft: Draft,
  procedure: ProcedureState,
  { ground, decision, reviewOn }: Extract<PersonCommand, { type: 'requestSupplement' }>,
): { decision?: string; reviewOn?: PlainDate } {
  if (ground !== 'violation-handling') {
    if (decision !== undefined || reviewOn !== undefined) refuse('VALIDATION_FAILED', { field: 'decision', ground });
    return {};
  }
  const number = decision?.trim() || refuse('VALIDATION_FAILED', { field: 'decision', missing: true });
  requireIdentifier(number, 'decision');
  return { decision: number, reviewOn: reviewDay(draft, procedure, reviewOn) };
}

/** The day named, at most as far ahead as the City's setting allows; that day where none is named. */
function reviewDay({ law, now }: Draft, procedure: ProcedureState, named: PlainDate | undefined): PlainDate {
  const { violationReview } = law.settings.taskDays;
  const calendar = law.calendar(procedure.calendar);
  const today = dateOf(now);
  const last = violationReview && termEnd(calendar, today, violationReview);
  const day = named ?? last ?? refuse('VALIDATION_FAILED', { field: 'reviewOn', missing: true });
  if (day <= today || (last !== undefined && day > last) || !isWorkingDay(calendar, day))
    refuse('VALIDATION_FAILED', { field: 'reviewOn', after: today, ...(last && { latest: last }), workingDay: true });
  return day;
}

/** The open notice of a procedure that an officer or the head of whoever handles it acts on. */
function openNotice(
  draft: Draft,
  { procedure: code, requestId }: { readonly procedure: string; readonly requestId: string },
): { procedure: ProcedureState; asked: SupplementState } {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { role, agency } = person(draft);
  if ((role !== 'officer' && role !== 'head') || agency !== procedure.handlingAgency) refuse('FORBIDDEN');
  const asked = procedure.supplements.find((one) => one.requestId === requestId) ?? refuse('NOT_FOUND', { requestId });
  if (procedure.closed || asked.status !== 'asked') refuse('PRECONDITION_FAILED', { supplement: asked.status });
  return { procedure, asked };
}

/**
 * A notice that should not have gone out: whoever sent it, or the head, takes it back before it was answered or has lapsed. It is not used up, and the days
 * since it went out are the agency's.
 */
export function withdrawSupplement(
  draft: Draft,
  command: Extract<PersonCommand, { type: 'withdrawSupplement' }>,
): void {
  const { procedure, asked } = openNotice(draft, command);
  const since = procedure.ledger.filter(({ type, at }) => type === 'extend' && at >= asked.requestedAt);
  if (since.length > 0) refuse('PRECONDITION_FAILED', { extendedSince: asked.requestedAt });
  draft.emit('supplementWithdrawn', procedure.scope, {
    requestId: asked.requestId,
    reason: draft.seal(command.reason),
  });
}

/** A violation is still being handled: somebody looks at it again by another day. */
export function reviewViolation(draft: Draft, command: Extract<PersonCommand, { type: 'reviewViolation' }>): void {
  const { procedure, asked } = openNotice(draft, command);
  if (asked.ground !== 'violation-handling') refuse('PRECONDITION_FAILED', { ground: asked.ground });
  draft.emit('violationReviewed', procedure.scope, {
    requestId: asked.requestId,
    reviewOn: reviewDay(draft, procedure, command.reviewOn),
    reason: draft.seal(command.reason),
  });
}

/** The violation is dealt with: the agency's clock goes on. */
export function endViolation(draft: Draft, command: Extract<PersonCommand, { type: 'endViolation' }>): void {
  const { procedure, asked } = openNotice(draft, command);
  if (asked.ground !== 'violation-handling') refuse('PRECONDITION_FAILED', { ground: asked.ground });
  const { requestId } = asked;
  draft.emit('violationHandled', procedure.scope, { requestId, reason: draft.seal(command.reason) });
}

/** A late answer counts until the agency has decided to stop. */
export function answerSupplement(
  draft: Draft,
  code: string,
  requestId: string,
  documents: readonly DossierDocument[],
  explanation?: string,
): void {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const asked = procedure.supplements.find((one) => one.requestId === requestId) ?? refuse('NOT_FOUND', { requestId });
  if (procedure.closed || (asked.status !== 'asked' && asked.status !== 'lapsed')) {
    refuse('PRECONDITION_FAILED', { supplement: asked.status });
  }
  // Whoever decided on the violation ends its handling; what was begun before that was written down ends by an answer.
  if (asked.ground === 'violation-handling' && asked.decision !== null)
    refuse('PRECONDITION_FAILED', { ground: asked.ground, endedBy: procedure.handlingAgency });
  // An explanation may be given in words alone; what is missing from a dossier is a document.
  const explained = asked.ground === 'explanation' && explanation !== undefined;
  if (documents.length === 0 && !explained) refuse('VALIDATION_FAILED', { field: 'documents', missing: true });
  const words = explanation === undefined ? undefined : draft.seal(explanation, 'explanation');
  const restarts = asked.suspends && draft.resolved(procedure).clockPolicy.onResubmission === 'restart';
  draft.emit('supplementAnswered', procedure.scope, {
    requestId,
    documents,
    ...(restarts && { restarts }),
    ...fetched(documents, documents),
    ...(words && { explanation: words }),
  });
  for (const task of Object.values(procedure.tasks)) {
    if (aboutOf(task, 'lapse')?.requestId === requestId) draft.cancelTask(task, 'answered');
  }
}

/** The notice whose deadline whoever handles it may move once, and by how much at most. */
export function requireMoreTime(
  draft: Draft,
  notice: { readonly procedure: string; readonly requestId: string },
): {
  readonly procedure: ProcedureState;
  readonly asked: SupplementState & { deadline: PlainDate };
  readonly budget: Budget;
} {
  const { procedure, asked } = openNotice(draft, notice);
  const { investorExtension: budget } = draft.resolved(procedure).clockPolicy;
  const { deadline } = asked;
  if (budget === null || deadline === null) return refuse('EXTENSION_LIMIT', { max: 0 });
  if (asked.extensions > 0) refuse('EXTENSION_LIMIT', { granted: asked.extensions, max: 1 });
  return { procedure, asked: { ...asked, deadline }, budget };
}

/** More time for the investor where the policy knows such a thing: once per request, before it lapses; no clock of an agency notices. */
export function extendSupplement(draft: Draft, command: Extract<PersonCommand, { type: 'extendSupplement' }>): void {
  const { requestId, days, reason } = command;
  const { procedure, asked, budget } = requireMoreTime(draft, command);
  if (!Number.isInteger(days) || days < 1 || days > budget.amount) {
    refuse('EXTENSION_LIMIT', { days, maxDays: budget.amount, unit: budget.unit });
  }
  draft.emit('supplementExtended', procedure.scope, {
    requestId,
    deadline: endOf(draft.law.calendar(procedure.calendar), asked.deadline, days, budget.unit),
    reason: draft.seal(reason),
  });
}
