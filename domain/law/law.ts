import { predecessorsOf, successorOf, type Text } from './agency.js';
import { opinionChannel } from './agency-systems.js';
import { screenAnew, type FiledFacts, type Screening } from '../lane/screening.js';
import type { Calendar } from '../time/calendar.js';
import type { Catalogue } from './catalogue.js';
import { refuse } from '../errors.js';
import {
  procedureById,
  procedureVersion,
  resolveProcedure,
  type ProcedureDefinition,
  type ProjectFacts,
  type ResolvedProcedure,
} from './procedure.js';
import type { RegimeInForce } from './regime.js';
import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Settings } from '../schemas/settings.js';
import { millisecondsOf, type Instant, type PlainDate } from '../time/instants.js';
import { cityIdentifier } from '../case/case/code.js';

/** What `decide` may ask of the law: immutable data, looked up in process. Refuses `DEFINITION_UNKNOWN` and `CALENDAR_UNKNOWN`. */
export interface Law {
  calendar(code: string): Calendar;
  /** The calendar in which a whole case is counted. */
  readonly caseCalendar: Calendar;
  /** Whether the City may set this agency's time; an agency nobody knows is not the City's. */
  commandedByCity(agency: string): boolean;
  /** The version in force on that date, as it applies to a project with these facts. */
  procedureAt(code: string, at: PlainDate, facts: ProjectFacts): ResolvedProcedure;
  procedureVersion(code: string, version: string, facts: ProjectFacts): ResolvedProcedure;
  /** Exactly this version, as the law has it for every project. */
  definition(version: string): ProcedureDefinition;
  /** What a pathway demands beside its procedures, and in which order they may come. */
  pathway(code: string): Pick<PathwayDefinition, 'extraDuties' | 'orders'>;
  /** What an agency is called; its code where nobody knows it any more. */
  agencyName(agency: string): Text;
  /** Who has to do now what this agency once had to: itself, or the one that it was merged into. */
  successorOf(agency: string): string;
  /** The agencies that were merged into this one. */
  predecessorsOf(agency: string): readonly string[];
  /** How an agency answers consultations: by its own system or in our worklist. */
  channel(agency: string): 'system' | 'worklist';
  /** Whoever owns the green lane: decides the lane where screening could not. */
  readonly laneOwner: string;
  /** The one-stop unit where dossiers arrive. */
  readonly receivingAgency: string;
  /** With what the codes of its dossiers begin: its own identifier, else the City's. */
  readonly dossierIdentifier: string;
  /** A sandbox regime by its version, with its figures as they hold. */
  regime(version: string): RegimeInForce;
  /** How the City runs the green lane where the law leaves it open. */
  readonly settings: Settings;
  /** A filing screened anew as of its day, with some of its facts known or put right. */
  screenAnew(filed: FiledFacts, known: ProjectFacts): Screening;
  /** Calendars and settings that were changed by publication, and agencies that were merged, oldest first. */
  readonly changes: readonly LawChange[];
}

/** A new version of a calendar that came while cases ran: by which document, at which instant of business time. */
interface PublishedCalendar {
  readonly calendar: string;
  readonly version: number;
  readonly document: string;
  readonly at: Instant;
}

/** Settings of the City that came while cases ran. */
interface PublishedSettings {
  readonly document: string;
  readonly at: Instant;
}

/** An agency that was merged into another one while cases ran. */
interface PublishedMerger {
  readonly merged: string;
  readonly into: string;
  readonly document: string;
  readonly at: Instant;
}

/** The law on either side of a change. */
interface Sides {
  readonly before: Law;
  readonly after: Law;
}

export type CalendarChange = PublishedCalendar & Sides;
export type SettingsChange = PublishedSettings & Sides;
export type MergerChange = PublishedMerger & Sides;
export type LawChange = CalendarChange | SettingsChange | MergerChange;

export const isOfCalendar = (change: LawChange): change is CalendarChange => 'calendar' in change;
export const isMerger = (change: LawChange): change is MergerChange => 'merged' in change;

/** The City's settings as they held at that instant: what a paper of then goes by, whenever it is printed. */
export function settingsAt({ changes, settings }: Pick<Law, 'changes' | 'settings'>, at: Instant): Settings {
  const next = changes.find(
    (change) => !isOfCalendar(change) && !isMerger(change) && millisecondsOf(change.at) > millisecondsOf(at),
  );
  return next?.before.settings ?? settings;
}

/**
 * The law as the catalogue holds it, and how its calendars, settings and agencies came to be what they are (`published`, oldest first). `resolveProcedure` is pure, so answers
 * are remembered per version and set of facts.
 */
