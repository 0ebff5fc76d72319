import { ifPublished } from '../time/calendar.js';
import { refuse } from '../errors.js';
import { addDays, dateOf, type PlainDate } from '../time/instants.js';
import type { Command, EngineCommand } from './commands.js';
import type { Draft } from './draft.js';
import { caseScope, scopeKind, type ScopeId } from './scope.js';
import { openHold, type TrialState } from './trial/state.js';
import { isOpenLetter, secondTaskKey, taskKeyOfStep, type ProcedureState, type TaskState } from './state.js';
import { voidMovedApologies } from './apology/rules.js';
import { completeTask } from './task/complete.js';
import { closeCase, meetGate, openCase, surveyCase, withdrawCase } from './case/rules.js';
import { openConference } from './conference/rules.js';
import {
  answerOpinion,
  closeConsultation,
  openConsultation,
  recordOpinionRequest,
  reopenConsultation,
} from './consultation/rules.js';
import { incurDuties, meetDuty } from './duty/rules.js';
import { askQuestion, deferProcedure, proposeLane, resumeProcedure } from './question/rules.js';
import { migrateProcedure } from './law-change/rules.js';
import { recordPayment } from './payment/rules.js';
import { decideForProcedure, fileDossier, openProcedure, refileProcedure } from './procedure/rules.js';
import { askSignatory, dropSignatories } from './task/signatory-rules.js';
import { requireStepReady } from './step/rules.js';
import { answerSupplement, extendClock, extendSupplement, requestSupplement } from './supplement/rules.js';
import { claimTask, releaseTask } from './task/rules.js';
import { settingDate } from './task/dates.js';
import { termEnd } from '../time/term-end.js';
import { admitTrial, proposeTerms, recordPermit, startTrial } from './trial/admission.js';
import { castVote, conveneCouncil, openCouncil } from './trial/council.js';
import { certifyCompletion, concludeTrial, endTrial, fileFinalReport } from './trial/exit.js';
import { reportIncident } from './trial/incidents.js';
import { requestTrialChange, resumeTrial, suspendTrial } from './trial/requests.js';
import { fileTrialReport, recordVisit, registerKey, submitMetrics } from './trial/running.js';
import {
  declareInterest,
  freeTask,
  handOverTask,
  reassignTask,
  requireFirstPair,
  returnTask,
} from './task/worklist.js';

/**
 * The one guard: says yes by emitting events into the draft, or no by a coded `Refusal`. It never says what happens next (workflow code does),
 * and knows no time but the command's.
 */
export function decide(draft: Draft, command: Command, scope: ScopeId | null): void {
  decideCommand(draft, command, scope);
  incurDuties(draft);
  concludeTrial(draft);
  voidMovedApologies(draft);
  dropSignatories(draft);
}

