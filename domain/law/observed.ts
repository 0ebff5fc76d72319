import type { Settings } from '../schemas/settings.js';
import type { PlainDate } from '../time/instants.js';
import { cityDaysOf, type PathwayDefinition } from './pathway.js';
import { layOut, milestonesOf, type Milestone } from './pathway-layout.js';
import { networkOf, withoutUnknown, type LawInForce, type Order } from './pathway-network.js';
import type { ProjectFacts } from './rules.js';

/** How long the standard pathway took before the green lane, by the durations that the City published. */
export interface ObservedBaseline {
  readonly days: number;
  readonly endDate: PlainDate;
  readonly cityDays: number;
}

export interface Observed {
  /** null: of some mandatory procedure nothing is published. */
  readonly baseline: ObservedBaseline | null;
  /** Mandatory procedures without a published duration. */
  readonly missing: readonly string[];
  /** Durations that rest on no text read. */
  readonly unverified: readonly string[];
}

interface Asked {
  readonly pathway: PathwayDefinition;
  readonly order: Order | null;
  readonly milestone: Milestone;
  readonly facts: ProjectFacts;
  readonly filed: PlainDate;
  readonly lawAt: PlainDate;
}

/**
 * The standard pathway laid out as the one by law, each procedure with the duration of today, at most its term by law. All mandatory procedures up to the milestone
 * must have one; what else the project needs keeps its term.
 */
export function observedBaseline(
  { pathway, order, milestone, facts, filed, lawAt }: Asked,
  law: LawInForce,
  published: Settings['observed'],
): Observed {
  const nodes = withoutUnknown(networkOf(pathway, facts, law, lawAt, order).nodes);
  const durations = new Map((published?.procedures ?? []).map((one) => [one.procedure, one]));
  const counted = nodes.filter(
    ({ mandatory, phase }) => mandatory && (phase === 'licence' || (phase === 'build' && milestone === 'approvals')),
  );
  const missing = counted.filter(({ procedure }) => !durations.has(procedure)).map(({ procedure }) => procedure);
  if (counted.length === 0 || missing.length > 0) return { baseline: null, missing, unverified: [] };
  const today = nodes.map((node) => {
    const { budget } = node.resolved;
    const amount = Math.min(budget.amount, durations.get(node.procedure)?.days ?? budget.amount);
    return { ...node, resolved: { ...node.resolved, budget: { ...budget, amount } } };
  });
  const rows = layOut(today, filed, law, 0);
  const { workingDays: days, endDate, criticalPath } = milestonesOf(today, rows, filed)[milestone];
  const unverified = criticalPath.filter((code) => durations.get(code)?.verified === false);
  return { baseline: { days, endDate, cityDays: cityDaysOf(today, rows)[milestone] }, missing, unverified };
}
