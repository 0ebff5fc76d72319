import type { Completion } from '../commands.js';
import type { Draft } from '../draft.js';
import type { ScopeId } from '../scope.js';
import type { TaskState } from '../state.js';

export function openConference(_draft: Draft, _scope: ScopeId): void {
  throw new Error('not built yet');
}

export function decideConference(_draft: Draft, _task: TaskState, _completion: Completion): void {
  throw new Error('not built yet');
}
