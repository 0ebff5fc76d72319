import { refuse } from '../errors.js';
import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Calendar } from '../time/calendar.js';
import type { PlainDate } from '../time/instants.js';
import type { Agencies } from './agency.js';
import {
  findProcedureVersion,
  type Phase,
  type Procedures,
  type ResolvedProcedure,
  resolveProcedure,
  unreachableNodes,
} from './procedure.js';
import { evaluate, type ProjectFacts } from './rules.js';

export type Order = 'irc-first' | 'company-first';

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
