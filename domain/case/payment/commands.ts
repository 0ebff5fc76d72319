/** An investor has paid. */
export interface PaymentCommand {
  readonly type: 'recordPayment';
  readonly procedure: string;
  readonly step: string;
  readonly reference: string;
}

/** What the workflow of a procedure asks for. */
export interface PaymentEngineCommand {
  readonly type: 'requestPayment';
  readonly step: string;
}
