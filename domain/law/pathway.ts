import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Agencies, Text } from './agency.js';
import { addWorkingDays, type Calendar, countWorkingDays, ifPublished, onOrNextWorkingDay } from '../time/calendar.js';
import { type Budget, cutBudget } from '../time/clock.js';
import { refuse } from '../errors.js';
import {
  type DutyDefinition,
  findProcedureVersion,
  type GateDefinition,
  type Phase,
  type Procedures,
  resolveProcedure,
  type ResolvedProcedure,
  unreachableNodes,
} from './procedure.js';
import { evaluate, type ProjectFacts, type Verdict } from './rules.js';
import { ambition, commitment } from './commitment.js';
import { addDays, type PlainDate } from '../time/instants.js';

export type { PathwayDefinition } from '../schemas/pathway.js';

export type Order = 'irc-first' | 'company-first';
export type Milestone = 'licence' | 'approvals';

/** What the law-side of a project must be known for to lay a pathway out. */
export interface LawInForce {
  readonly procedures: Procedures;
  readonly agencies: Agencies;
  /** The calendar in which a whole case is counted, and those of single agencies. */
  readonly calendar: Calendar;
  readonly calendars: ReadonlyMap<string, Calendar>;
}

/** One procedure of the network before it is dated. */
export interface NetworkNode {
  procedure: string;
  phase: Phase;
  mandatory: boolean;
  /** `unknown`: a fact is missing; it is planned, and no milestone waits for it. */
  requirement: 'yes' | 'unknown';
  clause: string;
  verified: boolean;
  note: string | null;
  after: { procedure: string; kind: string }[];
  gates: { event: string; note: string | null }[];
  /** It, or something before it, waits for an event that nothing in the plan brings about: its dates are only the earliest. */
  open: boolean;
  resolved: ResolvedProcedure;
}

/** A node with its dates. `starts` is not counted, `ends` is (start-of-day rule); both at the reduction of the layout. */
export interface LaidOutRow {
  procedure: string;
  budget: Budget;
  /** null: what it waits for ends beyond the calendar. */
  starts: PlainDate | null;
  /** null: it ends beyond the calendar. */
  ends: PlainDate | null;
  /** Working dates of its own span, and from filing to its end; null with `ends`. */
  workingDays: number | null;
  cumulativeWorkingDays: number | null;
  releasedBy: string | null;
}

/** When the last mandatory approval of a milestone is in: date, working dates since filing, and the chain that decided it. */
export interface MilestoneDates {
  endDate: PlainDate;
  workingDays: number;
  criticalPath: string[];
}
export type Milestones = Record<Milestone, MilestoneDates>;

export interface PlannedProcedure {
  procedure: string;
  version: string;
  name: Text;
  phase: Phase;
  mandatory: boolean;
  requirement: 'yes' | 'unknown';
  clause: string;
  /** Only predecessors that this project needs too. */
  after: { procedure: string; kind: string }[];
  gates: { event: string; note: string | null }[];
  budget: Budget;
  cityControlled: boolean;
  agency: string;
  handlingAgency: string;
  /** null where the calendar ends before: only of what no milestone waits for. */
  starts: PlainDate | null;
  ends: PlainDate | null;
  /** `earliest`: waits for an event nobody can date yet. */
  dated: 'planned' | 'earliest';
  workingDays: number | null;
  cumulativeWorkingDays: number | null;
  releasedBy: string | null;
  /** The same under the commitment of 30 %. */
  target: { budget: Budget; starts: PlainDate | null; ends: PlainDate | null };
  /** Which of its two figures no text read confirms: the `budget`, the rule that requires it (`requirement`). */
  unverified: ('budget' | 'requirement')[];
  verified: boolean;
  note: string | null;
}

