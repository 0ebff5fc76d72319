import { refuse } from '../../errors.js';
import type { Completion } from './commands.js';
import type { TaskState } from './state.js';
import type { Draft } from '../draft.js';

/** A decision against somebody, or against the rule of thumb, is given with its reason. */
export const reasonOf = (completion: Completion): string =>
  completion.reason?.trim()
    ? completion.reason.trim()
    : refuse('VALIDATION_FAILED', { field: 'reason', missing: true });

export function done(draft: Draft, task: TaskState, { outcome, reason, attachments = [] }: Completion): void {
  draft.emit('taskCompleted', task.scope, {
    taskId: task.id,
    outcome,
    note: draft.sealed(reason),
    ...(attachments.length > 0 && { attachments: attachments.map(({ documentId }) => ({ documentId })) }),
  });
}
