import { taskToSign } from '../approval/signatories.js';
import type { CaseState } from '../state.js';
import { allTasks, isOver, type TaskState } from '../task/state.js';

/** A result outlives its case, and so does work on it: what is decided about it, who may decide that, and what other systems say of its dossier. */
export function outlivesCase({ tasks }: Pick<CaseState, 'tasks'>, task: TaskState | undefined): boolean {
  if (task === undefined) return false;
  const about = taskToSign(task);
  const kind = (about === undefined ? task : tasks[about])?.kind;
  return kind === 'result-change' || kind === 'outside';
}

/** Something is still to be done about a result. */
export const hasWorkOnResult = (state: CaseState): boolean =>
  [...allTasks(state)].some((task) => !isOver(task) && outlivesCase(state, task));
