import { refuse } from '../../errors.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { Draft } from '../draft.js';
import type { ProcedureState } from '../procedure/state.js';
import { isSecondTask } from '../task/keys.js';
import { takeTask } from '../task/rules.js';
import type { TaskState } from '../task/state.js';
import type { StepCommand } from './commands.js';
import { reopenStep } from './rules.js';

/** Whoever holds a task that rests on an officer's work sends that work back, naming what is missing; its next round begins. */
export function returnTask(draft: Draft, command: StepCommand): void {
  const task = takeTask(draft, command.taskId);
  if (task.kind !== 'step' || task.step === null) refuse('PRECONDITION_FAILED', { kind: task.kind });
  const items = command.items.map((item) => item.trim()).filter((item) => item !== '');
  if (items.length === 0) refuse('VALIDATION_FAILED', { field: 'items', missing: true });
  const reason = draft.seal(command.reason);
  const procedure = draft.getProcedure(task.scope);
  const step = stepToReturn(procedure, draft.resolved(procedure), task, command.step);
  draft.emit('workReturned', task.scope, {
    taskId: task.id,
    step,
    items: items.map((item) => draft.seal(item, 'items')),
    reason,
  });
  reopenStep(draft, procedure, step, 'returned');
}

function stepToReturn(
  procedure: ProcedureState,
  { steps }: ResolvedProcedure,
  task: TaskState,
  asked: string | null,
): string {
  const own = isSecondTask(task) ? [task.step ?? ''] : [];
  const didOf = (codes: readonly string[]) =>
    steps.filter(({ code, kind }) => kind === 'officer' && codes.includes(code)).map(({ code }) => code);
  const below = (codes: readonly string[]) =>
    steps.filter(({ code }) => codes.includes(code)).flatMap(({ dependsOn }) => dependsOn);
  const levels = [own];
  for (let next = below([task.step ?? '']); next.length > 0; next = below(next)) levels.push(didOf(next));
  const known = [...new Set(levels.flat())].filter((code) => own.includes(code) || procedure.steps[code]?.completedAt);
  if (known.length === 0) refuse('PRECONDITION_FAILED', { taskId: task.id, restsOn: [] });
  if (asked !== null) return known.includes(asked) ? asked : refuse('UNKNOWN_VALUE', { field: 'step', known });
  const nearest = levels.map((level) => level.filter((code) => known.includes(code))).find((level) => level.length > 0);
  const [only, ...others] = new Set(nearest);
  if (only === undefined || others.length > 0) refuse('VALIDATION_FAILED', { field: 'step', missing: true, known });
  return only;
}
