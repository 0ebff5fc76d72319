import type { Assignee, PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';

export function reassignTask(_draft: Draft, _taskId: string, _to: Assignee, _reason: string): void {
  throw new Error('not built yet');
}

export function handOverTask(_draft: Draft, _taskId: string, _from: string, _to: Assignee): void {
  throw new Error('not built yet');
}

export function returnTask(_draft: Draft, _command: Extract<PersonCommand, { type: 'returnTask' }>): void {
  throw new Error('not built yet');
}

export function declareInterest(_draft: Draft, _reason: string): void {
  throw new Error('not built yet');
}
