import type { Completion } from '../commands.js';
import type { Draft } from '../draft.js';
import type { TaskState } from '../state.js';

export function completeApology(_draft: Draft, _task: TaskState, _completion: Completion): void {
  throw new Error('not built yet');
}