function decideCommand(draft: Draft, command: Command, scope: ScopeId | null): void {
  if (command.type === 'openCase') return openCase(draft, command);
  if (draft.state.seq === 0) refuse('NOT_FOUND', { case: draft.state.code });
  if (command.type === 'settle') return;
  if (command.type === 'rebuildScope') return rebuildScope(draft, command.scope);
  if (command.type === 'surveyCase') return surveyCase(draft, command.score, command.procedure ?? null);
  // Duties outlive the case: a report falls due years after the last approval.
  if (command.type === 'meetDuty') return meetDuty(draft, command.duty, command.evidence);
  if (scope !== null) return decideForScope(draft, command as EngineCommand, scope);
  if (draft.state.closed) refuse('CASE_CLOSED', { outcome: draft.state.closed.outcome });
  switch (command.type) {
    case 'fileDossier':
      return fileDossier(draft, command.procedure, command.documents);
    case 'refileProcedure':
      return refileProcedure(draft, command.procedure, command.documents);
    case 'claimTask':
      return claimTask(draft, command.taskId);
    case 'releaseTask':
      return releaseTask(draft, command.taskId);
    case 'completeTask':
      return completeTask(draft, command.taskId, command.completion);
    case 'requestSupplement':
      return requestSupplement(draft, command.taskId, command.ground, command.items, command.reason);
    case 'answerSupplement':
      return answerSupplement(draft, command.procedure, command.requestId, command.documents, command.explanation);
    case 'extendClock':
      return extendClock(draft, command.procedure, command.days, command.reason);
    case 'meetGate':
      return meetGate(draft, command.gate, command.evidence, command.on);
    case 'withdrawCase':
      return withdrawCase(draft, command.reason);
    case 'proposeLane':
      return proposeLane(draft, command.reason);
    case 'deferProcedure':
      return deferProcedure(draft, command.procedure, command.until, command.reason);
    case 'resumeProcedure':
      return resumeProcedure(draft, command.procedure);
    case 'askQuestion':
      return askQuestion(draft, command.procedure, command.text);
    case 'recordPayment':
      return recordPayment(draft, command.procedure, command.step, command.reference);
    case 'reassignTask':
      return reassignTask(draft, command.taskId, command.to, command.reason);
    case 'handOverTask':
      return handOverTask(draft, command.taskId, command.from, command.to);
    case 'freeTask':
      return freeTask(draft, command.taskId, command.from);
    case 'askSignatory':
      return askSignatory(draft, command.taskId, command.wanted);
    case 'returnTask':
      return returnTask(draft, command);
    case 'declareInterest':
      return declareInterest(draft, command.reason);
    case 'extendSupplement':
      return extendSupplement(draft, command);
    case 'reopenConsultation':
      return reopenConsultation(draft, command.consultation, command.agency, command.reason);
    case 'migrateProcedure':
      return migrateProcedure(draft, command.scope, command.version);
    case 'giveOpinion': {
      const { consultation, agency, position, conditions, legalBasis, messageId, taken } = command;
      return answerOpinion(draft, draft.getConsultation(consultation), agency, {
        position,
        conditions,
        legalBasis,
        messageId,
        taken,
      });
    }
    case 'proposeTerms':
      return proposeTerms(draft, command);
    case 'conveneCouncil':
      return conveneCouncil(draft, command);
    case 'openCouncil':
      return openCouncil(draft, command);
    case 'castVote':
      return castVote(draft, command);
    case 'recordPermit':
      return recordPermit(draft, command);
    case 'registerKey':
      return registerKey(draft, command);
    case 'submitMetrics':
      return submitMetrics(draft, command);
    case 'fileTrialReport':
      return fileTrialReport(draft, command);
    case 'reportIncident':
      return reportIncident(draft, command);
    case 'recordVisit':
      return recordVisit(draft, command);
    case 'requestTrialChange':
      return requestTrialChange(draft, command);
    case 'suspendTrial':
      return suspendTrial(draft, command.reason);
    case 'resumeTrial':
      return resumeTrial(draft, command.reason);
    case 'fileFinalReport':
      return fileFinalReport(draft, command);
    case 'endTrial':
      return endTrial(draft, command);
    default:
      // The rest is for workflows, which always say for which scope they speak.
      return refuse('FORBIDDEN', { command: command.type });
  }
}

/** Commands of a workflow, each allowed only on the scope it speaks for. */
function decideForScope(draft: Draft, command: EngineCommand, scope: ScopeId): void {
  if (command.type === 'closeScope') return closeScope(draft, scope);
  if (command.type === 'openTask') return openTask(draft, command, scope);
  switch (scopeKind(scope)) {
    case 'case':
      if (command.type === 'openProcedure') return openProcedure(draft, command.procedure);
      if (command.type === 'closeCase') return closeCase(draft);
      if (command.type === 'admitTrial') return admitTrial(draft);
      if (command.type === 'startTrial') return startTrial(draft);
      if (command.type === 'certifyCompletion') return certifyCompletion(draft);
      break;
    case 'procedure':
      if (command.type === 'openConsultation') return openConsultation(draft, draft.getProcedure(scope), command.step);
      return decideForProcedure(draft, draft.getProcedure(scope), command);
    case 'consultation':
      if (command.type === 'recordOpinionRequest') {
        return recordOpinionRequest(draft, draft.getConsultation(scope), command.agency, command.requestId);
      }
      if (command.type === 'openConference') return openConference(draft, scope);
      if (command.type === 'closeConsultation') return closeConsultation(draft, scope);
      break;
  }
  refuse('PRECONDITION_FAILED', { command: command.type, scope });
}