export interface PlannedDuty {
  code: string;
  name: Text;
  on: 'investor' | 'agency';
  due: DutyDefinition['due'];
  recipients: string[];
  deposit: DutyDefinition['deposit'];
  /** The procedures it belongs to; none where the pathway itself brings it. */
  procedures: string[];
  requirement: 'yes' | 'unknown';
  appliesWhen: string | null;
  legalBasis: string;
  verified: boolean;
}

export interface PlannedGate {
  code: string;
  name: Text;
  /** What may not begin before: a procedure, `commencement` or `operation`. */
  blocks: string;
  needs: GateDefinition['needs'];
  lapse: Budget | null;
  legalBasis: string;
  verified: boolean;
}

export interface PathwayPlan {
  id: string;
  name: Text;
  lawful: Verdict;
  reasons: { clause: string; verdict: Verdict; verified: boolean; text: Text }[];
  /** Order of a foreign investor's certificate and company; null where the project doesn't need both. */
  order: Order | null;
  procedures: PlannedProcedure[];
  duties: PlannedDuty[];
  gates: PlannedGate[];
  /** What the pathway spares, and which procedures of the standard pathway that are needed here go with it. */
  replaces: { what: Text; procedures: string[]; clause: string; verified: boolean }[];
  /** Procedures after the approvals that have no definition in force at `lawAt`: named, not planned. */
  notInForce: string[];
  /** Without procedures of which it is not known whether the project needs them: what is unknown makes no term longer. */
  milestones: Milestones;
  /** The same as if the project needed every one of them. */
  most: Milestones;
  /** The same milestones as `milestones` with City-controlled budgets cut by 30 % (commitment) and 40 % (ambition). */
  target: Milestones;
  ambition: Milestones;
  /** Working days of the longest chain of procedures whose time the City sets, as `milestones` counts them. */
  cityDays: Record<Milestone, number>;
  /** When building may start: approvals in, and the notice before commencement (sent with the licence) run out. null: nothing is built. */
  constructionStart: { statutory: PlainDate; target: PlainDate } | null;
  /** Of the milestone on which pathways of this project are compared, at r = 0. */
  criticalPathWorkingDays: number;
  endDate: PlainDate;
}

/** Refuses DEFINITION_INVALID: a procedure, duty or gate nobody defines, or an order of work that contains a cycle. */
export function checkPathway(pathway: PathwayDefinition, procedures: Procedures): void {
  const invalid = (reason: string, about: unknown): never =>
    refuse('DEFINITION_INVALID', { pathway: pathway.code, reason, about });
  const members = new Set(pathway.procedures.map(({ procedure }) => procedure));
  if (members.size < pathway.procedures.length) invalid('a procedure twice', [...members]);
  const unknown = [...members].filter((code) => !procedures.has(code));
  if (unknown.length > 0) invalid('unknown procedures', unknown);
  const strangers = (pathway.alternatives ?? []).flat().filter((code) => !members.has(code));
  if (strangers.length > 0) invalid('alternatives that are no procedures of it', strangers);
  for (const order of pathway.orders.length > 0 ? pathway.orders.map(({ code }) => code) : [null]) {
    const edges = edgesUnder(pathway, order);
    const unreachable = unreachableNodes(
      new Map([...edges].map(([code, after]) => [code, after.map(({ procedure }) => procedure)])),
    );
    if (unreachable.length > 0) invalid('unreachable procedures', unreachable);
  }
  const definitions = [...members].flatMap((code) => procedures.get(code) ?? []);
  const duties = new Set(
    [...definitions, { duties: pathway.extraDuties }].flatMap((one) => one.duties.map(({ code }) => code)),
  );
  const missingDuties = pathway.duties.filter((code) => !duties.has(code));
  if (missingDuties.length > 0) invalid('unknown duties', missingDuties);
  const gates = new Set(definitions.flatMap((one) => one.gates.map(({ code }) => code)));
  const missingGates = pathway.gates.filter((code) => !gates.has(code));
  if (missingGates.length > 0) invalid('unknown gates', missingGates);
}

