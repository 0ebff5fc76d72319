import { refuse } from '../errors.js';
import type { Command, EngineCommand } from './commands.js';
import type { Draft } from './draft.js';
import { caseScope, scopeKind, type ScopeId } from './scope.js';
import { addConsequences } from './consequences.js';
import { completeTask } from './task/complete.js';
import { closeCase, meetGate, openCase, surveyCase, withdrawCase } from './case/rules.js';
import { openConference } from './conference/rules.js';
import {
  answerOpinion,
  closeConsultation,
  finishQuestion,
  openConsultation,
  recordOpinionRequest,
  reopenConsultation,
} from './consultation/rules.js';
import { meetDuty } from './duty/rules.js';
import { finishExtract, lookAgain, withdrawConsent } from './extract/rules.js';
import { proposeFacts } from './fact/rules.js';
import { giveInstruction, moveInstruction, withdrawInstruction } from './instruction/rules.js';
import { answerLaneHearing, openLaneHearing } from './lane/revocation.js';
import { giveEvidence, proposeLane } from './lane/rules.js';
import { askQuestion } from './question/rules.js';
import { deferProcedure, resumeProcedure } from './deferral/rules.js';
import { settleDue } from './due.js';
import type { CaseEvent } from './events.js';
import { migrateProcedure } from './law-change/rules.js';
import { reportFromOutside, reportStatusDifference } from './outside/rules.js';
import { recordPayment } from './payment/rules.js';
import {
  decideForProcedure,
  fileDossier,
  finishCall,
  finishDeclaration,
  openProcedure,
  refileProcedure,
} from './procedure/rules.js';
import { withdrawReceipt } from './procedure/receipt.js';
import { answerResultHearing, isAboutResult, proposeResultChange } from './issued/rules.js';
import { askSignatory } from './approval/signatory-rules.js';
import {
  answerSupplement,
  endViolation,
  extendSupplement,
  requestSupplement,
  reviewViolation,
  withdrawSupplement,
} from './supplement/rules.js';
import { extendClock, withdrawExtension } from './extension/rules.js';
import { openTask } from './task/opening.js';
import { claimTask, releaseTask } from './task/rules.js';
import { admitTrial, proposeTerms, recordPermit, startTrial } from './trial/admission.js';
import { castVote, conveneCouncil, openCouncil } from './trial/council.js';
import { certifyCompletion, endTrial, fileFinalReport } from './trial/exit.js';
import { reportIncident } from './trial/incidents.js';
import { requestTrialChange, resumeTrial, suspendTrial } from './trial/requests.js';
import { fileTrialReport, recordVisit, registerKey, submitMetrics } from './trial/running.js';
import { freeTask, handOverTask, reassignTask } from './task/reassign.js';
import { declareInterest } from './approval/interest.js';
import { returnTask } from './step/send-back.js';

/**
 * The one guard: says yes by emitting events into the draft, or no by a coded `Refusal`. It never says what happens next (workflow code does),
 * and knows no time but the command's.
 */
export function decide(draft: Draft, command: Command, scope: ScopeId | null): void {
  const seen = draft.events.length;
  decideCommand(draft, command, scope);
  addConsequences(draft, seen);
  if (draft.events.slice(seen).some(reachesBack)) settleDue(draft);
}

/** A clock that counts from a day before, or that gets days back: what is due by now follows in the same act, dated as computed. */
const reachesBack = ({ type, payload }: CaseEvent): boolean =>
  type === 'supplementWithdrawn' ||
  type === 'extensionWithdrawn' ||
  (type === 'dossierReceived' && 'clockFrom' in payload);

function decideCommand(draft: Draft, command: Command, scope: ScopeId | null): void {
  if (command.type === 'openCase') return openCase(draft, command);
  if (draft.state.seq === 0) refuse('NOT_FOUND', { case: draft.state.code });
  if (command.type === 'settle') return;
  if (command.type === 'rebuildScope') return rebuildScope(draft, command.scope);
  if (command.type === 'surveyCase') return surveyCase(draft, command.score, command.procedure ?? null);
  // Duties outlive the case: a report falls due years after the last approval.
  if (command.type === 'meetDuty') return meetDuty(draft, command.duty, command.evidence);
  if (scope !== null) return decideForScope(draft, command as EngineCommand, scope);
  const { closed } = draft.state;
  if (closed && !isAboutResult(draft.state, command)) refuse('CASE_CLOSED', { outcome: closed.outcome });
  // The rest is for workflows, which always say for which scope they speak.
  if (!isAct(command)) refuse('FORBIDDEN', { command: command.type });
  const rule = rules[command.type] as (draft: Draft, command: Of<Act>) => void;
  rule(draft, command);
}

