import { refuse } from '../../errors.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { Draft } from '../draft.js';
import { requireIdentifier } from '../case/identifier.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import { finishStep, requireStepReady } from '../step/rules.js';

/** The fee gate of a payment step: from here the step waits for the investor. Where the gate was switched off meanwhile nothing is collected. */
export function requestPayment(
  draft: Draft,
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  step: string,
): void {
  if (procedure.payments[step] || procedure.steps[step]?.completedAt) return;
  requireStepReady(procedure, resolved, step, 'payment');
  const { feeVnd } = resolved;
  if (feeVnd === undefined) return finishStep(draft, procedure, resolved, step, 'not-collected', 'waived', null);
  draft.emit('stepStarted', procedure.scope, { step });
  draft.emit('paymentRequested', procedure.scope, { step, amountVnd: feeVnd });
}

/** The investor has paid. One payment settles one fee. */
export function recordPayment(draft: Draft, code: string, step: string, reference: string): void {
  requireIdentifier(reference, 'reference');
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const payment = procedure.payments[step];
  if (!payment || procedure.closed) return refuse('FEE_NOT_DUE', { procedure: code, step });
  if (payment.receivedAt !== null) refuse('DUPLICATE_REQUEST', { procedure: code, reference: payment.reference });
  const paidBefore = Object.values(draft.state.procedures)
    .flatMap(({ payments }) => Object.values(payments))
    .some((one) => one.reference === reference);
  if (paidBefore) refuse('DUPLICATE_REQUEST', { reference });
  const { amountVnd } = payment;
  draft.emit('paymentReceived', procedure.scope, { step, amountVnd, reference });
}

/** A fee that was asked for holds its step up until it is paid. */
export function requirePaid(procedure: ProcedureState, step: string): void {
  const payment = procedure.payments[step];
  if (payment?.receivedAt === null) refuse('PRECONDITION_FAILED', { step, payment: 'due' });
}