/** Predecessors of each procedure when that order is taken: the edges of all orders are lifted, then those of this one laid. */
function edgesUnder(
  pathway: PathwayDefinition,
  order: Order | null,
): Map<string, { procedure: string; kind: string }[]> {
  const chosen = pathway.orders.find(({ code }) => code === order)?.edges ?? [];
  const disputed = new Set(pathway.orders.flatMap(({ edges }) => edges.map(([from, to]) => `${from}>${to}`)));
  return new Map(
    pathway.procedures.map(({ procedure, after }) => [
      procedure,
      [
        ...after.filter((edge) => !disputed.has(`${edge.procedure}>${procedure}`)),
        ...chosen.flatMap(([from, to]) => (to === procedure ? [{ procedure: from, kind: 'finish-to-start' }] : [])),
      ],
    ]),
  );
}

/**
 * The procedures this project needs on that pathway, each after those it waits for, in an order of work. A procedure whose requirement is unknown is
 * in; of alternatives one. DEFINITION_UNKNOWN where a licence or build procedure has no version in force at `lawAt`; later ones are only named in `notInForce`.
 */
export function networkOf(
  pathway: PathwayDefinition,
  facts: ProjectFacts,
  law: Pick<LawInForce, 'procedures' | 'agencies'>,
  lawAt: PlainDate,
  order: Order | null,
): { nodes: NetworkNode[]; notInForce: string[] } {
  const edges = edgesUnder(pathway, order);
  const notInForce: string[] = [];
  const nodes = new Map<string, NetworkNode>();
  for (const member of pathway.procedures) {
    const requirement = evaluate(member.requiredWhen, facts);
    if (requirement === 'no') continue;
    const definition = findProcedureVersion(law.procedures, member.procedure, lawAt);
    if (definition === undefined) {
      if (member.phase !== 'operate') refuse('DEFINITION_UNKNOWN', { procedure: member.procedure, at: lawAt });
      notInForce.push(member.procedure);
      continue;
    }
    nodes.set(member.procedure, {
      procedure: member.procedure,
      phase: member.phase,
      mandatory: member.mandatory,
      requirement,
      clause: member.clause,
      verified: member.verified,
      note: member.note,
      after: [],
      gates: member.gates.map(({ event, note }) => ({ event, note })),
      open: member.gates.some(({ undatable }) => undatable),
      resolved: { ...resolveProcedure(definition, facts, law.agencies), phase: member.phase },
    });
  }
  for (const group of pathway.alternatives ?? []) {
    const there = group.flatMap((code) => nodes.get(code) ?? []);
    const one = there.find(({ requirement }) => requirement === 'yes') ?? there[0];
    for (const node of there) if (node !== one) nodes.delete(node.procedure);
  }
  for (const node of nodes.values()) {
    node.after = (edges.get(node.procedure) ?? []).filter(({ procedure }) => nodes.has(procedure));
  }
  const ordered = inOrderOfWork([...nodes.values()]);
  for (const node of ordered) node.open ||= node.after.some(({ procedure }) => nodes.get(procedure)?.open);
  return { nodes: ordered, notInForce };
}

/** The network of what the project is known to need: the edges of the others are passed through. */
export function withoutUnknown(nodes: readonly NetworkNode[]): NetworkNode[] {
  const needed = new Set(nodes.filter(({ requirement }) => requirement === 'yes').map(({ procedure }) => procedure));
  if (needed.size === nodes.length) return [...nodes];
  const edges = new Map(nodes.map(({ procedure, after }) => [procedure, after]));
  const passed = (after: NetworkNode['after']): NetworkNode['after'] =>
    after.flatMap((edge) => (needed.has(edge.procedure) ? [edge] : passed(edges.get(edge.procedure) ?? [])));
  return nodes
    .filter(({ procedure }) => needed.has(procedure))
    .map((node) => ({
      ...node,
      after: [...new Map(passed(node.after).map((edge) => [edge.procedure, edge])).values()],
    }));
}

