import type { Lane } from '../case/words.js';
import type { ProcedureState } from '../procedure/state.js';

/** What the City controls is promised shorter, unless the lane is the standard one; the lane may still be undecided. */
export const isPromised = (cityControlled: boolean, lane: Lane | null): boolean =>
  cityControlled && lane !== null && lane !== 'standard';

/** The standard lane promises nothing; the green one promises nothing more to a procedure whose clock already runs. */
export function promiseBy(procedure: ProcedureState, lane: Lane): void {
  if (procedure.closed || (lane !== 'standard' && procedure.ledger.length > 0)) return;
  procedure.promise = isPromised(procedure.cityControlled, lane);
}
