import { refuse } from '../../errors.js';
import type { Instant } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import { isOver, type TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import { isForHead, openSignatoryTask, signatoryKey, taskToSign } from './signatories.js';
import { holderOf } from '../task-table.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { getTask } from '../task/rules.js';
import { barOf } from './bars.js';

/** Nobody of the agency may do what is the head's: leadership is asked, once; and no longer where somebody may again. */
export function askSignatory(draft: Draft, taskId: string, wanted: boolean): void {
  if (draft.by.kind !== 'clock') refuse('FORBIDDEN');
  const task = getTask(draft.state, taskId);
  const open = openSignatoryTask(draft.state, taskId);
  if (!wanted && open) return draft.cancelTask(open, 'not-needed');
  if (!wanted || open || isOver(task) || !isForHead(task)) return;
  draft.openTask({
    scope: caseScope(draft.state.code),
    key: signatoryKey(draft.state, taskId),
    kind: 'signatory',
    agency: task.agency,
    role: holderOf('signatory'),
    step: null,
  });
}

/** For this one task, somebody of the agency who has no part in what is signed; they hold it at once. */
export function nameSignatory(draft: Draft, task: TaskState, completion: Completion): void {
  outcomeOf('signatory', completion);
  const to = completion.signatory ?? refuse('VALIDATION_FAILED', { field: 'signatory', missing: true });
  const about = getTask(draft.state, taskToSign(task) ?? refuse('NOT_FOUND', { task: task.id }));
  if (isOver(about)) refuse('TASK_CLOSED', { taskId: about.id, status: about.status });
  if (to.agency !== about.agency || (to.role !== 'officer' && to.role !== 'head')) {
    refuse('UNKNOWN_VALUE', { field: 'signatory', agency: about.agency });
  }
  const bar = barOf(draft, about, to);
  if (bar) refuse(bar, { taskId: about.id, signatory: to.id });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, { outcome: completion.outcome });
  const { id: taskId, claimedBy: from, scope } = about;
  draft.emit('signatoryNamed', scope, { taskId, asked: task.id, signatory: to.id, reason });
  if (from !== to.id) {
    draft.emit('taskReassigned', scope, { taskId, from, to: to.id, cause: 'signatory', reason: null });
  }
}

/** What was decided otherwise needs nobody to sign it. */
export function dropSignatories(draft: Draft, at: Instant): void {
  for (const task of Object.values(draft.state.tasks)) {
    const taskId = isOver(task) ? undefined : taskToSign(task);
    if (taskId !== undefined && isOver(getTask(draft.state, taskId))) draft.cancelTask(task, 'decided', at);
  }
}
