import { dateOf } from '../../time/instants.js';
import { refuse } from '../../errors.js';
import type { Completion } from './commands.js';
import type { TaskState } from './state.js';
import { requireIdentifier } from '../case/identifier.js';
import type { Draft } from '../draft.js';
import { aboutOf, isSecondTask } from './keys.js';
import { againstCouncil, answerKindOf, lapseOutcomes, outcomeOf } from './outcomes.js';
import { completeApology } from '../apology/rules.js';
import { namesOf, proposed } from '../approval/bars.js';
import { done, reasonOf } from './completion.js';
import { decideConference } from '../conference/rules.js';
import { answerOpinion } from '../consultation/rules.js';
import { decideSilence } from '../consultation/silence.js';
import { referenceOf } from '../duty/evidence.js';
import { decideLane } from '../lane/rules.js';
import { answerQuestion } from '../question/rules.js';
import { person } from '../person.js';
import { nameSignatory } from '../approval/signatory-rules.js';
import { cancelTasksOf, decideProcedure, finishStep, receiveDossier } from '../step/rules.js';
import { takeTask } from './rules.js';
import { termEnd } from '../../time/term-end.js';
import { decideFit, requireProposal } from '../trial/admission.js';
import { closeCouncil } from '../trial/council.js';
import { decideCompletion } from '../trial/exit.js';
import { decideHold } from '../trial/holds.js';
import { examineIncident } from '../trial/incidents.js';
import { decideRequest } from '../trial/requests.js';

/** A free task is taken in the same act. */
export function completeTask(draft: Draft, taskId: string, completion: Completion): void {
  const task = takeTask(draft, taskId);
  switch (task.kind) {
    case 'intake':
      return completeIntake(draft, task, completion);
    case 'step':
      return completeOfficerStep(draft, task, completion);
    case 'by-hand':
      return completeByHand(draft, task, completion);
    case 'opinion':
      return completeOpinion(draft, task, completion);
    case 'lapse':
      return decideLapse(draft, task, completion);
    case 'silence':
      return decideSilence(draft, task, completion);
    case 'lane':
      return decideLane(draft, task, completion);
    case 'apology':
      return completeApology(draft, task, completion);
    case 'conference':
      return decideConference(draft, task, completion);
    case 'question':
      return answerQuestion(draft, task, completion);
    case 'fit':
      return decideFit(draft, task, completion);
    case 'hold':
      return decideHold(draft, task, completion);
    case 'incident':
      return examineIncident(draft, task, completion);
    case 'trial-request':
      return decideRequest(draft, task, completion);
    case 'completion':
      return decideCompletion(draft, task, completion);
    case 'signatory':
      return nameSignatory(draft, task, completion);
    case 'stuck':
      outcomeOf('stuck', completion);
      return done(draft, task, completion);
  }
}

// Intake: forms 01, 02, 03 --------------------------------------------------------------------------------------------------------------------

function completeIntake(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  if (procedure.stage !== 'intake') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  switch (outcomeOf('intake', completion)) {
    case 'receive':
      done(draft, task, completion);
      return receiveDossier(draft, procedure, task.id);
    case 'complete': {
      const items = completion.items ?? [];
      const reason = draft.seal(reasonOf(completion));
      const missing = items.map((item) => draft.seal(item, 'items'));
      done(draft, task, completion);
      draft.emit('completionRequested', task.scope, { taskId: task.id, form: '02', items: missing, reason });
      return;
    }
    case 'refuse': {
      const reason = draft.seal(reasonOf(completion));
      done(draft, task, completion);
      draft.emit('receptionRefused', task.scope, { taskId: task.id, form: '03', reason });
      return;
    }
  }
}

// Steps ---------------------------------------------------------------------------------------------------------------------------------------

function completeOfficerStep(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  const resolved = draft.resolved(procedure);
  const step = resolved.steps.find((one) => one.code === task.step) ?? refuse('NOT_FOUND', { step: task.step });
  if (procedure.supplements.some((one) => one.suspends && (one.status === 'asked' || one.status === 'lapsed'))) {
    refuse('PRECONDITION_FAILED', { waitingFor: 'investor' });
  }
  if (step.kind !== 'signature') {
    outcomeOf('step', completion);
    requireProposal(draft, procedure, step.code);
    const outcome = step.kind === 'council' ? closeCouncil(draft, task) : 'done';
    done(draft, task, completion);
    if (step.fourEyes && !isSecondTask(task)) return;
    const reference = referenceOf(draft, completion.reference ?? '');
    return finishStep(draft, procedure, resolved, step.code, outcome, 'person', reference);
  }
  const outcome = outcomeOf('signature', completion);
  const reason = outcome === 'refuse' || againstCouncil(procedure) ? reasonOf(completion) : completion.reason;
  if (proposed(procedure, task, namesOf(person(draft)))) refuse('PROPOSER_CANNOT_APPROVE', { taskId: task.id });
  done(draft, task, completion);
  decideProcedure(
    draft,
    procedure,
    resolved,
    outcome === 'approve' ? 'approved' : 'refused',
    task,
    draft.sealed(reason),
  );
}

function completeByHand(draft: Draft, task: TaskState, completion: Completion): void {
  const kind = answerKindOf(task, undefined) === 'declaration' ? 'declaration' : 'by-hand';
  outcomeOf(kind, completion);
  const reference = completion.reference?.trim() ?? '';
  if (task.step === null) {
    if (kind !== 'declaration') return done(draft, task, completion);
    const procedure = draft.getProcedure(task.scope);
    const declarationId = reference || refuse('VALIDATION_FAILED', { field: 'reference', missing: true });
    requireIdentifier(declarationId, 'reference');
    done(draft, task, completion);
    const gate = draft.resolved(procedure).gates.find(({ code }) => code === 'online-declaration');
    const lapse = gate?.lapse ?? refuse('DEFINITION_INVALID', { gate: 'online-declaration' });
    const lapsesOn = termEnd(draft.law.calendar(procedure.calendar), dateOf(draft.now), lapse);
    draft.emit('onlineDeclared', task.scope, { declarationId, lapsesOn });
    return;
  }
  const procedure = draft.getProcedure(task.scope);
  done(draft, task, completion);
  finishStep(draft, procedure, draft.resolved(procedure), task.step, 'done', 'person', referenceOf(draft, reference));
}

// Opinions and decisions of the lead ----------------------------------------------------------------------------------------------------------

function completeOpinion(draft: Draft, task: TaskState, completion: Completion): void {
  const position = outcomeOf('opinion', completion);
  const conditions = completion.conditions ?? [];
  const legalBasis = completion.legalBasis?.trim() || null;
  done(draft, task, completion);
  answerOpinion(draft, draft.getConsultation(task.scope), task.agency, {
    position,
    conditions,
    legalBasis,
    messageId: null,
  });
}

function decideLapse(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  const decision = outcomeOf('lapse', completion, lapseOutcomes(draft.resolved(procedure)));
  const reason = draft.seal(reasonOf(completion));
  const lapsed =
    procedure.supplements.find(({ requestId }) => requestId === aboutOf(task, 'lapse')?.requestId) ??
    refuse('NOT_FOUND', { task: task.id });
  if (lapsed.status !== 'lapsed') refuse('PRECONDITION_FAILED', { supplement: lapsed.status });
  done(draft, task, completion);
  draft.emit('lapseDecided', task.scope, { requestId: lapsed.requestId, decision, reason });
  // Between the stop and the end of the procedure nobody goes on working on it.
  if (decision !== 'continue') cancelTasksOf(draft, procedure, 'stopped');
}