/** The longest chain of days along the order of work, of the procedures that `ends` names; 0 where it names none. */
export function longestChain(
  nodes: readonly { readonly procedure: string; readonly after: readonly string[] }[],
  daysOf: (procedure: string) => number,
  ends: ReadonlySet<string>,
): { days: number; path: string[] } {
  const edges = new Map(nodes.map(({ procedure, after }) => [procedure, after]));
  const known = new Map<string, { days: number; path: string[] }>();
  const chainTo = (procedure: string): { days: number; path: string[] } => {
    const found = known.get(procedure);
    if (found) return found;
    const before = (edges.get(procedure) ?? []).filter((code) => edges.has(code)).map(chainTo);
    const longest = longer(before);
    const own = daysOf(procedure);
    const chain = { days: longest.days + own, path: own > 0 ? [...longest.path, procedure] : longest.path };
    known.set(procedure, chain);
    return chain;
  };
  return longer(nodes.filter(({ procedure }) => ends.has(procedure)).map(({ procedure }) => chainTo(procedure)));
}

const longer = (chains: readonly { days: number; path: string[] }[]): { days: number; path: string[] } =>
  chains.reduce((best, chain) => (chain.days > best.days ? chain : best), { days: 0, path: [] });

/** A procedure of a body that the City does not command weighs nothing: neither side of a comparison holds it. */
export function cityDaysOf(nodes: readonly NetworkNode[], rows: readonly LaidOutRow[]): PathwayPlan['cityDays'] {
  const days = new Map(
    nodes.map(({ procedure, resolved }, i) => [procedure, resolved.cityControlled ? (rows[i]?.workingDays ?? 0) : 0]),
  );
  const network = nodes.map(({ procedure, after }) => ({ procedure, after: after.map((edge) => edge.procedure) }));
  const longest = (phases: readonly Phase[]) =>
    longestChain(
      network,
      (procedure) => days.get(procedure) ?? 0,
      new Set(nodes.filter((one) => one.mandatory && phases.includes(one.phase)).map((one) => one.procedure)),
    ).days;
  return { licence: longest(['licence']), approvals: longest(['licence', 'build']) };
}

/** Predecessors first, otherwise as given. DEFINITION_INVALID where some can never start. */
export function inOrderOfWork<Node extends { procedure: string; after: { procedure: string }[] }>(
  nodes: readonly Node[],
): Node[] {
  const placed = new Set<string>();
  const ordered: Node[] = [];
  let open = [...nodes];
  while (open.length > 0) {
    const ready = open.filter(({ after }) => after.every(({ procedure }) => placed.has(procedure)));
    if (ready.length === 0) {
      refuse('DEFINITION_INVALID', { reason: 'unreachable procedures', about: open.map(({ procedure }) => procedure) });
    }
    for (const node of ready) placed.add(node.procedure);
    ordered.push(...ready);
    open = open.filter(({ procedure }) => !placed.has(procedure));
  }
  return ordered;
}

/** What `layOut` must know of a procedure. */
export interface Schedulable {
  procedure: string;
  after: { procedure: string }[];
  resolved: Pick<ResolvedProcedure, 'budget' | 'cityControlled' | 'calendar'>;
}

/**
 * Lays a network (predecessors first) on the calendar from the day of filing, every dossier complete on the date the last result it needs is handed
 * over, City-controlled budgets cut by `reduction` percent. What ends beyond the calendar has no dates: `milestonesOf` says whether they are needed.
 */
