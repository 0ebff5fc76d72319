import type { Draft } from '../draft.js';

export function incurDuties(_draft: Draft): void {
  return;
}

export function meetDuty(_draft: Draft, _duty: string, _evidence: string | null): void {
  throw new Error('not built yet');
}
