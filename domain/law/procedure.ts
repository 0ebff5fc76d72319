import type { Budget } from '../time/clock.js';
import type {
  ClockPolicy,
  DutyDefinition,
  GateDefinition,
  Phase,
  ProcedureDefinition,
  ResultDefinition,
  SilencePolicy,
  StepDefinition,
} from '../schemas/procedure.js';
import { type Agencies, successionOf, getAgency, successorOf, type Text } from './agency.js';
import { refuse } from '../errors.js';
import type { Rung } from '../time/ladder.js';
import { evaluate, type ProjectFacts } from './rules.js';
import type { PlainDate } from '../time/instants.js';

export type {
  ClockPolicy,
  DutyDefinition,
  GateDefinition,
  Phase,
  ProcedureDefinition,
  SilencePolicy,
} from '../schemas/procedure.js';
export type { Text } from './agency.js';
export type { ProjectFacts } from './rules.js';

/** A step whose holder is known: an agency code, `system` or `investor`. */
export interface ResolvedStep {
  code: string;
  name: Text;
  kind: StepDefinition['kind'];
  agency: string;
  dependsOn: string[];
  automation: 'full' | 'assisted' | 'manual';
  shareOfBudget: number;
  /** Two officers, one after the other. */
  fourEyes?: true;
}

/** One question to one agency: its days, and what its silence means in law and to the engine. */
export interface ResolvedConsultation {
  agency: string;
  days: Budget;
  about: Text;
  /** Left out: `about` is the one question. */
  questions?: readonly { readonly code: string; readonly text: Text }[];
  legalEffect: 'deemed-agreed' | 'none';
  handling: 'accept' | 'escalate';
}

/** One version of a procedure as it applies to one project: agencies named, budget chosen, steps ready to run. Plain JSON. */
export interface ResolvedProcedure {
  code: string;
  version: string;
  name: Text;
  phase: Phase;
  competentAgency: string;
  /** The competent agency where nobody else handles. */
  handlingAgency: string;
  siteBoard: string | null;
  /** Whether the City commands whoever decides and whoever handles: only then may the budget be cut. */
  cityControlled: boolean;
  budget: Budget;
  budgetVerified: boolean;
  budgetBasis: string;
  startsFrom: ProcedureDefinition['startsFrom'];
  calendar: string;
  clockPolicy: ClockPolicy;
  silence: SilencePolicy;
  consultations: ResolvedConsultation[];
  /** As they were put to bodies that are not asked under that name any more: they were merged since, or decide since. Left out: there is none. */
  formerConsultations?: readonly ResolvedConsultation[];
  documents: { code: string; name: Text; obtainableFrom: string | null; ifAny?: true }[];
  steps: ResolvedStep[];
  duties: DutyDefinition[];
  gates: GateDefinition[];
  /** null: the ladder of the settings. */
  ladder: readonly Rung[] | null;
  result: Text;
  /** What the decision says beside yes or no; left out: nothing. */
  content?: ResultDefinition;
  /** What agencies that are asked may give as reasons; left out: their opinions say no more than their position. */
  opinionReasons?: ResultDefinition['reasons'];
  legalBasis: string[];
  /** Its payment step waits for this fee in VND: only where the fee gate of the procedure is switched on. */
  feeVnd?: string;
}

/** Every version of every procedure, by code, newest first. */
export type Procedures = ReadonlyMap<string, readonly ProcedureDefinition[]>;

/** Checks every definition and indexes them by code. DEFINITION_INVALID as `checkProcedure`, or when two versions of a code are in force on one date. */
export function indexProcedures(definitions: readonly ProcedureDefinition[], agencies: Agencies): Procedures {
  const index = new Map<string, ProcedureDefinition[]>();
  for (const definition of definitions) {
    checkProcedure(definition, agencies);
    index.set(definition.code, [...(index.get(definition.code) ?? []), definition]);
  }
  for (const [code, versions] of index) {
    versions.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
    versions.forEach((newer, i) => {
      const older = versions[i + 1];
      if (older !== undefined && (older.validTo === null || older.validTo >= newer.validFrom)) {
        refuse('DEFINITION_INVALID', {
          procedure: code,
          reason: 'versions overlap',
          versions: [older.version, newer.version],
        });
      }
    });
  }
  return index;
}

/** The version in force on `at`, or the newest one; DEFINITION_UNKNOWN where there is none. */
export function procedureVersion(procedures: Procedures, code: string, at: PlainDate | 'newest'): ProcedureDefinition {
  return findProcedureVersion(procedures, code, at) ?? refuse('DEFINITION_UNKNOWN', { procedure: code, at });
}

/** As `procedureVersion`, but undefined where none is in force. */
export function findProcedureVersion(
  procedures: Procedures,
  code: string,
  at: PlainDate | 'newest',
): ProcedureDefinition | undefined {
  const versions = procedures.get(code);
  if (at === 'newest') return versions?.[0];
  return versions?.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at <= validTo));
}

