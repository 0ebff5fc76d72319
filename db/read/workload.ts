import type pg from 'pg';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { unfinished } from '../unfinished.js';

/** Unfinished tasks of one holder, or (null) of nobody. */
export interface Load {
  readonly person: string | null;
  readonly held: number;
  readonly breached: number;
  readonly atRisk: number;
  /** Past the date of the task itself. */
  readonly overdue: number;
}

/** Who of an agency has how much in hand, and what nobody has; leadership's own tasks apart. */
export const workloadOf = (pool: pg.Pool, agency: string, today: PlainDate): Promise<Load[]> =>
  rows<Load & pg.QueryResultRow>(
    pool,
    `select t.claimed_by as person, count(*)::int as held,
       count(*) filter (where t.risk = 3)::int as breached,
       count(*) filter (where t.risk = 2)::int as "atRisk",
       count(*) filter (where t.due_date < $2::date)::int as overdue
     from task t where ${unfinished('t')} and t.agency = $1 and t.role <> 'leader'
     group by t.claimed_by`,
    [agency, today],
    'workload-of',
  );
