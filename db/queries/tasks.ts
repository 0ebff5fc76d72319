import type pg from 'pg';
import { type Lane, type TaskKind, type TaskRole } from '../../domain/case/events.js';
import { type Instant, type PlainDate } from '../../domain/time.js';
import { rows } from '../pool.js';
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
  readonly breachedOn: PlainDate | null;
  readonly openedAt: Instant;
  readonly claimedBy: { readonly id: string; readonly name: string | null } | null;
  readonly completedBy: string | null;
  readonly completedAt: Instant | null;
  readonly outcome: string | null;
}

export interface TaskFilter {
  /** Tasks of this agency; undefined = of every one. */
  readonly agency?: string;
  /** Only what these roles may do. */
  readonly roles?: readonly TaskRole[];
  /** Default: open, claimed and waiting. */
  readonly status?: TaskStatus;
  /** Only what this person has claimed. */
  readonly claimedBy?: string;
  readonly caseCode?: string;
  readonly kind?: TaskKind;
  readonly cursor?: string;
  readonly limit: number;
}

const pending = `t.status in ('open', 'claimed', 'waiting')`;
const held = `t.status in ('claimed', 'waiting')`;

/** A worklist: whatever is due first comes first, tasks without a date last; finished ones newest first. By keyset. */
export async function listTasks(pool: pg.Pool, filter: TaskFilter): Promise<Page<TaskSummary>> {
  const values: unknown[] = [];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const finished = filter.status === 'done' || filter.status === 'cancelled';
  // Word for word as the partial indexes have it.
  const where: string[] = [
    finished ? `t.status in ('done', 'cancelled')` : filter.claimedBy === undefined ? pending : held,
  ];
  if (filter.status !== undefined) where.push(`t.status = ${param(filter.status)}`);
  if (filter.agency !== undefined) where.push(`t.agency = ${param(filter.agency)}`);
  if (filter.roles !== undefined) where.push(`t.role = any (${param(filter.roles)})`);
  if (filter.claimedBy !== undefined) where.push(`t.claimed_by = ${param(filter.claimedBy)}`);
  if (filter.caseCode !== undefined) where.push(`t.case_code = ${param(filter.caseCode)}`);
  if (filter.kind !== undefined) where.push(`t.kind = ${param(filter.kind)}`);
  const place = placeOf(filter.cursor, [finished ? 'instant' : 'date', 'text']);
  if (place) {
    const [by, id] = [param(place[0]), param(place[1])];
    where.push(
      finished
        ? `(t.completed_at < ${by}::timestamptz or (t.completed_at = ${by}::timestamptz and t.id > ${id}::text))`
        : `(t.due_order, t.id) > (${by}::date, ${id}::text)`,
    );
  }
  const order = finished ? 't.completed_at desc, t.id' : 't.due_order, t.id';
  // The page is cut before anything is joined to it.
  const found = await rows<TaskRow>(
    pool,
    `with page as materialized (
       select t.* from task t where ${where.join(' and ')} order by ${order} limit ${param(filter.limit + 1)}
     ) select ${columns} from page t ${joins} order by ${order}`,
    values,
  );
  const page = pageOf(found, filter.limit, (row) => [finished ? (row.completed_at ?? '') : row.due_order, row.id]);
  return { items: page.items.map(summaryOf), next: page.next };
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
  breached_on: PlainDate | null;
  opened_at: Instant;
  claimed_by: string | null;
  claimed_name: string | null;
  completed_by: string | null;
  completed_at: Instant | null;
  outcome: string | null;
}

const procedureScopeSql = `'case/' || t.case_code || '/' || t.procedure || '/' || t.attempt`;
const joins = `join case_head h on h.code = t.case_code left join filing f on f.case_code = t.case_code
  left join person p on p.id = t.claimed_by left join clock k on k.scope = ${procedureScopeSql}`;
const columns = `t.id, t.case_code, h.seq, f.name_vi, f.name_en, h.lane, t.scope, t.procedure, t.attempt,
  t.version, t.dossier_code,
  t.kind, t.key, t.agency, t.role, t.step, t.status, t.due_date, t.due_order, k.breached_on, t.opened_at, t.claimed_by, p.name as claimed_name,
  t.completed_by, t.completed_at, t.outcome`;

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
  breachedOn: row.breached_on,
  openedAt: row.opened_at,
  claimedBy: row.claimed_by === null ? null : { id: row.claimed_by, name: row.claimed_name },
  completedBy: row.completed_by,
  completedAt: row.completed_at,
  outcome: row.outcome,
});
