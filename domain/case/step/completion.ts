import { refuse } from '../../errors.js';
import { dateOf } from '../../time/instants.js';
import { namesOf, proposed } from '../approval/bars.js';
import { requireIdentifier } from '../case/identifier.js';
import type { Draft } from '../draft.js';
import { referenceOf } from '../duty/evidence.js';
import { requireCurrentExtracts } from '../extract/rules.js';
import { person } from '../person.js';
import { decideProcedure } from '../procedure/decision.js';
import { declarationLapses } from '../procedure/dossier.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf, writtenIn } from '../task/completion.js';
import { isSecondTask } from '../task/keys.js';
import { againstCouncil, answerKindOf, outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import { requireProposal } from '../trial/admission.js';
import { closeCouncil } from '../trial/council.js';
import { lookOf } from '../result/look.js';
import { canonicalContent, contentOf } from '../result/rules.js';
import type { ProcedureState } from '../procedure/state.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { TextRef } from '../words.js';
import { finishStep } from './rules.js';

/** An officer has done a step, a council has met, or the decision is signed. */
export function completeOfficerStep(draft: Draft, task: TaskState, completion: Completion): void {
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
    done(draft, task, completion, writtenIn(completion));
    if (step.fourEyes && !isSecondTask(task)) return;
    const reference = referenceOf(draft, completion.reference ?? '');
    return finishStep(draft, procedure, resolved, step.code, outcome, 'person', reference);
  }
  const answer = outcomeOf('signature', completion);
  const outcome = answer === 'approve' ? 'approved' : 'refused';
  const reason = answer === 'refuse' || againstCouncil(procedure) ? reasonOf(completion) : completion.reason;
  if (proposed(procedure, task, namesOf(person(draft)))) refuse('PROPOSER_CANNOT_APPROVE', { taskId: task.id });
  requireCurrentExtracts(draft, procedure);
  const written = writtenIn(completion, outcome === 'approved' ? resolved.content : undefined);
  const content = sealedContent(draft, procedure, resolved, outcome, completion);
  done(draft, task, completion, written);
  decideProcedure(draft, procedure, resolved, outcome, task, draft.sealed(reason), content);
}

/** What the decision says beside yes or no, as the law of the procedure has it. Refuses `CONTENT_CHANGED` where it rests on more than was looked at. */
function sealedContent(
  draft: Draft,
  procedure: ProcedureState,
  { content: definition }: ResolvedProcedure,
  outcome: 'approved' | 'refused',
  { content: given }: Completion,
): TextRef | null {
  if (given === undefined) return null;
  if (definition === undefined) return refuse('UNKNOWN_VALUE', { field: 'content' });
  const now = lookOf(draft.state, procedure);
  if (given.seen !== now) refuse('CONTENT_CHANGED', { seen: given.seen, now });
  return draft.seal(canonicalContent(contentOf(definition, outcome, given)), 'content');
}

/** What no machine could do, or fetch, somebody did. */
export function completeByHand(draft: Draft, task: TaskState, completion: Completion): void {
  const kind = answerKindOf(task, undefined) === 'declaration' ? 'declaration' : 'by-hand';
  outcomeOf(kind, completion);
  const reference = completion.reference?.trim() ?? '';
  if (task.step === null) {
    if (kind !== 'declaration') return done(draft, task, completion);
    const procedure = draft.getProcedure(task.scope);
    const declarationId = reference || refuse('VALIDATION_FAILED', { field: 'reference', missing: true });
    requireIdentifier(declarationId, 'reference');
    done(draft, task, completion);
    const lapsesOn = declarationLapses(
      draft.resolved(procedure),
      draft.law.calendar(procedure.calendar),
      dateOf(draft.now),
    );
    draft.emit('onlineDeclared', task.scope, { declarationId, lapsesOn });
    return;
  }
  const procedure = draft.getProcedure(task.scope);
  done(draft, task, completion);
  finishStep(draft, procedure, draft.resolved(procedure), task.step, 'done', 'person', referenceOf(draft, reference));
}
