import { readdirSync, readFileSync } from 'node:fs';
import { type Client } from '@temporalio/client';
import type pg from 'pg';

const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // gone meanwhile
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, usersOfChildren = 0, systemOfChildren = 0] = fields.slice(11, 15).map(Number);
  // What its ended children used is theirs too.
  return { parent: Number(fields[1]), ticks: user + system + usersOfChildren + systemOfChildren };
}

/** Processor time that each of these processes and their descendants have used so far, in milliseconds. Linux only. */
export function processorTime(roots: Readonly<Record<string, number>>): Record<string, number> {
  const pids = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  const stats = new Map(pids.flatMap((pid) => ((stat) => (stat ? [[pid, stat] as const] : []))(statOf(pid))));
  const within = (pid: number, root: number): boolean => {
    for (let one: number | undefined = pid; one !== undefined && one > 1; one = stats.get(one)?.parent)
      if (one === root) return true;
    return false;
  };
  return Object.fromEntries(
    Object.entries(roots).map(([name, root]) => {
      let ticks = 0;
      for (const [pid, stat] of stats) if (within(pid, root)) ticks += stat.ticks;
      return [name, (ticks / ticksPerSecond) * 1000];
    }),
  );
}

/** Resident memory of one process in MiB. Linux only. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

/** What the register has done so far. */
export interface RegisterCounts {
  readonly commits: number;
  readonly statements: number;
  /** Inserted and updated. */
  readonly rows: number;
  readonly walBytes: number;
}

/** `admin`: a session of the superuser on the register. Sessions report what they did within a second or so. */
export async function registerCounts(admin: pg.Pool): Promise<RegisterCounts> {
  const { rows } = await admin.query<RegisterCounts>(
    `select (select xact_commit from pg_stat_database where datname = current_database())::float8 as commits,
       (select coalesce(sum(calls), 0) from pg_stat_statements)::float8 as statements,
       (select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables)::float8 as rows,
       (select wal_bytes from pg_stat_wal)::float8 as "walBytes"`,
  );
  const [counts] = rows;
  if (!counts) throw new Error('PostgreSQL counts nothing');
  return counts;
}

/** Rows inserted and updated so far, by table. */
export async function rowsByTable(admin: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await admin.query<{ name: string; rows: number }>(
    'select relname as name, (n_tup_ins + n_tup_upd)::float8 as rows from pg_stat_user_tables',
  );
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

/** WAL in KiB written by each kind of statement since the last reset, by its first words. */
export async function walByStatement(admin: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await admin.query<{ name: string; kib: number }>(
    `select case when query like '%with head as (%' then 'commands' else coalesce(substring(query from '(?:insert into|update|delete from) "?([a-z_]+)'), left(query, 20)) end as name, sum(wal_bytes)::float8 / 1024 as kib
     from pg_stat_statements where wal_bytes > 0 group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, kib }) => [name, kib]));
}

/** Calls of each statement since the last reset, by its first words. */
export async function callsByStatement(admin: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await admin.query<{ name: string; calls: number }>(
    `select left(regexp_replace(query, '\\s+', ' ', 'g'), 60) as name, sum(calls)::float8 as calls from pg_stat_statements group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, calls }) => [name, calls]));
}

/** What Temporal keeps of a case: all its workflows. */
export interface HistoryCounts {
  readonly workflows: number;
  readonly events: number;
  /** Timer started, cancelled, fired. */
  readonly timerEvents: number;
  readonly localActivities: number;
  readonly activities: number;
  readonly signals: number;
  readonly workflowTasks: number;
  /** Of each Signal and what followed it until the next, without timers. */
  readonly perSignal: readonly number[];
  /** Events without timers by what is looked after: `case`, a procedure, its consultation. */
  readonly byScope: Readonly<Record<string, number>>;
}

const subjectOf = (id: string): string => {
  const [, , procedure, , consultation] = id.split('/');
  return procedure === undefined ? 'case' : consultation === undefined ? procedure : `consultation of ${procedure}`;
};

/** Heap that JavaScript uses in a process, by its own metrics, in MiB. */
export async function heapOf(operationsUrl: string): Promise<number> {
  const text = await (await fetch(`${operationsUrl}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1] ?? NaN) / 1024 / 1024;
}

/** Of these workflows together. */
export async function historyCounts({ workflow }: Client, ids: readonly string[]): Promise<HistoryCounts> {
  const counts = { events: 0, timerEvents: 0, localActivities: 0, activities: 0, signals: 0, workflowTasks: 0 };
  const perSignal: number[] = [];
  const byScope: Record<string, number> = {};
  for (const id of ids) {
    const { events = [] } = await workflow.getHandle(id).fetchHistory();
    for (const event of events ?? []) {
      counts.events += 1;
      const isTimer =
        event.timerStartedEventAttributes ?? event.timerCanceledEventAttributes ?? event.timerFiredEventAttributes;
      if (isTimer) counts.timerEvents += 1;
      else byScope[subjectOf(id)] = (byScope[subjectOf(id)] ?? 0) + 1;
      if (event.workflowExecutionSignaledEventAttributes) perSignal.push(0);
      const last = perSignal.length - 1;
      if (!isTimer && last >= 0) perSignal[last] = (perSignal[last] ?? 0) + 1;
      if (event.markerRecordedEventAttributes?.markerName === 'core_local_activity') counts.localActivities += 1;
      if (event.activityTaskScheduledEventAttributes) counts.activities += 1;
      if (event.workflowExecutionSignaledEventAttributes) counts.signals += 1;
      if (event.workflowTaskCompletedEventAttributes) counts.workflowTasks += 1;
    }
  }
  return { workflows: ids.length, ...counts, perSignal, byScope };
}

/** The value below which this share of them lies; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Differences of two readings, each divided. */
export const perEach = <K extends string>(
  before: Readonly<Record<K, number>>,
  after: Readonly<Record<K, number>>,
  count: number,
): Record<K, number> =>
  Object.fromEntries(
    (Object.keys(before) as K[]).map((name) => [name, (after[name] - before[name]) / count]),
  ) as Record<K, number>;
