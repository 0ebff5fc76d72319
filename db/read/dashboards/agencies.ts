import type pg from 'pg';
import { type PlainDate } from '../../../domain/time/instants.js';
import {
  type DashboardFilter,
  inSnapshot,
  type Part,
  part,
  type Spread,
  spread,
  standingLate,
  statementOf,
} from './filter.js';
import { unfinished } from '../../unfinished.js';

export interface AgencyFigures {
  readonly agency: string;
  readonly onTime: Part;
  readonly holding: Spread;
  /** The same by lane; `cost`: days by which the median of the standard lane is longer than that of the green one, null while one of them has no case. */
  readonly priority: { readonly green: Spread; readonly standard: Spread; readonly cost: number | null };
  readonly tasks: { readonly open: number; readonly overdue: number };
  readonly procedures: {
    readonly open: number;
    readonly overdue: number;
    readonly atRisk30: number;
    readonly missed30: number;
  };
  readonly opinions: { readonly inTime: Part; readonly late: number; readonly silent: number };
  readonly returned: number;
  readonly counterReturns: number;
  readonly receptionsRefused: number;
  readonly extensions: number;
  readonly suspensions: { readonly n: number; readonly days: number };
}

interface AgencyProcedures extends pg.QueryResultRow {
  agency: string;
  /** Decided in time, or late, decided or not. */
  term_ended: number;
  in_time: number;
  open: number;
  overdue: number;
  atRisk30: number;
  missed30: number;
}

interface AgencyDoings extends pg.QueryResultRow {
  agency: string;
  holding: Spread;
  green: Spread;
  standard: Spread;
  asked: number;
  in_time: number;
  late: number;
  silent: number;
  returned: number;
  counterReturns: number;
  receptionsRefused: number;
  extensions: number;
  suspensions: number;
  suspendedDays: number;
}

/** Per agency, by code. What is open is of `today`; the rest of the period. */
export const dashboardAgencies = (
  pool: pg.Pool,
  filter: DashboardFilter,
  today: PlainDate,
): Promise<readonly AgencyFigures[]> =>
  inSnapshot(pool, async (client) => {
    const handled = byAgency(await agencyProcedures(client, filter, today));
    const done = byAgency(await agencyDoings(client, filter));
    const tasks = byAgency(await agencyTasks(client, filter, today));
    const codes = [...new Set([...handled.keys(), ...done.keys(), ...tasks.keys()])].sort();
    return codes.map((agency) => figuresOf(agency, handled.get(agency), done.get(agency), tasks.get(agency)));
  });

const byAgency = <Row extends { agency: string }>(found: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(found.map((row) => [row.agency, row]));

const nothing: Spread = { n: 0, mean: null, median: null, p90: null };

function figuresOf(
  agency: string,
  handled: AgencyProcedures | undefined,
  done: AgencyDoings | undefined,
  tasks: { open: number; overdue: number } | undefined,
): AgencyFigures {
  const { open = 0, overdue = 0, atRisk30 = 0, missed30 = 0 } = handled ?? {};
  return {
    agency,
    onTime: part(handled?.in_time ?? 0, handled?.term_ended ?? 0),
    holding: done?.holding ?? nothing,
    priority: priorityOf(done?.green ?? nothing, done?.standard ?? nothing),
    tasks: { open: tasks?.open ?? 0, overdue: tasks?.overdue ?? 0 },
    procedures: { open, overdue, atRisk30, missed30 },
    opinions: { inTime: part(done?.in_time ?? 0, done?.asked ?? 0), late: done?.late ?? 0, silent: done?.silent ?? 0 },
    returned: done?.returned ?? 0,
    counterReturns: done?.counterReturns ?? 0,
    receptionsRefused: done?.receptionsRefused ?? 0,
    extensions: done?.extensions ?? 0,
    suspensions: { n: done?.suspensions ?? 0, days: done?.suspendedDays ?? 0 },
  };
}

const priorityOf = (green: Spread, standard: Spread): AgencyFigures['priority'] => {
  const known = green.median !== null && standard.median !== null;
  return { green, standard, cost: known ? Math.round((standard.median - green.median) * 10_000) / 10_000 : null };
};

function agencyProcedures(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate) {
  const statement = statementOf(filter);
  const closed = statement.within('closed_on');
  const { late } = standingLate(statement, filter, today);
  return statement.on<AgencyProcedures>(
    client,
    `select agency, count(*) filter (where (on_time is not null and ${closed}) or ${late}) as term_ended,
       count(*) filter (where on_time and ${closed}) as in_time,
       count(*) filter (where closed_on is null) as open,
       count(*) filter (where closed_on is null and coalesce(breached_on, due_date + 1) <= ${statement.param(today)}::date) as overdue,
       count(*) filter (where target30 = 'at-risk') as "atRisk30", count(*) filter (where target30 = 'missed') as "missed30"
     from procedure_fact where (closed_on is null or ${closed} or ${late}) and ${statement.among()} group by agency`,
  );
}

function agencyDoings(client: pg.PoolClient, filter: DashboardFilter) {
  const statement = statementOf(filter);
  const opinions = (result: string) => `count(*) filter (where kind = 'opinion' and ${result})`;
  const counting = (kind: string) => `count(*) filter (where kind = '${kind}')`;
  return statement.on<AgencyDoings>(
    client,
    `select agency, ${spread('days', `kind = 'holding'`)} as holding, ${spread('days', `kind = 'holding' and lane = 'green'`)} as green,
       ${spread('days', `kind = 'holding' and lane = 'standard'`)} as standard, ${opinions('true')} as asked,
       ${opinions(`result = 'in-time'`)} as in_time, ${opinions(`result = 'late'`)} as late, ${opinions(`result = 'silent'`)} as silent,
       ${counting('return')} as returned, ${counting('counter-return')} as "counterReturns", ${counting('reception-refused')} as "receptionsRefused",
       ${counting('extension')} as extensions, ${counting('suspension')} as suspensions,
       coalesce(sum(days) filter (where kind = 'suspension'), 0)::int as "suspendedDays"
     from agency_fact where (class is null or class in ('city', 'central')) and ${statement.within('"on"')} and ${statement.among()}
     group by agency`,
  );
}

function agencyTasks(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate) {
  const statement = statementOf(filter);
  const filtered = [filter.lane, filter.pathway, filter.zone].some((value) => value !== undefined);
  // Work is work, of a trial too; but a trial has neither lane nor pathway.
  const ofCase = filtered
    ? `case_code in (select case_code from case_fact where kind = 'green-lane' and ${statement.among()})`
    : 'true';
  return statement.on<{ agency: string; open: number; overdue: number }>(
    client,
    `select agency, count(*) as open, count(*) filter (where due_date < ${statement.param(today)}::date) as overdue
     from task where ${unfinished('task')} and ${ofCase} group by agency`,
  );
}
