import type { PlainDate } from '../../time.js';
import type { Completion } from '../commands.js';
import type { Draft } from '../draft.js';
import type { TaskState } from '../state.js';

export function proposeLane(_draft: Draft, _reason: string): void {
  throw new Error('not built yet');
}

export function deferProcedure(_draft: Draft, _procedure: string, _until: PlainDate | null, _reason: string): void {
  throw new Error('not built yet');
}

export function resumeProcedure(_draft: Draft, _procedure: string): void {
  throw new Error('not built yet');
}

export function askQuestion(_draft: Draft, _procedure: string | null, _text: string): void {
  throw new Error('not built yet');
}

export function answerQuestion(_draft: Draft, _task: TaskState, _completion: Completion): void {
  throw new Error('not built yet');
}
