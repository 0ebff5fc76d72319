import type pg from 'pg';
import { type Quarter, quartersOver } from '../../domain/measures/quarters.js';
import type { Timeline } from '../../domain/measures/open-timelines.js';
import { opensAt } from '../../domain/leadership/report-calendar.js';
import type { PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { hasReadUntil } from '../register/feed.js';
import { projectorReader } from '../projection/projector.js';

/** What is published quarter by quarter goes back so far. */
export const mostQuarters = 8;

/** The quarters since the first procedure ended of which everything that happened in them is counted, newest first. */
export async function publishedQuarters(pool: pg.Pool, today: PlainDate): Promise<Quarter[]> {
  const [found] = await rows<{ first: PlainDate | null }>(
    pool,
    `select to_char(min(closed_on), 'YYYY-MM-DD') as first from procedure_fact`,
  );
  const over = found?.first ? quartersOver(found.first, today, mostQuarters) : [];
  // What is counted until the end of a quarter is counted until the end of those before it.
  for (const [i, { to }] of over.entries())
    if (await hasReadUntil(pool, projectorReader, opensAt(to))) return over.slice(i);
  return [];
}

/** How long each procedure took that was decided and ended in these days. */
export const timelinesIn = (pool: pg.Pool, { from, to }: Pick<Quarter, 'from' | 'to'>): Promise<Timeline[]> =>
  rows<Timeline & pg.QueryResultRow>(
    pool,
    `select case_code as case, procedure, agency, lane, to_char(closed_on, 'YYYY-MM') as month, net_days as "agencyDays",
       suspended_days as "investorDays", greatest(gross_days - net_days - suspended_days, 0) as "otherDays", on_time as "onTime"
     from procedure_fact
     where closed_on between $1::date and $2::date and on_time is not null and net_days is not null and gross_days is not null and suspended_days is not null
     order by scope`,
    [from, to],
  );