/** Opens a task once per key: a second request for an open or finished one changes nothing. */
function openTask(draft: Draft, command: Extract<EngineCommand, { type: 'openTask' }>, scope: ScopeId): void {
  const { key, kind, agency, role, step } = command;
  const { tasks, over, dueDate } = holderOf(draft, scope, command);
  if (over) refuse('CASE_CLOSED', { scope });
  if (Object.values(tasks).some((task) => task.key === key && task.status !== 'cancelled')) return;
  if (kind === 'step' && step !== null) {
    const procedure = draft.getProcedure(scope);
    const resolved = requireStepReady(procedure, draft.resolved(procedure), step, 'officer', 'signature', 'council');
    if (resolved.agency !== agency) refuse('PRECONDITION_FAILED', { step, agency: resolved.agency });
    // A run that has not heard of a new round yet asks for the round before.
    const round = procedure.steps[step]?.round ?? 1;
    const first = taskKeyOfStep(step, round);
    if (key !== first && key !== secondTaskKey(first)) refuse('STALE', { step, round });
    if (key !== first) requireFirstPair(resolved, Object.values(tasks), first);
  }
  const taskId = `${draft.state.code}.${draft.nextSeq}`;
  draft.emit('taskOpened', scope, { taskId, key, kind, agency, role, step, dueDate });
}

function holderOf(draft: Draft, scope: ScopeId, asked: Pick<TaskState, 'key' | 'kind' | 'agency'>) {
  const { agency, kind } = asked;
  switch (scopeKind(scope)) {
    case 'case':
      return {
        tasks: draft.state.tasks,
        over: draft.state.closed !== null,
        dueDate: trialTaskDate(draft.state.trial, asked) ?? settingDate(draft, kind, draft.law.caseCalendar),
      };
    case 'procedure': {
      const procedure = draft.getProcedure(scope);
      const dueDate = dueDateOf(draft, procedure, kind);
      return { tasks: procedure.tasks, over: procedure.closed !== null, dueDate };
    }
    case 'consultation': {
      const consultation = draft.getConsultation(scope);
      const conference = kind === 'conference' ? consultation.conference : null;
      const dueDate =
        conference?.dueDate ??
        consultation.opinions[agency]?.dueDate ??
        draft.getProcedure(consultation.procedureScope).printedDueDate;
      return { tasks: consultation.tasks, over: consultation.closedAt !== null, dueDate };
    }
  }
}

/** By when a task of a trial is to be done. */
function trialTaskDate(trial: TrialState | null, { key, kind }: Pick<TaskState, 'key' | 'kind'>): PlainDate | null {
  if (!trial) return null;
  switch (kind) {
    case 'hold': {
      const hold = openHold(trial);
      // It lapses with the end of the day before that instant.
      return hold ? addDays(dateOf(hold.confirmBy), -1) : null;
    }
    case 'trial-request':
      return trial.requests[key.slice('trial-request/'.length)]?.decideBy ?? null;
    case 'completion':
      return trial.finalReport?.assessBy ?? null;
    default:
      return null;
  }
}

/** Most tasks are due when the procedure is; a refusal after a cure that never came has its own day, a letter the date it speaks of. */
function dueDateOf(draft: Draft, procedure: ProcedureState, kind: TaskState['kind']): PlainDate | null {
  if (kind === 'intake') return settingDate(draft, kind, draft.law.calendar(procedure.calendar));
  if (kind === 'apology') return procedure.apologies.find(isOpenLetter)?.dueDate ?? procedure.printedDueDate;
  const cure = kind === 'lapse' ? draft.resolved(procedure).clockPolicy.cure : null;
  const lapsed = procedure.supplements.find(({ status }) => status === 'lapsed')?.deadline;
  if (!cure || !lapsed) return procedure.printedDueDate;
  // NĐ 217/2026, Điều 54.2b: counted from the end of the investor's days.
  return ifPublished(() => termEnd(draft.law.calendar(procedure.calendar), lapsed, cure.refusalTaskDays)) ?? null;
}

/** A workflow may end only when its scope has: this is the last thing it asks. */
function closeScope(draft: Draft, scope: ScopeId): void {
  const { state } = draft;
  if (state.scopes[scope]?.closed) return;
  const procedureClosed = state.procedures[scope.split('/consultation/')[0] ?? scope]?.closed ?? null;
  const over =
    scope === caseScope(state.code)
      ? state.closed !== null
      : scopeKind(scope) === 'procedure'
        ? procedureClosed !== null
        : state.consultations[scope]?.closedAt !== null || procedureClosed !== null;
  if (!over) refuse('PRECONDITION_FAILED', { scope, open: true });
  draft.emit('scopeClosed', scope, { scope });
}

/** Raises the generation, so that an older run of this scope is refused from now on. */
function rebuildScope(draft: Draft, scope: ScopeId): void {
  const box = draft.state.scopes[scope] ?? refuse('NOT_FOUND', { scope });
  if (box.closed) return;
  draft.emit('scopeRebuilt', scope, { scope, generation: box.generation + 1 });
}
