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
  | { readonly type: 'startStep'; readonly step: string }
  | {
      readonly type: 'completeStep';
      readonly step: string;
      readonly outcome: string;
      readonly by: 'system' | 'waived';
      readonly reference: string | null;
    }
  | { readonly type: 'failStep'; readonly step: string; readonly reason: string };
