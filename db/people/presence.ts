import type pg from 'pg';
import { rows } from '../pool.js';

/** Somebody who has something open. */
export interface Looking {
  readonly id: string;
  readonly name: string;
  /** Real time, as an instant. */
  readonly since: string;
}

/** Longer than pages say it again. */
const forgotten = `interval '45 seconds'`;

/** Notes that this person looks at the task, and answers who else does, whichever process they speak to. Forgotten by itself. */
export const lookAtTask = (pool: pg.Pool, task: string, person: string): Promise<Looking[]> =>
  rows<Looking & pg.QueryResultRow>(
    pool,
    `with old as (
       delete from task_presence where ctid in (
         select ctid from task_presence where seen_at < clock_timestamp() - ${forgotten} and (task, person) <> ($1, $2)
         limit 100 for update skip locked)
     ), mine as (
       insert into task_presence as t (task, person) values ($1, $2)
       on conflict (task, person) do update set seen_at = clock_timestamp(),
         since = case when t.seen_at < clock_timestamp() - ${forgotten} then clock_timestamp() else t.since end
     )
     select p.id, p.name, t.since from task_presence t join person p on p.id = t.person
     where t.task = $1 and t.person <> $2 and t.seen_at >= clock_timestamp() - ${forgotten} order by t.since, p.id`,
    [task, person],
    'look-at-task',
  );