/** The definition with exactly this version id (`construction-permit@2026-07-01`); DEFINITION_UNKNOWN where there is none. */
export function procedureById(procedures: Procedures, version: string): ProcedureDefinition {
  const [code = ''] = version.split('@');
  return (
    procedures.get(code)?.find((definition) => definition.version === version) ??
    refuse('DEFINITION_UNKNOWN', { procedure: code, version })
  );
}

/**
 * Refuses DEFINITION_INVALID: a step that nothing can reach (it waits for itself, directly or not, or for a step that does not exist), two steps of
 * one code, more than one consultation step or one of an agency that might be asked itself, shares that do not sum to the whole budget, an agency nobody knows.
 */
export function checkProcedure(definition: ProcedureDefinition, agencies: Agencies): void {
  const invalid = (reason: string, about: unknown): never =>
    refuse('DEFINITION_INVALID', { procedure: definition.code, version: definition.version, reason, about });
  if (definition.version !== `${definition.code}@${definition.validFrom}`) invalid('version id', definition.version);
  const { steps } = definition;
  const codes = steps.map(({ code }) => code);
  if (new Set(codes).size < codes.length) invalid('two steps of one code', codes);
  const unreachable = unreachableNodes(new Map(steps.map(({ code, dependsOn }) => [code, dependsOn])));
  if (unreachable.length > 0) invalid('unreachable steps', unreachable);
  if (steps.filter(({ kind }) => kind === 'consultation').length > 1) invalid('two consultation steps', codes);
  const gathered = steps.filter(({ kind, agency }) => kind === 'consultation' && !deciding.has(agency));
  if (gathered.length > 0)
    invalid(
      'opinions gathered by whom does not decide',
      gathered.map(({ agency }) => agency),
    );
  const shares = steps.reduce((sum, { shareOfBudget }) => sum + shareOfBudget, 0);
  if (Math.abs(shares - 1) > 0.001) invalid('shares of the budget', shares);
  const holders = [
    ...Object.values(definition.competentAgency),
    definition.handledBy,
    ...definition.consultations.map(({ agency }) => agency),
    ...steps.map(({ agency }) => agency),
    ...definition.duties.flatMap(({ recipients }) => recipients),
  ].filter((agency) => agency !== null && !tokens.has(agency) && !agencies.has(agency));
  if (holders.length > 0) invalid('unknown agencies', holders);
  const alone = steps.filter(({ kind, fourEyes }) => fourEyes && kind !== 'officer').map(({ code }) => code);
  if (alone.length > 0) invalid('four eyes on what no officer does', alone);
}

/** Who decides or handles is never asked for an opinion: who gathers them, and leads a conference on them, is no party to it. */
const deciding: ReadonlySet<string> = new Set(['@competent', '@handling']);

const tokens = new Set(['@competent', '@handling', '@site-board', 'system', 'investor']);

/** Nodes of a graph that no order of work ever reaches: those on or behind a cycle, and those behind a node that does not exist. */
export function unreachableNodes(dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set<string>();
  let open = [...dependencies.keys()];
  for (let before = -1; before !== open.length;) {
    before = open.length;
    open = open.filter((node) => {
      const ready = (dependencies.get(node) ?? []).every((needed) => reached.has(needed));
      if (ready) reached.add(node);
      return !ready;
    });
  }
  return open;
}

/**
 * The definition as it applies to one project. Competent is the central body where `derived.competentLevel` says so and there is one, else the
 * agency of the site (`derived.siteKind`; province where the site's kind is unknown), else whoever the definition names. Consultations whose
 * addressee does not exist here, or who would be asking itself, are dropped, and with the last of them the step.
 */
