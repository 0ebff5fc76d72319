import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import type { CaseState } from '../state.js';
import { allTasks, isOver, type TaskState } from './state.js';
import { findBar, namesOf } from '../approval/bars.js';
import { person, type Person } from '../person.js';

export const getTask = (state: CaseState, id: string): TaskState => {
  for (const task of allTasks(state)) if (task.id === id) return task;
  return refuse('NOT_FOUND', { taskId: id });
};

/** A head may do what an officer of the same agency may; nobody acts for another agency. Whoever leadership named may do that one task. */
export function mayHold(
  actor: Pick<Person, 'id' | 'role' | 'agency'>,
  task: Pick<TaskState, 'role' | 'agency' | 'signatory'>,
): boolean {
  if (task.role === 'leader') return actor.role === 'leader';
  if (actor.agency !== task.agency) return false;
  if (task.signatory === actor.id) return true;
  if (task.role === 'head') return actor.role === 'head';
  return actor.role === task.role || actor.role === 'head';
}

export function getOpenTask(draft: Draft, id: string): TaskState {
  const task = getTask(draft.state, id);
  if (!mayHold(person(draft), task)) refuse('FORBIDDEN', { taskId: id });
  if (isOver(task)) refuse('TASK_CLOSED', { taskId: id, status: task.status });
  return task;
}

/** Whoever declared an interest takes no part; the second pair of eyes is not the first. */
function requireNoBar(draft: Draft, task: TaskState): void {
  const bar = findBar(draft.state, task, namesOf(person(draft)));
  if (bar) refuse(bar, { taskId: task.id });
}

export function claimTask(draft: Draft, taskId: string): void {
  const task = getOpenTask(draft, taskId);
  requireNoBar(draft, task);
  if (task.claimedBy === person(draft).id) return;
  if (task.claimedBy !== null) refuse('CONFLICT', { taskId, claimedByYou: false });
  if (task.status === 'waiting') refuse('PRECONDITION_FAILED', { taskId, waitingFor: 'investor' });
  draft.emit('taskClaimed', task.scope, { taskId });
}

export function releaseTask(draft: Draft, taskId: string): void {
  const task = getOpenTask(draft, taskId);
  if (task.claimedBy !== person(draft).id) refuse('PRECONDITION_FAILED', { taskId, claimedByYou: false });
  if (task.status === 'waiting') refuse('PRECONDITION_FAILED', { taskId, waitingFor: 'investor' });
  draft.emit('taskReleased', task.scope, { taskId });
}

/** The task in the hand of whoever acts and not waiting for the investor; a free one is taken in the same act. */
export function takeTask(draft: Draft, taskId: string): TaskState {
  claimTask(draft, taskId);
  const task = getTask(draft.state, taskId);
  if (task.status === 'waiting') refuse('PRECONDITION_FAILED', { taskId, waitingFor: 'investor' });
  return task;
}
