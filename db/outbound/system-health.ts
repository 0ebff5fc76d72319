import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** How calls of one agency's system go. Instants in real time. */
export interface SystemHealth {
  readonly system: string;
  readonly calls: number;
  readonly waiting: number;
  readonly failed: number;
  readonly answeredAt: Instant | null;
  readonly failedAt: Instant | null;
  /** Of the latest failure. */
  readonly error: string | null;
}

/** Of the calls made in the last days, by system. */
export const systemHealth = (pool: pg.Pool, days: number): Promise<SystemHealth[]> =>
  rows<SystemHealth & pg.QueryResultRow>(
    pool,
    `select r.system, count(*)::int as calls,
       count(*) filter (where r.status in ('created', 'called', 'accepted'))::int as waiting,
       count(*) filter (where r.status = 'failed')::int as failed,
       max(r.finished_at) filter (where r.status = 'answered') as "answeredAt",
       max(r.finished_at) filter (where r.status = 'failed') as "failedAt",
       (array_agg(r.error order by r.finished_at desc nulls last) filter (where r.status = 'failed'))[1] as error
     from agency_request r where coalesce(r.finished_at, r.created_at) > clock_timestamp() - make_interval(days => $1) group by r.system order by r.system`,
    [days],
    'system-health',
  );
