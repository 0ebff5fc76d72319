import type { Instant } from '../../time/instants.js';

export interface StepState {
  startedAt: Instant | null;
  completedAt: Instant | null;
  outcome: string | null;
  by: 'system' | 'person' | 'waived' | null;
  failed: boolean;
  /** From 1; a step that is done anew is in its next round. */
  round: number;
}
