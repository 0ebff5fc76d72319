import { opinionChannel } from '../agency-systems.js';
import type { Calendar } from '../calendar.js';
import type { Catalogue } from '../catalogue.js';
import { refuse } from '../errors.js';
import {
  procedureById,
  procedureVersion,
  resolveProcedure,
  type ProcedureDefinition,
  type ProjectFacts,
  type ResolvedProcedure,
} from '../procedure.js';
import type { Settings } from '../schemas/settings.js';
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
  /** How the City runs the green lane where the law leaves it open. */
  readonly settings: Settings;
}

/** The law as the catalogue holds it. `resolveProcedure` is pure, so answers are remembered per version and set of facts. */
export function createLaw(catalogue: Catalogue): Law {
  const resolved = new WeakMap<ProjectFacts, Map<string, ResolvedProcedure>>();
  const resolve = (definition: ProcedureDefinition, facts: ProjectFacts): ResolvedProcedure => {
    const known = resolved.get(facts) ?? new Map<string, ResolvedProcedure>();
    resolved.set(facts, known);
    const found = known.get(definition.version) ?? resolveProcedure(definition, facts, catalogue.agencies);
    known.set(definition.version, found);
    return found;
  };
  const holder = (role: string, fallback: string): string =>
    [...catalogue.agencies.values()].find((agency) => agency.roles.includes(role))?.code ?? fallback;
  return {
    calendar: (code) => catalogue.calendars.get(code) ?? refuse('CALENDAR_UNKNOWN', { calendar: code }),
    procedureAt: (code, at, facts) => resolve(procedureVersion(catalogue.procedures, code, at), facts),
    procedureVersion: (_code, version, facts) => resolve(procedureById(catalogue.procedures, version), facts),
    channel: opinionChannel,
    laneOwner: holder('green-lane-owner', 'dof'),
    receivingAgency: holder('receiving', 'hcmc-pasc'),
    settings: catalogue.settings,
  };
}
