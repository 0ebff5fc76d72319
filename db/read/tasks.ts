import type pg from 'pg';
import { type Lane } from '../../domain/case/case/words.js';
import { type TaskKind, type TaskRole } from '../../domain/case/task/words.js';
import { type Risk } from '../../domain/case/task/risk.js';
import { type Instant, type PlainDate } from '../../domain/time/instants.js';
import { refuse } from '../../domain/errors.js';
import { recusedFrom } from '../people/readers.js';
import { rows } from '../pool.js';
import { planName } from '../plan-name.js';
import { unfinished } from '../unfinished.js';
import { type Page, pageOf, placeOf } from './keyset.js';

export type TaskStatus = 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';

/** One line of a worklist. */
export interface TaskSummary {
  readonly id: string;
  readonly caseCode: string;
  readonly caseSeq: number;
  readonly projectName: { readonly vi: string; readonly en: string } | null;
  readonly lane: Lane;
  /** Scope of the workflow that waits for it. */
  readonly scope: string;
  readonly procedure: string | null;
  readonly attempt: number | null;
  /** Version of the procedure the task belongs to, for names in both languages; null for tasks of the case. */
  readonly version: string | null;
  readonly dossierCode: string | null;
  readonly kind: TaskKind;
  readonly key: string;
  readonly agency: string;
  readonly role: TaskRole;
  readonly step: string | null;
  readonly status: TaskStatus;
  /** The date that holds now; null where the law sets none. */
  readonly dueDate: PlainDate | null;
  /** By when this step alone should be done. */
  readonly stepDueDate: PlainDate | null;
  readonly risk: Risk;
  readonly breachedOn: PlainDate | null;
  readonly openedAt: Instant;
  readonly claimedBy: { readonly id: string; readonly name: string | null } | null;
  readonly claimedSince: Instant | null;
  /** Who did it in the round before, where it was sent back. */
  readonly returnedTo: string | null;
  readonly completedBy: string | null;
  /** Of a person the register knows. */
  readonly completedByName: string | null;
  readonly completedAt: Instant | null;
  readonly outcome: string | null;
}

/** A line as one reader has it before them. */
export interface ListedTask extends TaskSummary {
  /** Not opened by the reader, or not since its state or date changed. */
  readonly unread: boolean;
}

export interface TaskFilter {
  /** Business day: what is due by then comes first. */
  readonly today: PlainDate;
  /** Tasks of this agency; undefined = of every one. */
  readonly agency?: string;
  /** Only what these roles may do. */
  readonly roles?: readonly TaskRole[];
  /** Default: open, claimed and waiting. */
  readonly status?: TaskStatus;
  /** Only what this person has claimed. */
  readonly claimedBy?: string;
  /** Work of these people that was sent back comes before all else. */
  readonly returnedTo?: readonly string[];
  readonly caseCode?: string;
  readonly procedure?: string;
  readonly kind?: TaskKind;
  readonly lane?: Lane;
  readonly risk?: Risk;
  readonly unclaimed?: true;
  /** Only what `reader` has not opened as it is now. */
  readonly unread?: true;
  /** Only what was due before this day. */
  readonly dueBefore?: PlainDate;
  /** Beginning of a case code or dossier code. */
  readonly code?: string;
  /** Who reads it: not what belongs to cases in which they have declared an interest. */
  readonly reader?: string;
  readonly cursor?: string;
  readonly limit: number;
}

// Word for word as the partial indexes have it.
const pending = unfinished('t');
const held = `t.status in ('claimed', 'waiting')`;
const ended = `t.status in ('done', 'cancelled')`;
const returned = `t.status = 'open' and t.returned_to is not null`;

type Param = (value: unknown) => string;

const seenBy = (reader: string, param: Param): string =>
  `exists (select from task_mark m where m.person = ${param(reader)} and m.task = t.id and m.status = t.status
    and m.due_date is not distinct from t.due_date)`;

/** What every part of a list has in common. */
function common(filter: TaskFilter, param: Param): string[] {
  const where: string[] = [];
  const only = (value: unknown, condition: (given: string) => string) => {
    if (value !== undefined) where.push(condition(param(value)));
  };
  only(filter.agency, (agency) => `t.agency = ${agency}`);
  only(filter.roles, (roles) => `t.role = any (${roles})`);
  only(filter.caseCode, (code) => `t.case_code = ${code}`);
  only(filter.procedure, (procedure) => `t.procedure = ${procedure}`);
  only(filter.kind, (kind) => `t.kind = ${kind}`);
  only(filter.lane, (lane) => `t.lane = ${lane}`);
  only(filter.risk === undefined ? undefined : 3 - filter.risk, (order) => `t.risk_order = ${order}`);
  only(filter.dueBefore, (day) => `t.due_order < ${day}::date`);
  if (filter.code !== undefined) {
    const beginning = param(`${filter.code.toUpperCase().replaceAll(/[\\%_]/g, '\\$&')}%`);
    where.push(`(t.case_code like ${beginning} or t.dossier_code like ${beginning})`);
  }
  if (filter.reader !== undefined) where.push(`not ${recusedFrom('t.case_code', filter.reader, param)}`);
  if (filter.unread && filter.reader !== undefined) where.push(`not ${seenBy(filter.reader, param)}`);
  if (filter.unclaimed) where.push(`t.status = 'open'`);
  return where;
}

