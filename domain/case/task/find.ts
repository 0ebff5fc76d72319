import { scopeKind, type ScopeId } from '../scope.js';
import { isOver, type CaseState, type TaskState } from '../state.js';

function tasksOf(state: CaseState, scope: ScopeId): Record<string, TaskState> {
  switch (scopeKind(scope)) {
    case 'case':
      return state.tasks;
    case 'procedure':
      return state.procedures[scope]?.tasks ?? {};
    case 'consultation':
      return state.consultations[scope]?.tasks ?? {};
  }
}

/** The task of this key in this scope that was not cancelled. */
export function latestTask(state: CaseState, scope: ScopeId, key: string): TaskState | undefined {
  return Object.values(tasksOf(state, scope)).find((task) => task.key === key && task.status !== 'cancelled');
}

/** The key of a task of this scope that is not over and begins so. */
export function openTaskKey(state: CaseState, scope: ScopeId, prefix: string): string | undefined {
  return Object.values(tasksOf(state, scope)).find((task) => task.key.startsWith(prefix) && !isOver(task))?.key;
}
