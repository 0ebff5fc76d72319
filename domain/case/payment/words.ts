/** What the events of payments carry. */
export interface PaymentPayloads {
  /** Fee gate: the procedure waits for the investor's payment. */
  paymentRequested: { step: string; amountVnd: string };
  paymentReceived: { step: string; amountVnd: string; reference: string };
}