/**
 * A worklist in the order of `worklistRule`: what was sent back to the reader, what is due by `today`, then by risk, lane and date, tasks without a date last;
 * finished ones newest first. By keyset, each part one walk along an index. A cursor keeps the day of its first page, so that midnight loses nothing.
 */
export async function listTasks(pool: pg.Pool, filter: TaskFilter): Promise<Page<ListedTask>> {
  if (filter.status === 'done' || filter.status === 'cancelled') return listFinished(pool, filter);
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const shared = common(filter, param);
  const limit = param(filter.limit + 1);
  const place = placeOf(filter.cursor, ['date', 'number', 'number', 'number', 'due', 'text']);
  const [day = filter.today, segment, risk, lane, due, id] = place ?? [];
  const today = param(day);
  const begun = Number(segment ?? -1);
  if (begun > 2) return refuse('VALIDATION_FAILED', { field: 'cursor' });
  const byDate = { key: '0::smallint as risk_key, 0::smallint as lane_key', order: 't.due_order, t.id' };
  const byRisk = {
    key: 't.risk_order as risk_key, t.lane_order as lane_key',
    order: 't.risk_order, t.lane_order, t.due_order, t.id',
  };
  const beyond = (n: number) => {
    if (begun !== n) return [];
    if (n < 2) return [`(t.due_order, t.id) > (${param(due)}::date, ${param(id)}::text)`];
    const keys = `${param(risk)}::smallint, ${param(lane)}::smallint, ${param(due)}::date, ${param(id)}::text`;
    return [`(t.risk_order, t.lane_order, t.due_order, t.id) > (${keys})`];
  };
  const parts: string[] = [];
  const add = (n: number, { key, order }: typeof byDate, where: readonly string[]) => {
    if (n < begun) return;
    parts.push(`(select ${n} as segment, ${key}, t.* from task t where ${[...where, ...shared, ...beyond(n)].join(' and ')}
      order by ${order} limit ${limit})`);
  };
  const mine = filter.returnedTo?.length ? param(filter.returnedTo) : undefined;
  const first = mine !== undefined && (filter.status ?? 'open') === 'open';
  if (first) add(0, byDate, [returned, `t.returned_to = any (${mine})`]);
  const rest = [filter.claimedBy === undefined ? pending : held];
  if (filter.claimedBy !== undefined) rest.push(`t.claimed_by = ${param(filter.claimedBy)}`);
  if (filter.status !== undefined) rest.push(`t.status = ${param(filter.status)}`);
  if (first) rest.push(`(t.status <> 'open' or t.returned_to is null or t.returned_to <> all (${mine}))`);
  add(1, byDate, [...rest, `t.due_order <= ${today}::date`]);
  add(2, byRisk, [...rest, `t.due_order > ${today}::date`]);
  const order = 't.segment, t.risk_key, t.lane_key, t.due_order, t.id';
  // The page is cut before anything is joined to it.
  const seen = filter.reader === undefined ? 'false' : seenBy(filter.reader, param);
  const text = `with page as materialized (
       select * from (${parts.join(' union all ')}) t order by ${order} limit ${limit}
     ) select t.segment, t.risk_key, t.lane_key, ${columns}, ${seen} as seen from page t ${joins} order by ${order}`;
  const found = await rows<TaskRow & Seen & { segment: number; risk_key: number; lane_key: number }>(
    pool,
    text,
    values,
    planName(text),
  );
  const page = pageOf(found, filter.limit, (row) => [
    day,
    ...[row.segment, row.risk_key, row.lane_key].map(String),
    row.due_order,
    row.id,
  ]);
  return { items: page.items.map(listedOf), next: page.next };
}

