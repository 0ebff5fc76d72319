import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';

/** What an event makes of the payments of a procedure, in place. */
export function foldPayments(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'paymentRequested': {
      const { step: code, amountVnd } = event.payload;
      procedure.payments[code] = { amountVnd, requestedAt: at, reference: null, receivedAt: null };
      return;
    }
    case 'paymentReceived': {
      const payment = procedure.payments[event.payload.step];
      if (payment) Object.assign(payment, { reference: event.payload.reference, receivedAt: at });
      return;
    }
    default:
      return;
  }
}
