import type { CaseState } from '../state.js';
import { isOver, type TaskState } from '../task/state.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { openerOf } from './bars.js';

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
  const barred = new Set(Object.keys(state.recused));
  const opener = openerOf(state, task);
  if (opener !== null) barred.add(opener);
  if (task.kind === 'lane') {
    for (const one of Object.values(state.tasks)) {
      if (one.id === task.id || one.kind !== 'lane' || one.status !== 'done') continue;
      for (const person of [one.completedBy, one.completedFor]) if (person !== null) barred.add(person);
    }
  }
  const procedure = task.kind === 'step' ? state.procedures[task.scope] : undefined;
  for (const one of Object.values(procedure?.tasks ?? {})) {
    if (one.id === task.id || one.kind !== 'step' || one.status !== 'done') continue;
    for (const person of [one.completedBy, one.completedFor]) if (person !== null) barred.add(person);
  }
  for (const person of procedure?.proposal?.by ?? []) barred.add(person);
  for (const person of Object.keys(procedure?.council?.votes ?? {})) barred.add(person);
  return [...barred].sort();
}
