import type { CaseState } from '../state.js';
import { isOver, type TaskState } from '../task/state.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { barsOn, proposersOf } from './bars.js';

/** What a head alone may do, and what leadership is asked about where no head may. */
export const isForHead = ({ role }: Pick<TaskState, 'role'>): boolean => role === 'head';

/** The task about which leadership is asked; undefined for a task that asks nothing of the kind. */
export const taskToSign = (task: Pick<TaskState, 'kind' | 'key'>): string | undefined =>
  aboutOf(task, 'signatory')?.taskId;

/** The key of the question to leadership about this task; asked again, it is another one. */
export function signatoryKey({ tasks }: CaseState, taskId: string): string {
  const before = Object.values(tasks).filter((one) => taskToSign(one) === taskId).length;
  return makeTaskKey({ kind: 'signatory', taskId, time: before + 1 });
}

/** The question to leadership that is still open. */
export const openSignatoryTask = ({ tasks }: CaseState, taskId: string): TaskState | undefined =>
  Object.values(tasks).find((one) => !isOver(one) && taskToSign(one) === taskId);

/** Who may not do what is the head's here: they declared an interest, or the decision is on their own work. */
export function barredFrom(state: CaseState, task: TaskState): string[] {
  if (!isForHead(task) || isOver(task)) return [];
  const procedure = task.kind === 'step' ? state.procedures[task.scope] : undefined;
  const barred = barsOn(state, task).map(({ person }) => person);
  return [...new Set([...barred, ...(procedure ? proposersOf(procedure, task) : [])])].sort();
}
