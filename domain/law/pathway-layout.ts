import { refuse } from '../errors.js';
import { addWorkingDays, type Calendar, countWorkingDays, ifPublished, onOrNextWorkingDay } from '../time/calendar.js';
import { type Budget, cutBudget } from '../time/clock.js';
import { addDays, type PlainDate } from '../time/instants.js';
import type { LawInForce, NetworkNode } from './pathway-network.js';
import type { Phase, ResolvedProcedure } from './procedure.js';

export type Milestone = 'licence' | 'approvals';

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
