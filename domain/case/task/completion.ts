import { draftedIn } from '../../drafting/drafted.js';
import { refuse } from '../../errors.js';
import type { ResultDefinition } from '../../schemas/procedure.js';
import type { Completion } from './commands.js';
import type { TaskState } from './state.js';
import type { Draft } from '../draft.js';

/** A decision against somebody, or against the rule of thumb, is given with its reason. */
export const reasonOf = (completion: Completion): string =>
  completion.reason?.trim()
    ? completion.reason.trim()
    : refuse('VALIDATION_FAILED', { field: 'reason', missing: true });

/**
 * The words of an answer, in the order in which they are written. Of the fields of a result those that no filing proposes are written, the others are what the
 * investor said.
 */
export function writtenIn({ reason, content }: Completion, result?: ResultDefinition): string[] {
  const own = (result?.fields ?? []).filter(({ kind, filed }) => kind === 'text' && filed === null);
  return [
    ...own.map(({ code }) => content?.fields[code] ?? ''),
    ...(content?.reasons ?? []).map(({ text }) => text),
    reason ?? '',
  ].filter((text) => text.trim() !== '');
}

/** Answered. `written` is all that was written, of work for which something is drafted. */
export function done(
  draft: Draft,
  task: TaskState,
  { outcome, reason, attachments = [] }: Completion,
  written: readonly string[] = [],
): void {
  const drafted = written.length === 0 ? undefined : draftedIn(task, draft.state, draft.law, written);
  draft.emit('taskCompleted', task.scope, {
    taskId: task.id,
    outcome,
    note: draft.sealed(reason),
    ...(attachments.length > 0 && { attachments: attachments.map(({ documentId }) => ({ documentId })) }),
    ...(drafted && { drafted }),
  });
}
