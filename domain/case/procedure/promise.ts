import type { Lane } from '../case/words.js';
import type { ProcedureState } from './state.js';

/** The standard lane promises nothing; the green one promises nothing more to a procedure whose clock already runs. */
export function promiseBy(procedure: ProcedureState, lane: Lane): void {
  if (procedure.closed || (lane !== 'standard' && procedure.ledger.length > 0)) return;
  procedure.promise = procedure.cityControlled && lane !== 'standard';
}
