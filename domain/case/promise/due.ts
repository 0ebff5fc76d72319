import type { Calendar } from '../../time/calendar.js';
import { viewLedger } from '../../time/clock.js';
import { rungKey, targetInstants } from '../../time/ladder.js';
import type { Due } from '../rungs.js';
import type { ProcedureState } from '../procedure/state.js';
import { atRiskShare, type Terms } from './terms.js';

/** When the promised term and the ambition come into danger and are missed; nothing where no shorter time was promised. */
export function* promiseDues(procedure: ProcedureState, terms: Terms, calendar: Calendar): Generator<Due> {
  if (!procedure.promise) return;
  yield* targetDues(procedure, terms.promised, calendar, 'target30AtRisk', 'target30Missed');
  yield* targetDues(procedure, terms.ambition, calendar, 'target40AtRisk', 'target40Missed');
}

type TargetEvent = 'target30AtRisk' | 'target30Missed' | 'target40AtRisk' | 'target40Missed';

function* targetDues(
  { scope, rungs }: ProcedureState,
  { budget, ledger }: Terms['promised'],
  calendar: Calendar,
  atRisk: TargetEvent,
  missed: TargetEvent,
): Generator<Due> {
  const target = targetInstants(calendar, budget, viewLedger(calendar, budget, ledger), atRiskShare);
  if (!target) return;
  const { dueDate } = target;
  for (const [type, at] of [[atRisk, target.atRisk] as const, [missed, target.missed] as const]) {
    if (at === undefined || rungs.includes(rungKey(type, dueDate))) continue;
    yield { at, scope, settle: (draft) => draft.emit(type, scope, { dueDate }, at) };
  }
}
