import type { Law } from '../../law/law.js';
import type { Budget } from '../../time/clock.js';
import { addDays, startOf } from '../../time/instants.js';
import { rungInstants, type RungInstant } from '../../time/ladder.js';
import { plainClock, rungDues, type Due } from '../rungs.js';
import type { ConsultationState } from './state.js';

/** The rungs of each opinion that is out, and the instant at which its silence is what the law makes of it. */
export function* opinionDues(consultation: ConsultationState, ladder: boolean, law: Law): Generator<Due> {
  const { scope, calendar, rungs } = consultation;
  // All were asked at once: who has the same days has the same instants.
  const byBudget = new Map<string, RungInstant[]>();
  const instantsOf = (budget: Budget): RungInstant[] => {
    const key = `${budget.amount} ${budget.unit}`;
    const own = plainClock(consultation, consultation.openedAt);
    const instants =
      byBudget.get(key) ?? rungInstants(law.calendar(calendar), budget, own, law.settings.ladders.opinion);
    byBudget.set(key, instants);
    return instants;
  };
  for (const { agency, status, budget, dueDate, legalEffect, handling } of Object.values(consultation.opinions)) {
    if (status !== 'asked') continue;
    if (ladder) yield* rungDues(scope, `opinion/${agency}`, rungs, instantsOf(budget));
    const at = startOf(addDays(dueDate, 1));
    yield { at, scope, settle: (draft) => draft.emit('opinionLapsed', scope, { agency, legalEffect, handling }, at) };
  }
}
