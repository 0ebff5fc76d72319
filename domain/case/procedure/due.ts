import { viewLedger } from '../../time/clock.js';
import type { Calendar } from '../../time/calendar.js';
import { laterOf } from '../../time/instants.js';
import { rungInstants, rungKey, type Rung } from '../../time/ladder.js';
import type { Law } from '../../law/law.js';
import { draftApology } from '../apology/rules.js';
import { lastBeforeDue, needsLetter } from '../apology/due.js';
import { promiseDues } from '../promise/due.js';
import { termsOf, type Terms } from '../promise/terms.js';
import type { Due } from '../rungs.js';
import type { CaseState } from '../state.js';
import { factsBehind } from './state.js';
import type { ProcedureState } from './state.js';

/** Rungs of the printed term with the apology they call for, and the promised terms at risk and missed. */
export function* clockDues(state: CaseState, procedure: ProcedureState, law: Law): Generator<Due> {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const calendar = law.calendar(procedure.calendar);
  const terms = termsOf(procedure);
  const ladder = resolved.ladder ?? law.settings.ladders.procedure;
  yield* printedDues(procedure, terms, calendar, ladder);
  yield* promiseDues(procedure, terms, calendar);
}

function* printedDues(
  procedure: ProcedureState,
  { printed }: Terms,
  calendar: Calendar,
  ladder: readonly Rung[],
): Generator<Due> {
  const { scope, rungs, receivedAt, clockFrom } = procedure;
  const { budget } = printed;
  const apology = lastBeforeDue(ladder);
  for (const one of rungInstants(calendar, budget, viewLedger(calendar, budget, printed.ledger), ladder)) {
    // Where the law counts from the receipt, what form 01 printed begins to hold with form 01.
    const at = receivedAt === null || clockFrom !== null ? one.at : laterOf(one.at, receivedAt);
    const { rung, dueDate } = one;
    if (!rungs.includes(rungKey(rung, dueDate))) {
      yield {
        at,
        scope,
        settle: (draft) => draft.emit('rungReached', scope, { clock: 'printed', rung, dueDate }, at),
      };
    } else if (rung === apology && dueDate !== null && needsLetter(procedure, dueDate)) {
      yield { at, scope, settle: (draft) => draftApology(draft, draft.getProcedure(scope), dueDate, at) };
    }
  }
}
