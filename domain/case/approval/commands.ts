/** Whoever says so takes no part in the case any more. */
export interface ApprovalCommand {
  readonly type: 'declareInterest';
  readonly reason: string;
}

/** Whether anybody may sign is for the register of people to say: where nobody may, leadership is asked, and no longer once somebody may. */
export interface ApprovalServiceCommand {
  readonly type: 'askSignatory';
  readonly taskId: string;
  readonly wanted: boolean;
}