export function createLaw(
  catalogue: Catalogue,
  published: readonly (
    | (PublishedCalendar & { readonly previous: Calendar })
    | (PublishedSettings & { readonly previous: Settings })
    | PublishedMerger
  )[] = [],
): Law {
  const resolved = new WeakMap<ProjectFacts, Map<string, ResolvedProcedure>>();
  const resolve = (definition: ProcedureDefinition, facts: ProjectFacts): ResolvedProcedure => {
    const known = resolved.get(facts) ?? new Map<string, ResolvedProcedure>();
    resolved.set(facts, known);
    const found = known.get(definition.version) ?? withFee(resolveProcedure(definition, facts, catalogue.agencies));
    known.set(definition.version, found);
    return found;
  };
  const withFee = (procedure: ResolvedProcedure): ResolvedProcedure => {
    const fee = catalogue.settings.fees[procedure.code];
    return fee ? { ...procedure, feeVnd: fee.amountVnd } : procedure;
  };
  const now = (agency: string): string => successorOf(catalogue.agencies, agency);
  const holder = (role: string, fallback: string): string =>
    now([...catalogue.agencies.values()].find((agency) => agency.roles.includes(role))?.code ?? fallback);
  const settings = withSuccessors(catalogue.settings, now);
  const receivingAgency = holder('receiving', 'hcmc-pasc');
  const newest: Law = {
    calendar: (code) => catalogue.calendars.get(code) ?? refuse('CALENDAR_UNKNOWN', { calendar: code }),
    caseCalendar: catalogue.calendar,
    commandedByCity: (agency) => catalogue.agencies.get(agency)?.commandedByCity ?? false,
    procedureAt: (code, at, facts) => resolve(procedureVersion(catalogue.procedures, code, at), facts),
    procedureVersion: (_code, version, facts) => resolve(procedureById(catalogue.procedures, version), facts),
    definition: (version) => procedureById(catalogue.procedures, version),
    pathway: (code) =>
      catalogue.pathways.find((one) => one.code === code) ?? refuse('DEFINITION_UNKNOWN', { pathway: code }),
    agencyName: (agency) => catalogue.agencies.get(agency)?.name ?? { vi: agency, en: agency },
    successorOf: now,
    predecessorsOf: (agency) => predecessorsOf(catalogue.agencies, agency),
    channel: opinionChannel,
    laneOwner: holder('green-lane-owner', 'dof'),
    receivingAgency,
    dossierIdentifier: catalogue.agencies.get(receivingAgency)?.identifierCode ?? cityIdentifier,
    regime: (version) => catalogue.regimes.get(version) ?? refuse('DEFINITION_UNKNOWN', { regime: version }),
    settings,
    screenAnew: (filed, known) => screenAnew(filed, known, catalogue),
    changes: [],
  };
  const changes: LawChange[] = [];
  let after = newest;
  for (const one of [...published].reverse()) {
    // Whoever has to do something does it by today's order: of a merger the law before is the law after it.
    if ('merged' in one) {
      changes.unshift({ ...one, before: after, after });
      continue;
    }
    const { previous: _previous, ...publication } = one;
    const before =
      'calendar' in one ? withCalendar(after, one.previous) : { ...after, settings: withSuccessors(one.previous, now) };
    changes.unshift({ ...publication, before, after });
    after = before;
  }
  return { ...newest, changes };
}

/** The City's settings with whoever took the place of a body that they name. */
function withSuccessors(settings: Settings, now: (agency: string) => string): Settings {
  const { conference, evaluations } = settings;
  const { team } = conference;
  const isSame = (agency: string | undefined) => agency === undefined || now(agency) === agency;
  if (isSame(team?.agency) && isSame(evaluations?.gatheredBy)) return settings;
  return {
    ...settings,
    conference: team ? { ...conference, team: { ...team, agency: now(team.agency) } } : conference,
    ...(evaluations && { evaluations: { ...evaluations, gatheredBy: now(evaluations.gatheredBy) } }),
  };
}

/** The same law with another version of one calendar. */
function withCalendar(law: Law, calendar: Calendar): Law {
  const { code } = calendar.data;
  return {
    ...law,
    calendar: (asked) => (asked === code ? calendar : law.calendar(asked)),
    caseCalendar: law.caseCalendar.data.code === code ? calendar : law.caseCalendar,
  };
}

/** Nothing new is given to an agency that was merged: refuses `AGENCY_MERGED` with whoever took its place. */
export function requireExisting(law: Pick<Law, 'successorOf'>, agency: string): void {
  const into = law.successorOf(agency);
  if (into !== agency) refuse('AGENCY_MERGED', { agency, into });
}
