import type { Law } from '../../law/law.js';
import type { Calendar } from '../../time/calendar.js';
import { addDays, laterOf, startOf } from '../../time/instants.js';
import { instantByDueDate, type RungInstant } from '../../time/ladder.js';
import { rungDues, type Due } from '../rungs.js';
import type { ProcedureState } from '../procedure/state.js';
import type { SupplementState } from './state.js';

/** The reminders of a request to the investor, and the instant at which it lapses. */
export function* supplementDues(
  { scope, rungs }: ProcedureState,
  { requestId, status, deadline, deadlineSince }: SupplementState,
  calendar: Calendar,
  law: Law,
): Generator<Due> {
  if (status !== 'asked' || deadline === null) return;
  const instants = law.settings.ladders.supplement.flatMap((rung): RungInstant[] => {
    const at = rung.kind === 'share' ? undefined : instantByDueDate(calendar, rung, deadline);
    return at === undefined ? [] : [{ rung: rung.code, at: laterOf(at, deadlineSince), dueDate: deadline }];
  });
  yield* rungDues(scope, `supplement/${requestId}`, rungs, instants);
  const at = startOf(addDays(deadline, 1));
  yield { at, scope, settle: (draft) => draft.emit('supplementLapsed', scope, { requestId }, at) };
}
