import { scopeKind, type ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import { isOver, type TaskState } from './state.js';
import { aboutOf } from './keys.js';

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

/** The key of the task of this scope, not over, about an action that the engine could not do. */
export function stuckTaskKey(state: CaseState, scope: ScopeId, action: string): string | undefined {
  return Object.values(tasksOf(state, scope)).find((task) => !isOver(task) && aboutOf(task, 'stuck')?.action === action)
    ?.key;
}
