import type { ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { TaskState } from './state.js';

/** The answers of a procedure and its consultations with which documents went, in the order of the answers. */
export function attachmentsOf(
  { procedures, consultations }: CaseState,
  scope: ScopeId,
): { readonly task: TaskState; readonly documentId: string }[] {
  const asked = Object.values(consultations).filter(({ procedureScope }) => procedureScope === scope);
  const tasks = [procedures[scope], ...asked].flatMap((one) => Object.values(one?.tasks ?? {}));
  return tasks
    .filter(({ completedAt, attachments }) => completedAt !== null && attachments !== undefined)
    .sort((a, b) => ((a.completedAt ?? '') < (b.completedAt ?? '') ? -1 : 1))
    .flatMap((task) => (task.attachments ?? []).map((documentId) => ({ task, documentId })));
}