export function resolveProcedure(
  definition: ProcedureDefinition,
  facts: ProjectFacts,
  agencies: Agencies,
): ResolvedProcedure {
  const now = (code: string): string => successorOf(agencies, code);
  const competent = competentFor(definition, facts);
  const board = typeof facts['derived.siteBoard'] === 'string' ? facts['derived.siteBoard'] : null;
  const [competentAgency, handlingAgency] = [now(competent), now(definition.handledBy ?? competent)];
  const siteBoard = board === null ? null : now(board);
  const variant = definition.budgetVariants.find(({ when }) => evaluate(when, facts) === 'yes');
  // As the definition has it: what was put to a body before it was merged stays the question that it was, and the graph of the steps stays as it is.
  const written = resolveConsultations(
    definition,
    facts,
    new Set([competent, definition.handledBy ?? competent]),
    board,
    (code) => code,
  );
  const formerConsultations = formerlyAsked(agencies, written, [competentAgency, handlingAgency]);
  const consultations =
    formerConsultations.length === 0 &&
    competentAgency === competent &&
    handlingAgency === (definition.handledBy ?? competent)
      ? written
      : resolveConsultations(definition, facts, new Set([competentAgency, handlingAgency]), board, now);
  const holder = (agency: string): string =>
    agency === '@competent' ? competentAgency : agency === '@handling' ? handlingAgency : now(agency);
  const steps = written.length > 0 ? definition.steps : withoutConsultation(definition.steps);
  return {
    code: definition.code,
    version: definition.version,
    name: definition.name,
    phase: definition.phase,
    competentAgency,
    handlingAgency,
    siteBoard,
    cityControlled: [competentAgency, handlingAgency].every((code) => getAgency(agencies, code).commandedByCity),
    budget: variant?.budget ?? definition.statutoryBudget,
    budgetVerified: variant?.verified ?? definition.verified.statutoryBudget,
    budgetBasis: variant?.basis ?? definition.budgetBasis,
    startsFrom: definition.startsFrom,
    calendar: getAgency(agencies, handlingAgency).calendar,
    clockPolicy: definition.clockPolicy,
    silence: definition.silence,
    consultations,
    ...(formerConsultations.length > 0 && { formerConsultations }),
    // No register of Viet Nam holds what another State keeps of a foreign investor.
    documents: definition.documents.map(({ obtainableWhen, obtainableFrom, ...document }) => ({
      ...document,
      obtainableFrom: obtainableWhen && evaluate(obtainableWhen, facts) !== 'yes' ? null : obtainableFrom,
    })),
    steps: steps.map(({ code, name, kind, agency, dependsOn, automation, shareOfBudget, fourEyes }) => ({
      code,
      name,
      kind,
      agency: holder(agency),
      dependsOn,
      automation,
      shareOfBudget,
      ...(fourEyes && { fourEyes }),
    })),
    duties: definition.duties.some(({ recipients }) => recipients.some((one) => now(one) !== one))
      ? definition.duties.map((duty) => ({ ...duty, recipients: [...new Set(duty.recipients.map(now))] }))
      : definition.duties,
    gates: definition.gates,
    ladder: definition.ladder ?? null,
    result: definition.result,
    ...(definition.content && { content: definition.content }),
    ...(definition.opinionReasons && { opinionReasons: definition.opinionReasons }),
    legalBasis: definition.legalBasis.map(({ act, article }) => `${act}, ${article}`),
  };
}

function competentFor({ competentAgency: by, code }: ProcedureDefinition, facts: ProjectFacts): string {
  const central = facts['derived.competentLevel'] === 'central' ? by.central : null;
  const siteKind = facts['derived.siteKind'];
  const board = facts['derived.siteBoard'];
  // Decree 96/2026/NĐ-CP leaves a zone to its board; the International Financial Centre has its own authority.
  const ofZone = by.zone === '@site-board' ? (typeof board === 'string' ? board : null) : by.zone;
  const ofSite = siteKind === 'park' ? by.park : siteKind === 'zone' ? ofZone : by.province;
  return (
    central ??
    ofSite ??
    by.central ??
    ofZone ??
    by.park ??
    by.province ??
    refuse('DEFINITION_INVALID', { procedure: code, reason: 'nobody is competent' })
  );
}

function resolveConsultations(
  { consultations, silence }: ProcedureDefinition,
  facts: ProjectFacts,
  deciders: ReadonlySet<string>,
  siteBoard: string | null,
  now: (agency: string) => string,
): ResolvedConsultation[] {
  const named = consultations.flatMap((one) => {
    const name = one.agency === '@site-board' ? siteBoard : one.agency;
    return name === null || (one.when !== null && evaluate(one.when, facts) === 'no') ? [] : [{ ...one, name }];
  });
  const own = new Set(named.map(({ name }) => name));
  const asked = new Set(deciders);
  return named.flatMap(({ agency: addressee, name, days, about, questions }) => {
    const agency = now(name);
    // Whoever took the place of another has the questions that it always had.
    if (asked.has(agency) || (agency !== name && own.has(agency))) return [];
    asked.add(agency);
    const handling = silence.handlingByAgency[addressee] ?? silence.handlingByAgency[agency] ?? silence.handling;
    const { legalEffect } = silence;
    return [{ agency, days, about, ...(questions && { questions }), legalEffect, handling }];
  });
}

/** What was put under names that nobody is asked by any more, over every merger on the way; a body's own questions go before those that it took over. */
function formerlyAsked(
  agencies: Agencies,
  written: readonly ResolvedConsultation[],
  deciders: readonly string[],
): ResolvedConsultation[] {
  const former = new Map<string, ResolvedConsultation>();
  for (const one of written)
    if (successorOf(agencies, one.agency) !== one.agency || deciders.includes(one.agency)) former.set(one.agency, one);
  for (const one of written)
    for (const agency of successionOf(agencies, one.agency).slice(0, -1))
      if (!former.has(agency)) former.set(agency, { ...one, agency });
  return [...former.values()];
}

/** Takes the consultation step out: who waited for it waits for what it waited for, and the others share its part of the budget in proportion. */
function withoutConsultation(steps: readonly StepDefinition[]): readonly StepDefinition[] {
  const gone = steps.find(({ kind }) => kind === 'consultation');
  if (gone === undefined) return steps;
  const rest = 1 - gone.shareOfBudget;
  return steps
    .filter((step) => step !== gone)
    .map((step) => ({
      ...step,
      shareOfBudget: rest > 0 ? step.shareOfBudget / rest : step.shareOfBudget,
      dependsOn: [...new Set(step.dependsOn.flatMap((needed) => (needed === gone.code ? gone.dependsOn : [needed])))],
    }));
}