async function listFinished(pool: pg.Pool, filter: TaskFilter): Promise<Page<ListedTask>> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const where = [ended, `t.status = ${param(filter.status)}`, ...common(filter, param)];
  if (filter.claimedBy !== undefined) where.push(`t.claimed_by = ${param(filter.claimedBy)}`);
  const place = placeOf(filter.cursor, ['instant', 'text']);
  if (place) {
    const [by, id] = [param(place[0]), param(place[1])];
    where.push(`(t.completed_at < ${by}::timestamptz or (t.completed_at = ${by}::timestamptz and t.id > ${id}::text))`);
  }
  const order = 't.completed_at desc, t.id';
  const seen = filter.reader === undefined ? 'false' : seenBy(filter.reader, param);
  const found = await rows<TaskRow & Seen>(
    pool,
    `with page as materialized (
       select t.* from task t where ${where.join(' and ')} order by ${order} limit ${param(filter.limit + 1)}
     ) select ${columns}, ${seen} as seen from page t ${joins} order by ${order}`,
    values,
  );
  const page = pageOf(found, filter.limit, (row) => [row.completed_at ?? '', row.id]);
  return { items: page.items.map(listedOf), next: page.next };
}

/** How many unfinished tasks of an agency (or of all) stand at each risk. */
export async function countByRisk(pool: pg.Pool, agency: string | undefined): Promise<Readonly<Record<Risk, number>>> {
  const counts: Record<Risk, number> = { 0: 0, 1: 0, 2: 0, 3: 0 };
  const found = await rows<{ order: 0 | 1 | 2 | 3; n: number }>(
    pool,
    `select t.risk_order as order, count(*)::int as n from task t
     where ${pending} ${agency === undefined ? '' : `and t.agency = $1 and t.role <> 'leader'`} group by t.risk_order`,
    agency === undefined ? [] : [agency],
    agency === undefined ? 'tasks-by-risk' : 'tasks-by-risk-of-agency',
  );
  for (const { order, n } of found) counts[(3 - order) as Risk] = n;
  return counts;
}

/** One task; undefined where there is none. */
export async function findTask(pool: pg.Pool, id: string): Promise<TaskSummary | undefined> {
  const [found] = await rows<TaskRow>(
    pool,
    `select ${columns} from task t ${joins} where t.id = $1`,
    [id],
    'find-task',
  );
  return found && summaryOf(found);
}

interface TaskRow {
  id: string;
  case_code: string;
  seq: number;
  name_vi: string | null;
  name_en: string | null;
  lane: Lane;
  scope: string;
  procedure: string | null;
  attempt: number | null;
  version: string | null;
  dossier_code: string | null;
  kind: TaskKind;
  key: string;
  agency: string;
  role: TaskRole;
  step: string | null;
  status: TaskStatus;
  due_date: PlainDate | null;
  due_order: string;
  step_due_date: PlainDate | null;
  risk: Risk;
  claimed_at: Instant | null;
  returned_to: string | null;
  breached_on: PlainDate | null;
  opened_at: Instant;
  claimed_by: string | null;
  claimed_name: string | null;
  completed_by: string | null;
  completed_name: string | null;
  completed_at: Instant | null;
  outcome: string | null;
}

const procedureScopeSql = `'case/' || t.case_code || '/' || t.procedure || '/' || t.attempt`;
const joins = `join case_head h on h.code = t.case_code left join filing f on f.case_code = t.case_code
  left join person p on p.id = t.claimed_by left join clock k on k.scope = ${procedureScopeSql}`;
const columns = `t.id, t.case_code, h.seq, f.name_vi, f.name_en, h.lane, t.scope, t.procedure, t.attempt,
  t.version, t.dossier_code,
  t.kind, t.key, t.agency, t.role, t.step, t.status, t.due_date, t.due_order, t.step_due_date, t.risk, t.claimed_at, t.returned_to, k.breached_on, t.opened_at, t.claimed_by, p.name as claimed_name,
  t.completed_by, (select c.name from person c where c.id = t.completed_by) as completed_name, t.completed_at, t.outcome`;

interface Seen {
  seen: boolean;
}

const listedOf = (row: TaskRow & Seen): ListedTask => ({ ...summaryOf(row), unread: !row.seen });

const summaryOf = (row: TaskRow): TaskSummary => ({
  id: row.id,
  caseCode: row.case_code,
  caseSeq: row.seq,
  projectName: row.name_vi === null || row.name_en === null ? null : { vi: row.name_vi, en: row.name_en },
  lane: row.lane,
  scope: row.scope,
  procedure: row.procedure,
  attempt: row.attempt,
  version: row.version,
  dossierCode: row.dossier_code,
  kind: row.kind,
  key: row.key,
  agency: row.agency,
  role: row.role,
  step: row.step,
  status: row.status,
  dueDate: row.due_date,
  stepDueDate: row.step_due_date,
  risk: row.risk,
  breachedOn: row.breached_on,
  openedAt: row.opened_at,
  claimedBy: row.claimed_by === null ? null : { id: row.claimed_by, name: row.claimed_name },
  claimedSince: row.claimed_at,
  returnedTo: row.returned_to,
  completedBy: row.completed_by,
  completedByName: row.completed_name,
  completedAt: row.completed_at,
  outcome: row.outcome,
});
