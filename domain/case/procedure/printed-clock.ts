import type { KnownReading } from '../../time/clock.js';
import { onReturnOf, readKnownTerm, termsOf } from '../promise/terms.js';
import type { Instant } from '../../time/instants.js';
import type { Law } from '../../law/law.js';
import type { CaseState } from '../state.js';
import { factsBehind } from './state.js';
import type { ProcedureState } from './state.js';

/** The term that form 01 printed, at a moment: lists, warnings and letters go by its one date. Null until the clock starts; beyond the calendar what is known of it. */
export function readPrinted(state: CaseState, procedure: ProcedureState, law: Law, at: Instant): KnownReading | null {
  if (procedure.ledger.length === 0) return null;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const { printed } = termsOf(procedure);
  return readKnownTerm(law.calendar(procedure.calendar), printed, at, onReturnOf(resolved, procedure));
}
