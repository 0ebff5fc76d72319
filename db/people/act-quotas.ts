import type pg from 'pg';
import { type EventType } from '../../domain/case/events.js';
import { overQuota, type Quota } from '../../domain/people/quotas.js';
import { rows } from '../pool.js';

/** Which act of a case a person may do so often in a day of real time, and under which key they ask. */
export interface ActQuota {
  readonly quota: Quota;
  readonly type: EventType;
  readonly most: number;
  readonly person: string;
  readonly key: string;
  readonly caseCode: string;
}

/** Refuses `QUOTA_EXCEEDED` once the person has done the act so often today, in all cases of this case's investor. A request that was answered before is not counted again. */
export async function requireActQuota(pool: pg.Pool, asked: ActQuota): Promise<void> {
  const { quota, type, most, person, key, caseCode } = asked;
  const [used] = await rows<{ n: number; frees: number; answered: boolean }>(
    pool,
    `select count(*)::int as n, exists (select from operation where operation_id = $4) as answered,
       coalesce(ceil(extract(epoch from min(e.recorded_at) + interval '1 day' - clock_timestamp())), 1)::int as frees
     from case_head c join case_head h on h.investor = c.investor join case_event e on e.case_code = h.code
     where c.code = $1 and h.last_at is not null and e.type = $2 and e.actor ->> 'id' = $3
       and e.recorded_at > clock_timestamp() - interval '1 day'`,
    [caseCode, type, person, `person/${person}/${key}`],
    'act-quota',
  );
  if (used && !used.answered && used.n >= most) overQuota(quota, most, used.frees);
}
