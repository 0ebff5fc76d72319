import { refuse } from '../../errors.js';
import type { ResolvedProcedure, ResolvedStep } from '../../law/procedure.js';
import type { Draft } from '../draft.js';
import { isBudgetSpent, decideProcedure } from '../procedure/decision.js';
import type { ProcedureState } from '../procedure/state.js';
import { isOver } from '../task/state.js';
import type { Words } from '../words.js';

/**
 * Has a step done anew, and with it everything begun that rests on it: their tasks close, their results no longer count. Only before the decision.
 */
export function reopenStep(
  draft: Draft,
  procedure: ProcedureState,
  code: string,
  cause: 'returned' | 'late-opinion',
): void {
  if (procedure.decision || procedure.closed) refuse('PRECONDITION_FAILED', { decided: true });
  const { steps } = draft.resolved(procedure);
  const affected = new Set([code]);
  // The graph has no cycle; each pass carries the effect one step further.
  for (let before = 0; before < affected.size;) {
    before = affected.size;
    for (const step of steps) if (step.dependsOn.some((other) => affected.has(other))) affected.add(step.code);
  }
  for (const { code: one } of steps) {
    if (!affected.has(one)) continue;
    const state = procedure.steps[one];
    const tasks = Object.values(procedure.tasks).filter((task) => task.step === one && !isOver(task));
    if (one !== code && !state?.startedAt && !state?.completedAt && tasks.length === 0) continue;
    for (const task of tasks) draft.cancelTask(task, 'reopened');
    draft.emit('stepReopened', procedure.scope, { step: one, round: (state?.round ?? 1) + 1, cause });
  }
}

/** A step may begin once the dossier is received and everything it depends on is done. */
export function requireStepReady(
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  code: string,
  ...kinds: ResolvedStep['kind'][]
): ResolvedStep {
  const step = resolved.steps.find((one) => one.code === code) ?? refuse('NOT_FOUND', { step: code });
  if (!kinds.includes(step.kind)) refuse('PRECONDITION_FAILED', { step: code, kind: step.kind });
  if (procedure.stage !== 'processing' && procedure.stage !== 'decided')
    refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  if (procedure.supplements.some(({ status }) => status === 'stopped'))
    refuse('PRECONDITION_FAILED', { stopped: true });
  const missing = step.dependsOn.filter((other) => !procedure.steps[other]?.completedAt);
  if (missing.length > 0) refuse('PRECONDITION_FAILED', { step: code, missing });
  return step;
}

/** Books a finished step and what follows from it by rule: a procedure without a signature is decided by its last step. */
export function finishStep(
  draft: Draft,
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  step: string,
  outcome: string,
  by: 'system' | 'person' | 'waived',
  reference: Words | null,
): void {
  draft.emit('stepCompleted', procedure.scope, { step, outcome, by, reference });
  const signed = resolved.steps.some((one) => one.kind === 'signature');
  if (!signed && !procedure.decision && resolved.steps.every((one) => procedure.steps[one.code]?.completedAt)) {
    return decideProcedure(draft, procedure, resolved, 'approved', null, null);
  }
  const running = procedure.ledger.length > 0 && procedure.ledger.at(-1)?.type !== 'stop';
  if (procedure.decision && running && isBudgetSpent(procedure, resolved))
    draft.emit('termEnded', procedure.scope, { step });
}
