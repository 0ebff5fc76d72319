import type { ScopeId } from '../scope.js';

/** What the people of an agency ask for. */
export interface StepCommand {
  readonly type: 'returnTask';
  readonly taskId: string;
  /** The step to be done anew; null: the one this task rests on. */
  readonly step: string | null;
  readonly items: readonly string[];
  readonly reason: string;
}

/** What the workflow of a procedure asks for. */
export type StepEngineCommand =
  /** `call`: the register makes the call that the step needs. */
  | { readonly type: 'startStep'; readonly step: string; readonly call?: true }
  | {
      readonly type: 'completeStep';
      readonly step: string;
      readonly outcome: string;
      readonly by: 'system' | 'waived';
      readonly reference: string | null;
    }
  | { readonly type: 'failStep'; readonly step: string; readonly reason: string };

/** What came of a call that the register made for a step: its answer, or the code of the failure that trying again does not cure. */
export interface StepServiceCommand {
  readonly type: 'finishCall';
  readonly procedure: ScopeId;
  readonly step: string;
  readonly round: number;
  readonly outcome: string | null;
  readonly reference: string | null;
  readonly failure: string | null;
}