type Of<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/** What may come while a case is closed, or before there is one. */
type Apart = 'openCase' | 'settle' | 'rebuildScope' | 'surveyCase' | 'meetDuty';
type Act = Exclude<Command['type'], EngineCommand['type'] | Apart>;

/** Every act in an open case has its rule: a new command does not compile without one. */
const rules: { readonly [T in Act]: (draft: Draft, command: Of<T>) => void } = {
  fileDossier: (draft, command) => fileDossier(draft, command.procedure, command.documents),
  refileProcedure: (draft, command) => refileProcedure(draft, command.procedure, command.documents),
  claimTask: (draft, command) => claimTask(draft, command.taskId),
  releaseTask: (draft, command) => releaseTask(draft, command.taskId),
  completeTask: (draft, command) => completeTask(draft, command.taskId, command.completion),
  requestSupplement,
  withdrawSupplement,
  reviewViolation,
  endViolation,
  answerSupplement: (draft, command) =>
    answerSupplement(draft, command.procedure, command.requestId, command.documents, command.explanation),
  extendClock: (draft, command) => extendClock(draft, command.procedure, command.days, command.reason),
  withdrawExtension: (draft, command) => withdrawExtension(draft, command.procedure, command.reason),
  withdrawReceipt,
  proposeResultChange,
  answerResultHearing,
  meetGate: (draft, command) => meetGate(draft, command.gate, command.evidence, command.on),
  withdrawCase: (draft, command) => withdrawCase(draft, command.reason),
  proposeLane: (draft, command) => proposeLane(draft, command.reason),
  giveEvidence,
  proposeFacts,
  openLaneHearing,
  answerLaneHearing: (draft, command) => answerLaneHearing(draft, command.statement),
  deferProcedure: (draft, command) => deferProcedure(draft, command.procedure, command.until, command.reason),
  resumeProcedure: (draft, command) => resumeProcedure(draft, command.procedure),
  askQuestion: (draft, command) => askQuestion(draft, command.procedure, command.text),
  giveInstruction,
  moveInstruction,
  withdrawInstruction,
  recordPayment: (draft, command) => recordPayment(draft, command.procedure, command.step, command.reference),
  reassignTask: (draft, command) => reassignTask(draft, command.taskId, command.to, command.reason),
  handOverTask,
  freeTask: (draft, command) => freeTask(draft, command.taskId, command.from),
  askSignatory: (draft, command) => askSignatory(draft, command.taskId, command.wanted),
  returnTask,
  finishCall,
  finishQuestion,
  finishDeclaration,
  finishExtract,
  lookAgain,
  withdrawConsent,
  reportFromOutside,
  reportStatusDifference,
  declareInterest: (draft, command) => declareInterest(draft, command.reason),
  extendSupplement,
  reopenConsultation: (draft, command) =>
    reopenConsultation(draft, command.consultation, command.agency, command.reason),
  migrateProcedure: (draft, command) => migrateProcedure(draft, command.scope, command.version),
  giveOpinion: (draft, { consultation, agency, position, conditions, legalBasis, messageId, taken }) =>
    answerOpinion(draft, draft.getConsultation(consultation), agency, {
      position,
      conditions,
      legalBasis,
      messageId,
      taken,
    }),
  proposeTerms,
  conveneCouncil,
  openCouncil,
  castVote,
  recordPermit,
  registerKey,
  submitMetrics,
  fileTrialReport,
  reportIncident,
  recordVisit,
  requestTrialChange,
  suspendTrial: (draft, command) => suspendTrial(draft, command.reason),
  resumeTrial: (draft, command) => resumeTrial(draft, command.reason),
  fileFinalReport,
  endTrial,
};

const isAct = (command: Command): command is Of<Act> => Object.hasOwn(rules, command.type);

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
