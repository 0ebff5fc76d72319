import type { Law } from '../../law/law.js';
import type { Budget } from '../../time/clock.js';
import { rungInstants } from '../../time/ladder.js';
import { addDays, startOf } from '../../time/instants.js';
import { plainClock, rungDues, type Due } from '../rungs.js';
import { mayBeReferred, referConference } from './rules.js';
import type { ConsultationState } from '../consultation/state.js';

/** The rungs of a conference that has not decided, and that it goes to the City's team once its day is over. */
export function* conferenceDues(consultation: ConsultationState, law: Law): Generator<Due> {
  const { scope, conference, calendar, rungs } = consultation;
  if (!conference || conference.decidedAt !== null) return;
  const budget: Budget = conference.budget;
  const own = plainClock(consultation, conference.referred?.at ?? conference.openedAt);
  yield* rungDues(
    scope,
    'conference',
    rungs,
    rungInstants(law.calendar(calendar), budget, own, law.settings.ladders.conference),
  );
  const { team } = law.settings.conference;
  if (!team || !mayBeReferred(conference, team.agency)) return;
  // After the rung of the same instant: first its chair is told, then it is the team's.
  const at = startOf(addDays(conference.dueDate, 1));
  yield { at, scope, settle: (draft) => referConference(draft, scope, null, at) };
}