export function layOut(
  nodes: readonly Schedulable[],
  filed: PlainDate,
  law: Pick<LawInForce, 'calendar' | 'calendars'>,
  reduction: number,
): LaidOutRow[] {
  const ends = new Map<string, PlainDate | null>();
  return nodes.map(({ procedure, after, resolved }) => {
    const { starts, releasedBy } = startOf(procedure, after, filed, ends);
    const calendar = law.calendars.get(resolved.calendar) ?? law.calendar;
    const budget = resolved.cityControlled ? cutBudget(resolved.budget, reduction) : resolved.budget;
    const dated =
      starts === null ? undefined : ifPublished(() => datesOf(calendar, law.calendar, budget, filed, starts));
    ends.set(procedure, dated?.ends ?? null);
    const undated = { ends: null, workingDays: null, cumulativeWorkingDays: null };
    return { procedure, budget, starts, ...(dated ?? undated), releasedBy };
  });
}

function startOf(
  procedure: string,
  after: Schedulable['after'],
  filed: PlainDate,
  ends: ReadonlyMap<string, PlainDate | null>,
): Pick<LaidOutRow, 'starts' | 'releasedBy'> {
  let starts = filed;
  let releasedBy: string | null = null;
  for (const { procedure: before } of after) {
    const ready = ends.get(before);
    if (ready === undefined) return refuse('DEFINITION_INVALID', { procedure, reason: 'not in order of work' });
    if (ready === null) return { starts: null, releasedBy: before };
    if (ready > starts || releasedBy === null) [starts, releasedBy] = [ready > starts ? ready : starts, before];
  }
  return { starts, releasedBy };
}

function datesOf(calendar: Calendar, whole: Calendar, budget: Budget, filed: PlainDate, starts: PlainDate) {
  const ends = endOf(calendar, budget, starts);
  return {
    ends,
    workingDays: countWorkingDays(whole, starts, ends),
    cumulativeWorkingDays: countWorkingDays(whole, filed, ends),
  };
}

// Civil Code, Art. 147.2 and 148.5: the day of the event is not counted; a calendar-day term that ends on a day off rolls.
function endOf(calendar: Calendar, { amount, unit }: Budget, starts: PlainDate): PlainDate {
  return unit === 'working-day'
    ? addWorkingDays(calendar, starts, amount)
    : onOrNextWorkingDay(calendar, addDays(starts, amount));
}

/**
 * The dates of both milestones: the last mandatory approval of phase licence, and of licence or build. With none, the day of filing. Refuses
 * `CALENDAR_UNKNOWN` where one of those ends beyond the calendar.
 */
export function milestonesOf(
  nodes: readonly Pick<NetworkNode, 'procedure' | 'phase' | 'mandatory'>[],
  rows: readonly LaidOutRow[],
  filed: PlainDate,
): Milestones {
  const rowOf = new Map(rows.map((row) => [row.procedure, row]));
  const last = (phases: readonly Phase[]): MilestoneDates => {
    const needed = nodes.filter(({ mandatory, phase }) => mandatory && phases.includes(phase));
    let latest: { row: LaidOutRow; ends: PlainDate; days: number } | undefined;
    for (const { procedure } of needed) {
      const row = rowOf.get(procedure);
      if (row === undefined) continue;
      const { ends, cumulativeWorkingDays: days } = row;
      if (ends === null || days === null)
        return refuse('CALENDAR_UNKNOWN', { procedure, reason: 'it ends after the calendar' });
      if (latest === undefined || ends > latest.ends) latest = { row, ends, days };
    }
    if (latest === undefined) return { endDate: filed, workingDays: 0, criticalPath: [] };
    const criticalPath: string[] = [];
    for (let row: LaidOutRow | undefined = latest.row; row; row = rowOf.get(row.releasedBy ?? '')) {
      criticalPath.unshift(row.procedure);
    }
    return { endDate: latest.ends, workingDays: latest.days, criticalPath };
  };
  return { licence: last(['licence']), approvals: last(['licence', 'build']) };
}

/** Whether the pathway is open to the project, with each condition's clause and verdict. */
export function lawfulness(pathway: PathwayDefinition, facts: ProjectFacts): Pick<PathwayPlan, 'lawful' | 'reasons'> {
  const reasons = pathway.lawfulWhen.map(({ rule, clause, verified, text }) => ({
    clause,
    verdict: evaluate(rule, facts),
    verified,
    text,
  }));
  const lawful = evaluate({ all: pathway.lawfulWhen.map(({ rule }) => rule) }, facts);
  return { lawful, reasons };
}

