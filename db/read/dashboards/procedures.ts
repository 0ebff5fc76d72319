import type pg from 'pg';
import type { TargetState } from '../../../domain/measures/procedure-facts.js';
import { addDays, type PlainDate } from '../../../domain/time/instants.js';
import type { Spread } from '../../../domain/measures/spread.js';
import { type DashboardFilter, inSnapshot, mostListed, type Part, part, statementOf } from './filter.js';
import { earlier, readTallies, stillLate, type TallyAsk, type Tallied, type Tallies } from './tallies.js';
import { type Summary } from './summary.js';

export interface ProcedureFigures {
  /** null: all procedures together. */
  readonly procedure: string | null;
  readonly net: Spread;
  readonly gross: Spread;
  readonly onTime: Part;
  /** Without extensions, from the filing that proved valid. */
  readonly onTimeStrict: Part;
  /** Today, whatever the period. */
  readonly overdueNow: number;
  readonly within30: Part;
  readonly within40: Part;
  readonly extensions: number;
  readonly supplements: number;
  readonly documents: number;
  readonly onceOnly: number;
  readonly filedOnline: Part;
}

export interface TargetItem {
  readonly case: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly agency: string;
  readonly target30: TargetState | null;
  readonly target30Due: PlainDate | null;
  readonly target40: TargetState | null;
  readonly target40Due: PlainDate | null;
}

/** Decided dossiers of a procedure by whom they were handled, and the substantive steps that were done in them. */
export interface HandlingCounts {
  readonly procedure: string;
  readonly n: number;
  readonly automatic: number;
  readonly partly: number;
  readonly manual: number;
  readonly doneByMachine: number;
  readonly doneAssisted: number;
  readonly doneByPerson: number;
}

/** What the figures of procedures are made of. */
export const procedureAsks = ({ from, to }: DashboardFilter, today: PlainDate) =>
  ({
    procedures: { families: ['procedure by procedure', 'term by procedure'], from, to, by: 'key' },
    lateProcedures: { families: ['late by procedure'], from: null, to: earlier(to, today), by: 'key' },
    overdueProcedures: { families: ['late by procedure'], from: null, to: today, by: 'key' },
    missedTargets: { families: ['missed by procedure'], from: null, to: addDays(earlier(to, today), -1), by: 'key' },
  }) as const satisfies Readonly<Record<string, TallyAsk>>;

/** Of procedures that ended in the period; a share of terms kept counts those that were late without having ended, too. */
export function procedureFigures(tallies: Tallies): ProcedureFigures[] {
  const asks = ['procedures', 'lateProcedures', 'overdueProcedures', 'missedTargets'] as const;
  const found = [...new Set(asks.flatMap((ask) => tallies.parts(ask)))].sort().flatMap((procedure) => {
    const [ended, late, overdue, missed] = asks.map((ask) => tallies.of(ask, procedure)) as [
      Tallied,
      Tallied,
      Tallied,
      Tallied,
    ];
    const open = {
      late: stillLate(late),
      overdue: stillLate(overdue),
      missed30: missed.n('missed 30'),
      missed40: missed.n('missed 40'),
    };
    const isThere = ended.n('closed') > 0 || Object.values(open).some((n) => n > 0);
    return isThere ? [{ procedure, ended, ...open }] : [];
  });
  const sum = (of: (one: (typeof found)[number]) => number) => found.reduce((all, one) => all + of(one), 0);
  const all = {
    ...{
      procedure: null,
      ended: tallies.whole('procedures'),
      late: sum(({ late }) => late),
      overdue: sum(({ overdue }) => overdue),
    },
    ...{ missed30: sum(({ missed30 }) => missed30), missed40: sum(({ missed40 }) => missed40) },
  };
  return [all, ...found].map(({ procedure, ended, late, overdue, missed30, missed40 }) => {
    const kept = (measure: string, open: number): Part => {
      const { n, count } = ended.share(measure);
      return part(count, n + open);
    };
    return {
      procedure,
      net: ended.spread('net'),
      gross: ended.spread('gross'),
      onTime: kept('on time', late),
      onTimeStrict: kept('on time strictly', late),
      overdueNow: overdue,
      within30: kept('within 30', missed30),
      within40: kept('within 40', missed40),
      extensions: ended.total('extensions'),
      supplements: ended.total('supplements'),
      documents: ended.total('documents'),
      onceOnly: ended.total('once only'),
      filedOnline: kept('filed online', 0),
    };
  });
}

export async function targetsNow(
  client: pg.PoolClient,
  filter: DashboardFilter,
  now: Tallied,
): Promise<Pick<Summary, 'targets' | 'targetItems'>> {
  const among = statementOf(filter);
  const warned = `(target30 is not null or target40 is not null) and ${among.among()}`;
  const targetItems = await among.on<TargetItem & pg.QueryResultRow>(
    client,
    `select case_code as case, procedure, attempt, agency, target30, target30_due as "target30Due", target40, target40_due as "target40Due"
     from procedure_fact where ${warned} order by coalesce(target30_due, target40_due), scope limit ${mostListed}`,
  );
  const targets = {
    ...{ atRisk30: now.n('30 at-risk'), missed30: now.n('30 missed') },
    ...{ atRisk40: now.n('40 at-risk'), missed40: now.n('40 missed') },
  };
  return { targets, targetItems };
}

/** By whom the dossiers decided in the period were handled, per procedure. */
export const dashboardHandling = (pool: pg.Pool, filter: DashboardFilter): Promise<HandlingCounts[]> =>
  inSnapshot(pool, async (client) => {
    const { from, to } = filter;
    const tallies = await readTallies(
      client,
      { handled: { families: ['handled by procedure'], from, to, by: 'key' } },
      filter,
    );
    return tallies.parts('handled').map((procedure) => {
      const found = tallies.of('handled', procedure);
      const [automatic, partly, manual] = [
        found.n('handled automatic'),
        found.n('handled partly'),
        found.n('handled manual'),
      ];
      return {
        ...{ procedure, n: automatic + partly + manual, automatic, partly, manual },
        ...{
          doneByMachine: found.total('by machine'),
          doneAssisted: found.total('assisted'),
          doneByPerson: found.total('by person'),
        },
      };
    });
  });
