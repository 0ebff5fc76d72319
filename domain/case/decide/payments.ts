import type { Draft } from '../draft.js';

export function recordPayment(_draft: Draft, _procedure: string, _step: string, _reference: string): void {
  throw new Error('not built yet');
}
