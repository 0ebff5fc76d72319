import { cutBudget, readClock, type ClockEntry } from '../../time/clock.js';
import { refuse } from '../../errors.js';
import type { ResolvedProcedure, ResolvedStep } from '../../law/procedure.js';
import { commitment } from '../../law/commitment.js';
import { dateOf } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import type { Words } from '../words.js';
import { requireFreeSite } from '../gate/rules.js';
import { isOver, type TaskState } from '../task/state.js';
import { laneOf } from '../lane/state.js';
import type { ProcedureState } from '../procedure/state.js';
import { cancelApologies } from '../apology/rules.js';

/** Form 01. The version of the procedure in force now is the one that stays; the clock starts here unless the law counts from the filing. */
export function receiveDossier(draft: Draft, procedure: ProcedureState, taskId: string | null, at = draft.now): void {
  const { law, state } = draft;
  const resolved = law.procedureAt(procedure.procedure, dateOf(at), state.facts);
  requireFreeSite(draft, procedure.procedure, resolved.version);
  const calendar = law.calendar(resolved.calendar);
  const ledger: ClockEntry[] = procedure.startsFrom === 'receipt' ? procedure.ledger : [{ type: 'start', at }];
  const due = (budget: ResolvedProcedure['budget']) => {
    const reading = readClock(calendar, budget, ledger, at);
    return reading.dueDate ?? reading.dueIfReturned ?? refuse('CLOCK_HISTORY_INVALID');
  };
  const promised = procedure.promise ? cutBudget(resolved.budget, commitment) : resolved.budget;
  const { promulgation } = law.settings;
  const printsPromise =
    procedure.promise && laneOf(state) === 'green' && promulgation !== null && promulgation.from <= dateOf(at);
  draft.emit(
    'dossierReceived',
    procedure.scope,
    {
      taskId,
      form: '01',
      dossierCode: draft.dossierCode,
      version: resolved.version,
      budget: resolved.budget,
      dueDate: due(resolved.budget),
      promisedDate: due(promised),
      ...(printsPromise && { printed: 'promised' as const }),
    },
    at,
  );
}

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

/** What was asked of anybody in a procedure and its consultations is not asked any more. */
export function cancelTasksOf(draft: Draft, { scope, tasks }: ProcedureState, reason: string): void {
  for (const task of Object.values(tasks)) draft.cancelTask(task, reason);
  for (const consultation of Object.values(draft.state.consultations)) {
    if (consultation.procedureScope !== scope) continue;
    for (const task of Object.values(consultation.tasks)) draft.cancelTask(task, reason);
  }
}

/** The decision and what ends with it: the clock, and every question whose answer can no longer change anything. */
export function decideProcedure(
  draft: Draft,
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  outcome: 'approved' | 'refused',
  task: TaskState | null,
  reason: Words | null,
): void {
  const step = task?.step;
  if (step) {
    draft.emit('stepCompleted', procedure.scope, { step, outcome, by: 'person', reference: null });
  }
  const endsTerm = outcome === 'refused' || budgetSpent(procedure, resolved);
  draft.emit('decisionMade', procedure.scope, { outcome, taskId: task?.id ?? null, reason, endsTerm });
  for (const consultation of Object.values(draft.state.consultations)) {
    if (consultation.procedureScope !== procedure.scope) continue;
    for (const open of Object.values(consultation.tasks)) draft.cancelTask(open, 'decided');
  }
  cancelApologies(draft, procedure);
  for (const open of Object.values(procedure.tasks)) if (outcome === 'refused') draft.cancelTask(open, 'decided');
}

/** Every step that takes part of the budget is done: the agency's term is over. */
const budgetSpent = (procedure: ProcedureState, resolved: ResolvedProcedure): boolean =>
  resolved.steps.every((step) => step.shareOfBudget === 0 || procedure.steps[step.code]?.completedAt);

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
  if (procedure.decision && running && budgetSpent(procedure, resolved))
    draft.emit('termEnded', procedure.scope, { step });
}
