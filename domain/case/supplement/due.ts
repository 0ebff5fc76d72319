import type { Law } from '../../law/law.js';
import type { Calendar } from '../../time/calendar.js';
import { addDays, laterOf, startOf, type PlainDate } from '../../time/instants.js';
import { instantByDueDate, type RungInstant } from '../../time/ladder.js';
import { rungDues, type Due } from '../rungs.js';
import type { ProcedureState } from '../procedure/state.js';
import type { SupplementState } from './state.js';

/** The reminders of a request to the investor, and the instant at which it lapses; of a violation that is handled, those of its review. */
export function* supplementDues(
  { scope, rungs }: ProcedureState,
  asked: SupplementState,
  calendar: Calendar,
  law: Law,
): Generator<Due> {
  const { requestId, status, deadline, deadlineSince, suspends, reviewOn, requestedAt } = asked;
  if (status !== 'asked') return;
  const by = (day: PlainDate, since: string) =>
    law.settings.ladders.supplement.flatMap((rung): RungInstant[] => {
      const at = rung.kind === 'share' ? undefined : instantByDueDate(calendar, rung, day);
      return at === undefined ? [] : [{ rung: rung.code, at: laterOf(at, since), dueDate: day }];
    });
  if (reviewOn !== null) yield* rungDues(scope, `violation/${requestId}`, rungs, by(reviewOn, requestedAt));
  if (deadline === null) return;
  yield* rungDues(scope, `supplement/${requestId}`, rungs, by(deadline, deadlineSince));
  const at = startOf(addDays(deadline, 1));
  // NĐ 96/2026, Điều 6.1e: only the time given is the investor's.
  const lapsed = { requestId, ...(suspends && { resumes: true as const }) };
  yield { at, scope, settle: (draft) => draft.emit('supplementLapsed', scope, lapsed, at) };
}
