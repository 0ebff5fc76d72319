import { addDays, addMonths, dateOf, type PlainDate } from '../../time/instants.js';
import { addWorkingDays, onOrNextWorkingDay, type Calendar } from '../../time/calendar.js';
import { readClock } from '../../time/clock.js';
import { refuse } from '../../errors.js';
import type { ClockPolicy } from '../../law/procedure.js';
import type { PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import type { DossierDocument } from '../procedure/words.js';
import type { SupplementGround } from './words.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
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
  const asked = procedure.supplements.filter((one) => one.ground === ground).length;
  if (policy.kind === 'cure-or-refuse') {
    // NĐ 217/2026, Điều 54.2b: one notice, the agency's clock runs on, two working days to cure.
    const { notices, investorDays } = policy.cure ?? refuse('DEFINITION_INVALID', { clockPolicy: 'cure' });
    if (ground !== 'supplement' || asked >= notices) refuse('SUPPLEMENT_LIMIT', { ground, asked, max: notices });
    return { deadline: endOf(calendar, today, investorDays.amount, investorDays.unit), suspends: false };
  }
  const rule = policy.suspensionGrounds.find((one) => one.ground === ground);
  if (!rule) refuse('SUPPLEMENT_LIMIT', { ground, allowed: policy.suspensionGrounds.map((one) => one.ground) });
  if (rule.max !== null && asked >= rule.max) refuse('SUPPLEMENT_LIMIT', { ground, asked, max: rule.max });
  const days = rule.investorDeadlineDays;
  const deadline = days === null ? null : endOf(calendar, today, days, rule.investorDeadlineUnit ?? 'working-day');
  return { deadline, suspends: true };
}

export function requestSupplement(
  draft: Draft,
  taskId: string,
  ground: SupplementGround,
  items: readonly string[],
  reason: string,
): void {
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
  draft.emit('supplementRequested', task.scope, {
    requestId: `S${procedure.supplements.length + 1}`,
    taskId,
    ground,
    items: items.map((item) => draft.seal(item, 'items')),
    reason: draft.seal(reason),
    deadline,
    suspends,
    daysLeft,
  });
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
  // An explanation may be given in words alone; what is missing from a dossier is a document.
  const explained = asked.ground === 'explanation' && explanation !== undefined;
  if (documents.length === 0 && !explained) refuse('VALIDATION_FAILED', { field: 'documents', missing: true });
  const words = explanation === undefined ? undefined : draft.seal(explanation, 'explanation');
  const restarts = asked.suspends && draft.resolved(procedure).clockPolicy.onResubmission === 'restart';
  draft.emit('supplementAnswered', procedure.scope, {
    requestId,
    documents,
    ...(restarts && { restarts }),
    ...(words && { explanation: words }),
  });
  for (const task of Object.values(procedure.tasks)) {
    if (aboutOf(task, 'lapse')?.requestId === requestId) draft.cancelTask(task, 'answered');
  }
}

/** More time for the investor where the policy knows such a thing: once per request, before it lapses; no clock of an agency notices. */
export function extendSupplement(draft: Draft, command: Extract<PersonCommand, { type: 'extendSupplement' }>): void {
  const { procedure: code, requestId, days, reason } = command;
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { role, agency } = person(draft);
  if ((role !== 'officer' && role !== 'head') || agency !== procedure.handlingAgency) refuse('FORBIDDEN');
  const asked = procedure.supplements.find((one) => one.requestId === requestId) ?? refuse('NOT_FOUND', { requestId });
  if (procedure.closed || asked.status !== 'asked') refuse('PRECONDITION_FAILED', { supplement: asked.status });
  const { investorExtension: budget } = draft.resolved(procedure).clockPolicy;
  if (budget === null || asked.deadline === null) return refuse('EXTENSION_LIMIT', { max: 0 });
  if (asked.extensions > 0) refuse('EXTENSION_LIMIT', { granted: asked.extensions, max: 1 });
  if (!Number.isInteger(days) || days < 1 || days > budget.amount) {
    refuse('EXTENSION_LIMIT', { days, maxDays: budget.amount, unit: budget.unit });
  }
  draft.emit('supplementExtended', procedure.scope, {
    requestId,
    deadline: endOf(draft.law.calendar(procedure.calendar), asked.deadline, days, budget.unit),
    reason: draft.seal(reason),
  });
}
