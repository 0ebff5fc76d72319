import { createHash } from 'node:crypto';
import type pg from 'pg';
import { rows } from '../pool.js';

/** Requests of one caller that were counted here and are told to the other processes. */
export interface Counted {
  readonly caller: string;
  readonly count: number;
}

/** What all processes together have counted of a caller, and how long that count goes on, in milliseconds. */
export interface CountedByAll {
  readonly caller: string;
  readonly total: number;
  readonly leftMs: number;
}

/** Adds to what all processes count, each caller for a minute from its first request. Callers are kept as digests: an address is nobody's business. */
export async function addRequestCounts(pool: pg.Pool, counted: readonly Counted[]): Promise<CountedByAll[]> {
  const callers = new Map(counted.map((one) => [digestOf(one.caller), one]));
  const found = await rows<{ digest: string; total: number; leftMs: number }>(
    pool,
    `with old as (
       delete from request_count where ctid in (
         select ctid from request_count where since < clock_timestamp() - interval '2 minutes' and caller <> all ($2::text[]) limit 200 for update skip locked)
     )
     insert into request_count as c (caller, count)
     select caller, count from json_to_recordset($1::json) as n (caller text, count int) order by caller
     on conflict (caller) do update set
       count = case when c.since < clock_timestamp() - interval '1 minute' then excluded.count else c.count + excluded.count end,
       since = case when c.since < clock_timestamp() - interval '1 minute' then clock_timestamp() else c.since end
     returning caller as digest, count as total,
       greatest(0, 60000 - extract(epoch from clock_timestamp() - since) * 1000)::float8 as "leftMs"`,
    [JSON.stringify([...callers].map(([caller, { count }]) => ({ caller, count }))), [...callers.keys()]],
    'add-request-counts',
  );
  return found.flatMap(({ digest, total, leftMs }) => {
    const one = callers.get(digest);
    return one ? [{ caller: one.caller, total, leftMs }] : [];
  });
}

const digestOf = (caller: string): string => createHash('sha256').update(caller).digest('base64url').slice(0, 24);
