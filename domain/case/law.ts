import type { Calendar } from '../calendar.js';
import type { Rung } from '../ladder.js';
import type { ProjectFacts, ResolvedProcedure } from '../procedure.js';
import type { PlainDate } from '../time.js';

/** What `decide` may ask of the law: immutable data, looked up in process. Refuses `DEFINITION_UNKNOWN` and `CALENDAR_UNKNOWN`. */
export interface Law {
  calendar(code: string): Calendar;
  /** The version in force on that date, as it applies to a project with these facts. */
  procedureAt(code: string, at: PlainDate, facts: ProjectFacts): ResolvedProcedure;
  procedureVersion(code: string, version: string, facts: ProjectFacts): ResolvedProcedure;
  /** How an agency answers consultations: by its own system or in our worklist. */
  channel(agency: string): 'system' | 'worklist';
  /** Whoever owns the green lane: decides the lane where screening could not. */
  readonly laneOwner: string;
  /** The one-stop unit where dossiers arrive. */
  readonly receivingAgency: string;
  readonly ladder: readonly Rung[];
}
