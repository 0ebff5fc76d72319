import type { Instant } from '../../time/instants.js';

export interface StepState {
  startedAt: Instant | null;
  completedAt: Instant | null;
  outcome: string | null;
  by: 'system' | 'person' | 'waived' | null;
  failed: boolean;
  /** The register makes the call that the step needs; left out by events of before, whose workflows made it. */
  called: boolean;
  /** From 1; a step that is done anew is in its next round. */
  round: number;
}
