import { addDays, dateOf, type PlainDate } from '../../time.js';
import { addWorkingDays, onOrNextWorkingDay, type Calendar } from '../../calendar.js';
import type { Budget } from '../../clock.js';
import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import type { Condition, Position } from '../events.js';
import { nextConsultation } from '../fold.js';
import type { ScopeId } from '../scope.js';
import { opinionCounts, type ConsultationState, type ProcedureState } from '../state.js';
import { requireStepReady } from './steps.js';

/** The last date of a term that starts today; the day it starts is not counted (Civil Code Art. 147.2). */
function termEnd(calendar: Calendar, from: PlainDate, days: Budget): PlainDate {
  return days.unit === 'working-day'
    ? addWorkingDays(calendar, from, days.amount)
    : onOrNextWorkingDay(calendar, addDays(from, days.amount));
}

/** Asks every agency at once (one-stop rule), each with its own clock. Where nobody is to be asked the step is done. */
export function openConsultation(draft: Draft, procedure: ProcedureState, step: string): void {
  const resolved = draft.resolved(procedure);
  if (procedure.steps[step]?.startedAt) return;
  requireStepReady(procedure, resolved, step, 'consultation');
  if (resolved.consultations.length === 0) {
    draft.emit('stepCompleted', procedure.scope, { step, outcome: 'nobody-to-ask', by: 'waived', reference: null });
    return;
  }
  const { scope, n } = nextConsultation(procedure);
  const today = dateOf(draft.now);
  draft.emit('consultationOpened', scope, {
    step,
    n,
    lead: resolved.steps.find((one) => one.code === step)?.agency ?? procedure.competentAgency,
    opinions: resolved.consultations.map(({ agency, days, about, legalEffect, handling }) => ({
      agency,
      channel: draft.law.channel(agency),
      budget: days,
      dueDate: termEnd(draft.law.calendar(resolved.calendar), today, days),
      legalEffect,
      handling,
      about,
    })),
  });
}

interface Answer {
  readonly position: Position;
  readonly conditions: readonly Condition[];
  readonly legalBasis: string | null;
  readonly messageId: string | null;
}

/** An agency's answer, by a person or by its system. The same message twice is once; a second, different answer is refused. */
export function answerOpinion(draft: Draft, consultation: ConsultationState, agency: string, answer: Answer): void {
  const opinion = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  if (answer.messageId !== null && opinion.messageIds.includes(answer.messageId)) return;
  if (opinion.position !== null) refuse('DUPLICATE_REQUEST', { agency, position: opinion.position });
  const procedure = draft.getProcedure(consultation.procedureScope);
  // After the signature nothing can be reopened: the answer comes too late to be weighed.
  if (procedure.decision || procedure.closed) refuse('ANSWER_TOO_LATE', { agency });
  draft.emit('opinionGiven', consultation.scope, { agency, ...answer, late: opinion.status !== 'asked' });
  // An escalated silence is still the lead's to decide, now with the late answer in view.
  for (const task of Object.values(consultation.tasks)) {
    if (task.key === `opinion/${agency}`) draft.cancelTask(task, 'answered');
  }
}

export function recordOpinionRequest(
  draft: Draft,
  consultation: ConsultationState,
  agency: string,
  requestId: string,
): void {
  const opinion = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  if (opinion.requestId === null) draft.emit('opinionRequested', consultation.scope, { agency, requestId });
}

/** The join: refused while an answer is missing, so that it can only happen when the last one counts. */
export function closeConsultation(draft: Draft, scope: ScopeId): void {
  const consultation = draft.getConsultation(scope);
  if (consultation.closedAt !== null) return;
  const opinions = Object.values(consultation.opinions);
  const missing = opinions.filter((opinion) => !opinionCounts(opinion)).map((opinion) => opinion.agency);
  if (missing.length > 0) refuse('PRECONDITION_FAILED', { missing });
  const count = (...positions: (Position | null)[]) =>
    opinions.filter((one) => !one.lapsed && positions.includes(one.position)).length;
  draft.emit('consultationClosed', scope, {
    step: consultation.step,
    n: consultation.n,
    agreed: count('agree'),
    conditional: count('agree-with-conditions'),
    objected: count('object', 'needs-supplement'),
    silent: opinions.filter((one) => one.lapsed).length,
  });
}

export function reopenConsultation(_draft: Draft, _scope: ScopeId, _agency: string, _reason: string): void {
  throw new Error('not built yet');
}
