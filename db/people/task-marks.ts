import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type TaskSummary } from '../read/tasks.js';

/** Somebody has a task before them as it was read. */
export async function markTaskSeen(
  pool: pg.Pool,
  person: string,
  { id, status, dueDate }: Pick<TaskSummary, 'id' | 'status' | 'dueDate'>,
): Promise<void> {
  await pool.query({
    name: 'mark-task-seen',
    text: `insert into task_mark as m (person, task, status, due_date, seen_at)
      select $1, id, $3, $4::date, clock_timestamp() from task where id = $2
      on conflict (person, task) do update set status = excluded.status, due_date = excluded.due_date, seen_at = excluded.seen_at
      where (m.status, m.due_date) is distinct from (excluded.status, excluded.due_date)`,
    values: [person, id, status, dueDate],
  });
}

/** What somebody typed into the answer of a task, by the names of its fields. */
export interface AnswerDraft {
  readonly fields: Readonly<Record<string, string>>;
  readonly updatedAt: Instant;
}

export async function findAnswerDraft(pool: pg.Pool, person: string, task: string): Promise<AnswerDraft | undefined> {
  const [found] = await rows<AnswerDraft & pg.QueryResultRow>(
    pool,
    'select fields, updated_at as "updatedAt" from answer_draft where person = $1 and task = $2',
    [person, task],
    'find-answer-draft',
  );
  return found;
}

/** Keeps it in the place of what was kept before; nothing to keep removes it. null: the task is over and takes no answer. */
export async function keepAnswerDraft(
  pool: pg.Pool,
  person: string,
  task: string,
  fields: AnswerDraft['fields'],
): Promise<Instant | null> {
  const [kept] = await rows<{ at: Instant }>(
    pool,
    `insert into answer_draft (person, task, fields, updated_at)
     select $1, id, $3::json, clock_timestamp() from task where id = $2 and status in ('open', 'claimed', 'waiting') for share
     on conflict (person, task) do update set fields = excluded.fields, updated_at = excluded.updated_at
     returning updated_at as at`,
    [person, task, JSON.stringify(fields)],
    'keep-answer-draft',
  );
  return kept?.at ?? null;
}

/** The tasks are answered: nobody's draft is needed any more. */
export async function dropAnswerDrafts(pool: pg.Pool, tasks: readonly string[]): Promise<void> {
  await pool.query({
    name: 'drop-answer-drafts',
    text: 'delete from answer_draft where task = any ((select $1::text[])::text[])',
    values: [tasks],
  });
}
