import { refuse } from '../../errors.js';
import { barOf } from '../approval/bars.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import type { Assignee, TaskServiceCommand } from './commands.js';
import { getTask, mayHold } from './rules.js';
import { isOver } from './state.js';

/** The head says who does it; one that waits for the investor goes on waiting. Reassigned to whoever holds it, nothing changes. */
export function reassignTask(draft: Draft, taskId: string, to: Assignee, reason: string): void {
  const task = getTask(draft.state, taskId);
  const { role, agency } = person(draft);
  if (role !== 'head' || agency !== task.agency) refuse('FORBIDDEN', { taskId });
  if (isOver(task)) refuse('TASK_CLOSED', { taskId, status: task.status });
  if (!mayHold(to, task)) refuse('UNKNOWN_VALUE', { field: 'to', role: task.role, agency: task.agency });
  const bar = barOf(draft, task, to);
  if (bar) refuse(bar, { taskId, to: to.id });
  if (task.claimedBy === to.id) return;
  const words = draft.seal(reason);
  draft.emit('taskReassigned', task.scope, { taskId, from: task.claimedBy, to: to.id, cause: 'head', reason: words });
}

/**
 * Somebody's absence has begun, or they have left: what they hold goes to their delegate, or back to the worklist where the delegate may not have it. Changes nothing
 * where they no longer hold it.
 */
export function handOverTask(draft: Draft, command: Extract<TaskServiceCommand, { type: 'handOverTask' }>): void {
  const { taskId, from, to, cause = 'absence' } = command;
  if (draft.by.kind !== 'clock') refuse('FORBIDDEN');
  const task = getTask(draft.state, taskId);
  if (isOver(task) || task.claimedBy !== from || to.id === from) return;
  if (!mayHold(to, task) || barOf(draft, task, to)) draft.emit('taskReleased', task.scope, { taskId });
  else draft.emit('taskReassigned', task.scope, { taskId, from, to: to.id, cause, reason: null });
}

/** Whoever held it has gone, or stood in for somebody who is back: it is anybody's again. Changes nothing where they no longer hold it. */
export function freeTask(draft: Draft, taskId: string, from: string): void {
  if (draft.by.kind !== 'clock') refuse('FORBIDDEN');
  const task = getTask(draft.state, taskId);
  if (isOver(task) || task.claimedBy !== from) return;
  draft.emit('taskReleased', task.scope, { taskId, cause: 'may-not-hold' });
}
