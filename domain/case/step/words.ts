import type { TextRef, Words } from '../words.js';

/** What the events of steps carry. */
export interface StepPayloads {
  /** `call`: the register makes the call that the step needs. */
  stepStarted: { step: string; call?: true };
  stepCompleted: { step: string; outcome: string; by: 'system' | 'person' | 'waived'; reference: Words | null };
  /** An automatic step could not be done by machine; a task «by hand» follows. */
  stepFailed: { step: string; reason: string };
  /** The head sends work back: `step` is done anew, and so is what rests on it. */
  workReturned: { taskId: string; step: string; items: readonly Words[]; reason: TextRef };
  /** The step counts as not done; its next round begins. */
  stepReopened: { step: string; round: number; cause: 'returned' | 'late-opinion' };
}
