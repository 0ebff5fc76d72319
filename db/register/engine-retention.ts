import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

const pageSize = 1_000;

/** One table: `page` deletes what may go among its next rows after `$1`, of cases that were closed before `$2`, and answers how far it looked. */
interface Stretch {
  readonly name: string;
  readonly first: string;
  readonly page: string;
}

// A walk along the primary key, so that nothing has to be indexed for it. What the engine sent and was sent: people's operations stay, their answers are promised.
const stretches: readonly Stretch[] = [
  {
    name: 'operation',
    first: '',
    page: `with page as (
        select operation_id, case_code from operation where operation_id > $1 order by operation_id limit $3
      ), gone as (
        delete from operation o using page p join case_head h on h.code = p.case_code
        where o.operation_id = p.operation_id and h.closed_at < $2 and p.operation_id ~ '^(case|rebuild|agenda)/' returning 1
      ) select (select max(operation_id) from page) as last, (select count(*)::int from page) as seen, (select count(*)::int from gone) as gone`,
  },
  {
    name: 'delivery',
    first: '[""]',
    // Place: the scope and its last sequence.
    page: `with page as (
        select scope, seq, case_code from delivery
        where (scope, seq) > ($1::json ->> 0, coalesce(($1::json ->> 1)::int, 0)) order by scope, seq limit $3
      ), gone as (
        delete from delivery d using page p join scope s on s.id = p.scope and s.closed join case_head h on h.code = s.case_code
        where d.scope = p.scope and d.seq = p.seq and h.closed_at < $2 returning 1
      ) select (select json_build_array(scope, seq)::text from page order by scope desc, seq desc limit 1) as last,
          (select count(*)::int from page) as seen, (select count(*)::int from gone) as gone`,
  },
  {
    name: 'agenda',
    first: '0',
    page: `with page as (
        select id, done_at from agenda where id > $1::bigint order by id limit $3
      ), gone as (
        delete from agenda a using page p where a.id = p.id and p.done_at < $2 returning 1
      ) select (select max(id)::text from page) as last, (select count(*)::int from page) as seen, (select count(*)::int from gone) as gone`,
  },
];

export interface EngineRetention {
  /** One page of each table that is not through; true while there is more to look at. Once all are through it begins anew with the next call. */
  runOnce(before: Instant): Promise<boolean>;
}

/**
 * Removes what only the engine needed of cases closed before an instant: its operations, the mailboxes of closed scopes, agenda items that were done before it.
 * Never an event, and nothing that answers a person's Idempotency-Key. A few rows at a time: no transaction is long.
 */
export function createEngineRetention(pool: pg.Pool): EngineRetention {
  const begin = () => new Map(stretches.map(({ name, first }) => [name, first]));
  let places = begin();
  return {
    async runOnce(before) {
      for (const { name, page } of stretches) {
        const after = places.get(name);
        if (after === undefined) continue;
        const [found] = await rows<{ last: string | null; seen: number; gone: number }>(pool, page, [
          after,
          before,
          pageSize,
        ]);
        if (found && found.last !== null && found.seen === pageSize) places.set(name, found.last);
        else places.delete(name);
      }
      const more = places.size > 0;
      if (!more) places = begin();
      return more;
    },
  };
}
