import { councilStep, evaluationStep } from '../../law/admission-steps.js';
import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';
import type { StepState } from './state.js';

/** What an event makes of the steps of a procedure, those that ask other agencies included, in place. */
export function foldSteps(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'stepStarted':
      step(procedure, event.payload.step).startedAt ??= at;
      if (event.payload.call) step(procedure, event.payload.step).called = true;
      return;
    case 'stepCompleted':
      Object.assign(step(procedure, event.payload.step), {
        completedAt: at,
        outcome: event.payload.outcome,
        by: event.payload.by,
      });
      return;
    case 'stepReopened': {
      const { step: code, round } = event.payload;
      procedure.steps[code] = notBegun(round);
      delete procedure.consulted[code];
      if (code === councilStep) procedure.council = null;
      // What is evaluated anew is proposed anew.
      if (code === evaluationStep) procedure.proposal = null;
      return;
    }
    case 'workReturned':
      procedure.returns.push({ step: event.payload.step, at });
      return;
    case 'stepFailed':
      step(procedure, event.payload.step).failed = true;
      return;
    case 'consultationOpened':
      procedure.consultations = Math.max(procedure.consultations, event.payload.n);
      step(procedure, event.payload.step).startedAt ??= at;
      return;
    case 'consultationClosed': {
      const { step: code, ...counts } = event.payload;
      // A question that was given up, because what it rests on is done anew, ends without an answer.
      if (!procedure.steps[code]?.startedAt) return;
      procedure.consulted[code] = counts;
      Object.assign(step(procedure, code), { completedAt: at, outcome: 'joined', by: 'system' });
      return;
    }
    default:
      return;
  }
}

const step = (procedure: ProcedureState, code: string): StepState => (procedure.steps[code] ??= notBegun(1));

const notBegun = (round: number): StepState => ({
  startedAt: null,
  completedAt: null,
  outcome: null,
  by: null,
  failed: false,
  called: false,
  round,
});