/**
 * One pathway for one project on the real calendar, lawful or not. Pathways are compared on all approvals when the project builds, else on the licence. `proven`:
 * the facts without what is only claimed and opens a pathway.
 */
export function planPathway(
  pathway: PathwayDefinition,
  facts: ProjectFacts,
  law: LawInForce,
  filed: PlainDate,
  lawAt: PlainDate,
  proven: ProjectFacts = facts,
): PathwayPlan {
  const milestone = comparedOn(facts);
  const candidates = ordersFor(pathway, facts).map((order) => {
    const network = networkOf(pathway, facts, law, lawAt, order);
    const known = withoutUnknown(network.nodes);
    const knownRows = layOut(known, filed, law, 0);
    return { order, ...network, known, knownRows, milestones: milestonesOf(known, knownRows, filed) };
  });
  // Decree 96/2026/NĐ-CP, Art. 72: exactly one order, never parallel. The other one is taken only where it is strictly shorter.
  const best = candidates.reduce((a, b) => (b.milestones[milestone].endDate < a.milestones[milestone].endDate ? b : a));
  const milestonesAt = (percent: number) => milestonesOf(best.known, layOut(best.known, filed, law, percent), filed);
  // What is known to be needed waits for nothing of which nobody knows it.
  const knownNodes = new Map(best.known.map((node) => [node.procedure, node]));
  const planned = best.nodes.map((node) => knownNodes.get(node.procedure) ?? node);
  const [rows, targetRows] = [layOut(planned, filed, law, 0), layOut(planned, filed, law, commitment)];
  const target = milestonesAt(commitment);
  const needed = new Set(best.nodes.map(({ procedure }) => procedure));
  const duties = dutiesOf(pathway, best.nodes, facts, best.order);
  const start = (milestones: Milestones) => constructionStart(milestones, duties);
  return {
    id: pathway.code,
    name: pathway.name,
    ...lawfulness(pathway, proven),
    order: best.order,
    procedures: planned.map((node, i) => plannedProcedure(node, rows[i], targetRows[i])),
    duties,
    gates: gatesOf(pathway, best.nodes, needed, facts),
    replaces: pathway.replaces,
    notInForce: best.notInForce,
    milestones: best.milestones,
    most:
      best.known.length === best.nodes.length
        ? best.milestones
        : milestonesOf(best.nodes, layOut(best.nodes, filed, law, 0), filed),
    target,
    ambition: milestonesAt(ambition),
    cityDays: cityDaysOf(best.known, best.knownRows),
    constructionStart:
      facts['project.construction'] === false ? null : { statutory: start(best.milestones), target: start(target) },
    criticalPathWorkingDays: best.milestones[milestone].workingDays,
    endDate: best.milestones[milestone].endDate,
  };
}

/** Pathways are compared on all approvals when the project builds, on the licence when it does not. */
export function comparedOn(facts: ProjectFacts): Milestone {
  return facts['project.construction'] === false ? 'licence' : 'approvals';
}

// Decree 96/2026/NĐ-CP, Art. 49.4: an investor's duty of 30 days that no commitment of the City shortens.
function constructionStart({ licence, approvals }: Milestones, duties: readonly PlannedDuty[]): PlainDate {
  return duties.reduce((latest, { due }) => {
    if (due?.relativeTo !== 'commencement' || due.direction !== 'before' || due.unit !== 'calendar-day') return latest;
    const noticed = addDays(licence.endDate, due.amount ?? 0);
    return noticed > latest ? noticed : latest;
  }, approvals.endDate);
}

