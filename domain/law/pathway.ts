import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Budget } from '../time/clock.js';
import { addDays, type PlainDate } from '../time/instants.js';
import type { Text } from './agency.js';
import { ambition, commitment } from './commitment.js';
import { type LaidOutRow, layOut, type Milestone, type Milestones, milestonesOf } from './pathway-layout.js';
import {
  type LawInForce,
  longestChain,
  type NetworkNode,
  networkOf,
  type Order,
  withoutUnknown,
} from './pathway-network.js';
import type { DutyDefinition, GateDefinition, Phase } from './procedure.js';
import { evaluate, type ProjectFacts, type Verdict } from './rules.js';

export type { PathwayDefinition } from '../schemas/pathway.js';

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
