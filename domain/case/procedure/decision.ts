import type { ResolvedProcedure } from '../../law/procedure.js';
import { cancelApologies } from '../apology/rules.js';
import { withoutExtracts } from '../extract/state.js';
import type { Draft } from '../draft.js';
import type { TaskState } from '../task/state.js';
import type { TextRef, Words } from '../words.js';
import type { ProcedureState } from './state.js';

/** The decision and what ends with it: the clock, and every question whose answer can no longer change anything. */
export function decideProcedure(
  draft: Draft,
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  outcome: 'approved' | 'refused',
  task: TaskState | null,
  reason: Words | null,
  content: TextRef | null = null,
): void {
  const step = task?.step;
  if (step) {
    draft.emit('stepCompleted', procedure.scope, { step, outcome, by: 'person', reference: null });
  }
  const without = withoutExtracts(procedure.extracts);
  const endsTerm = outcome === 'refused' || isBudgetSpent(procedure, resolved);
  draft.emit('decisionMade', procedure.scope, {
    outcome,
    taskId: task?.id ?? null,
    reason,
    endsTerm,
    ...(content && { content }),
    ...(without.length > 0 && { without }),
    // Runs have not heard of a merger: the event tells them whose decision it is.
    ...(procedure.formerAgencies && { competentAgency: procedure.competentAgency }),
  });
  for (const consultation of Object.values(draft.state.consultations)) {
    if (consultation.procedureScope !== procedure.scope) continue;
    for (const open of Object.values(consultation.tasks)) draft.cancelTask(open, 'decided');
  }
  cancelApologies(draft, procedure);
  for (const open of Object.values(procedure.tasks)) if (outcome === 'refused') draft.cancelTask(open, 'decided');
}

/** Every step that takes part of the budget is done: the agency's term is over. */
export const isBudgetSpent = (procedure: ProcedureState, resolved: ResolvedProcedure): boolean =>
  resolved.steps.every((step) => step.shareOfBudget === 0 || procedure.steps[step.code]?.completedAt);

/** What was asked of anybody in a procedure and its consultations is not asked any more. */
export function cancelTasksOf(draft: Draft, { scope, tasks }: ProcedureState, reason: string): void {
  for (const task of Object.values(tasks)) draft.cancelTask(task, reason);
  for (const consultation of Object.values(draft.state.consultations)) {
    if (consultation.procedureScope !== scope) continue;
    for (const task of Object.values(consultation.tasks)) draft.cancelTask(task, reason);
  }
}