function ordersFor(pathway: PathwayDefinition, facts: ProjectFacts): (Order | null)[] {
  const needed = new Set(
    pathway.procedures
      .filter(({ requiredWhen }) => evaluate(requiredWhen, facts) !== 'no')
      .map(({ procedure }) => procedure),
  );
  const serial = pathway.orders.filter(({ edges }) => edges.some(([from, to]) => needed.has(from) && needed.has(to)));
  return serial.length > 0 ? serial.map(({ code }) => code) : [null];
}

function plannedProcedure(
  { resolved, open, ...node }: NetworkNode,
  row: LaidOutRow | undefined,
  target: LaidOutRow | undefined,
): PlannedProcedure {
  if (row === undefined || target === undefined) throw new Error(`no row for ${node.procedure}`);
  const unverified: PlannedProcedure['unverified'] = [];
  if (!resolved.budgetVerified) unverified.push('budget');
  if (!node.verified || node.requirement === 'unknown') unverified.push('requirement');
  return {
    procedure: node.procedure,
    version: resolved.version,
    name: resolved.name,
    phase: node.phase,
    mandatory: node.mandatory,
    requirement: node.requirement,
    clause: node.clause,
    after: node.after,
    gates: node.gates,
    budget: row.budget,
    cityControlled: resolved.cityControlled,
    agency: resolved.competentAgency,
    handlingAgency: resolved.handlingAgency,
    starts: row.starts,
    ends: row.ends,
    dated: open ? 'earliest' : 'planned',
    workingDays: row.workingDays,
    cumulativeWorkingDays: row.cumulativeWorkingDays,
    releasedBy: row.releasedBy,
    target: { budget: target.budget, starts: target.starts, ends: target.ends },
    unverified,
    verified: unverified.length === 0,
    note: node.note,
  };
}

/** The duties of the procedures in the plan, those of the pathway itself, and the one that the chosen order brings; each once. */
function dutiesOf(
  pathway: PathwayDefinition,
  nodes: readonly NetworkNode[],
  facts: ProjectFacts,
  order: Order | null,
): PlannedDuty[] {
  const ofOrders = new Map(pathway.orders.map((option) => [option.duty, option.code]));
  const duties = new Map<string, PlannedDuty>();
  const take = (duty: DutyDefinition, procedure: string | null): void => {
    const requirement = duty.when === null ? 'yes' : evaluate(duty.when, facts);
    const bound = ofOrders.get(duty.code);
    if (requirement === 'no' || (bound !== undefined && bound !== order)) return;
    const known = duties.get(duty.code);
    if (known !== undefined) {
      if (procedure !== null) known.procedures.push(procedure);
      return;
    }
    const { code, name, on, due, recipients, deposit, appliesWhen, legalBasis, verified } = duty;
    const procedures = procedure === null ? [] : [procedure];
    duties.set(code, {
      code,
      name,
      on,
      due,
      recipients,
      deposit,
      procedures,
      requirement,
      appliesWhen,
      legalBasis,
      verified,
    });
  };
  for (const { procedure, resolved } of nodes) for (const duty of resolved.duties) take(duty, procedure);
  for (const duty of pathway.extraDuties) take(duty, null);
  return [...duties.values()];
}

function gatesOf(
  pathway: PathwayDefinition,
  nodes: readonly NetworkNode[],
  needed: ReadonlySet<string>,
  facts: ProjectFacts,
): PlannedGate[] {
  const builds = facts['project.construction'] !== false;
  return nodes.flatMap(({ procedure, resolved }) =>
    resolved.gates.flatMap(({ code, name, blocks, needs, pathways, lapse, legalBasis, verified }) => {
      const blocked = blocks === '@self' ? procedure : blocks;
      const here = blocked === 'commencement' ? builds : blocked === 'operation' || needed.has(blocked);
      if (!here || (pathways !== null && !pathways.includes(pathway.code))) return [];
      return [{ code, name, blocks: blocked, needs, lapse, legalBasis, verified }];
    }),
  );
}
