import type { ConsultationState } from '../case/consultation/state.js';
import type { CaseState } from '../case/state.js';
import { isOver, type TaskState } from '../case/task/state.js';
import type { Addressee } from './kinds.js';

/** Reasons for which work ends because it is to be done anew, or by another date. */
export const askedAgain: ReadonlySet<string> = new Set([
  'asked-anew',
  'reopened',
  'date-moved',
  'extended',
  'migrated',
]);

/** Who is told, by what they have to do with it. */
export const headOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'head' });
export const officersOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'officer' });
export const poolOf = ({ agency, role }: Pick<TaskState, 'agency' | 'role'>): Addressee =>
  role === 'leader' ? { to: 'leaders' } : { to: 'agency', agency, role };
export const holderOf = (task: TaskState): Addressee =>
  task.claimedBy === null ? poolOf(task) : { to: 'person', id: task.claimedBy };
export const claimants = (tasks: readonly TaskState[]): Addressee[] =>
  tasks.flatMap(({ claimedBy }) => (claimedBy === null ? [] : [{ to: 'person', id: claimedBy } as const]));

/** Whoever answers for the agency there: who took the task, else who may, else its head or its officers. */
export function holdersIn({ tasks }: ConsultationState, agency: string, conference: boolean): readonly Addressee[] {
  const open = Object.values(tasks).filter(
    (task) => !isOver(task) && task.agency === agency && (task.kind === 'conference') === conference,
  );
  const claimed = claimants(open);
  if (claimed.length > 0) return claimed;
  return open.length > 0 ? open.map(poolOf) : [conference ? headOf(agency) : officersOf(agency)];
}

/** The task of that id, wherever it lies in the case. */
export function findTask(state: CaseState, taskId: string): TaskState | undefined {
  const places = [state, ...Object.values(state.procedures), ...Object.values(state.consultations)];
  return places.map(({ tasks }) => tasks[taskId]).find((task) => task !== undefined);
}
