import type { Law } from '../../law/law.js';
import type { Budget } from '../../time/clock.js';
import { rungInstants } from '../../time/ladder.js';
import { plainClock, rungDues, type Due } from '../rungs.js';
import type { ConsultationState } from '../consultation/state.js';

/** The rungs of a conference that has not decided. */
export function* conferenceDues(consultation: ConsultationState, law: Law): Generator<Due> {
  const { scope, conference, calendar, rungs } = consultation;
  if (!conference || conference.decidedAt !== null) return;
  const budget: Budget = conference.budget;
  const own = plainClock(consultation, conference.openedAt);
  yield* rungDues(
    scope,
    'conference',
    rungs,
    rungInstants(law.calendar(calendar), budget, own, law.settings.ladders.conference),
  );
}
