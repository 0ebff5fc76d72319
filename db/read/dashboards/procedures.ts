import type pg from 'pg';
import { type TargetState } from '../../../domain/measures/facts.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import {
  type DashboardFilter,
  inSnapshot,
  mostListed,
  type Part,
  part,
  type Spread,
  spread,
  standingLate,
  statementOf,
} from './filter.js';
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

interface RawProcedure {
  procedure: string | null;
  net: Spread;
  gross: Spread;
  parts: Record<'onTime' | 'onTimeStrict' | 'within30' | 'within40' | 'filedOnline', { count: number; n: number }>;
  overdueNow: number;
  extensions: number;
  supplements: number;
  documents: number;
  onceOnly: number;
}

/** Of procedures that ended in the period; a share of terms kept counts those that were late without having ended, too. */
export async function procedureFigures(
  client: pg.PoolClient,
  filter: DashboardFilter,
  today: PlainDate,
): Promise<ProcedureFigures[]> {
  const statement = statementOf(filter);
  const { late, end } = standingLate(statement, filter, today);
  const missedBy = (percent: number) =>
    `(closed_on is null and target${percent} = 'missed' and target${percent}_due < ${end}::date)`;
  // Told once for each row: fifty aggregates ask for them.
  const told = {
    is_ended: `(closed_on is not null and ${statement.within('closed_on')})`,
    is_late: `coalesce(${late}, false)`,
    is_overdue: `coalesce(closed_on is null and coalesce(breached_on, due_date + 1) <= ${statement.param(today)}::date, false)`,
    is_missed30: `coalesce(${missedBy(30)}, false)`,
    is_missed40: `coalesce(${missedBy(40)}, false)`,
  };
  const kept = (column: string, open: string) =>
    `json_build_object('count', count(*) filter (where ${column} and is_ended),
       'n', count(*) filter (where (${column} is not null and is_ended) or ${open}))`;
  const found = await statement.on<RawProcedure & pg.QueryResultRow>(
    client,
    `select procedure, ${spread('net_days', 'is_ended')} as net, ${spread('gross_days', 'is_ended')} as gross,
       json_build_object('onTime', ${kept('on_time', 'is_late')}, 'onTimeStrict', ${kept('on_time_strict', 'is_late')},
         'within30', ${kept('within30', 'is_missed30')}, 'within40', ${kept('within40', 'is_missed40')},
         'filedOnline', ${kept('filed_online', 'false')}) as parts,
       count(*) filter (where is_overdue) as "overdueNow",
       coalesce(sum(extensions) filter (where is_ended), 0)::int as extensions,
       coalesce(sum(supplements) filter (where is_ended), 0)::int as supplements,
       coalesce(sum(documents) filter (where filed_on is not null and is_ended), 0)::int as documents,
       coalesce(sum(once_only) filter (where is_ended), 0)::int as "onceOnly"
     from (
       select *, ${Object.entries(told)
         .map(([name, sql]) => `${sql} as ${name}`)
         .join(', ')}
       from procedure_fact where ${statement.among()} offset 0
     ) f where is_ended or is_late or is_overdue or is_missed30 or is_missed40
     group by grouping sets ((), (procedure)) order by procedure nulls first`,
  );
  return found.map(({ parts: { onTime, onTimeStrict, within30, within40, filedOnline }, ...rest }) => ({
    ...rest,
    onTime: part(onTime.count, onTime.n),
    onTimeStrict: part(onTimeStrict.count, onTimeStrict.n),
    within30: part(within30.count, within30.n),
    within40: part(within40.count, within40.n),
    filedOnline: part(filedOnline.count, filedOnline.n),
  }));
}

export async function targetsNow(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Pick<Summary, 'targets' | 'targetItems'>> {
  const among = statementOf(filter);
  const warned = `(target30 is not null or target40 is not null) and ${among.among()}`;
  const [counts] = await among.on<Summary['targets']>(
    client,
    `select ${[30, 40]
      .map(
        (r) => `count(*) filter (where target${r} = 'at-risk') as "atRisk${r}",
        count(*) filter (where target${r} = 'missed') as "missed${r}"`,
      )
      .join(', ')} from procedure_fact where ${warned}`,
  );
  const targetItems = await among.on<TargetItem & pg.QueryResultRow>(
    client,
    `select case_code as case, procedure, attempt, agency, target30, target30_due as "target30Due", target40, target40_due as "target40Due"
     from procedure_fact where ${warned} order by coalesce(target30_due, target40_due), scope limit ${mostListed}`,
  );
  return { targets: counts ?? { atRisk30: 0, missed30: 0, atRisk40: 0, missed40: 0 }, targetItems };
}

/** By whom the dossiers decided in the period were handled, per procedure. */
export function dashboardHandling(pool: pg.Pool, filter: DashboardFilter): Promise<HandlingCounts[]> {
  const statement = statementOf(filter);
  const handled = (by: string) => `count(*) filter (where handled = '${by}') as ${by}`;
  return inSnapshot(pool, (client) =>
    statement.on<HandlingCounts & pg.QueryResultRow>(
      client,
      `select procedure, count(handled) as n, ${handled('automatic')}, ${handled('partly')}, ${handled('manual')},
         sum(done_by_machine)::int as "doneByMachine", sum(done_assisted)::int as "doneAssisted", sum(done_by_person)::int as "doneByPerson"
       from procedure_fact where handled is not null and ${statement.within('closed_on')} and ${statement.among()}
       group by procedure order by procedure`,
    ),
  );
}
