import type pg from 'pg';
import { type EventType } from '../../domain/case/events.js';
import { type Instant } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';

/** Where a reader stands. Sequence ids commit out of order, so the transaction comes first; a restore begins a new epoch. */
export interface FeedPosition {
  readonly epoch: number;
  /** A 64-bit number as text. */
  readonly xid: string;
  readonly id: number;
}

export interface FeedEvent extends FeedPosition {
  readonly caseCode: string;
  readonly seq: number;
  readonly type: EventType;
  readonly occurredAt: Instant;
}

export const feedStart: FeedPosition = { epoch: 0, xid: '0', id: 0 };

/** Condition on events `e`. Below the horizon no transaction is open any more: nothing can appear before what is read there. */
export const settledEvents = `(e.epoch < (select epoch from installation) or e.xid < pg_snapshot_xmin(pg_current_snapshot()))`;

/** Events after `after` in feed order, at most `limit`; only those before which nothing can appear any more. */
export async function readFeed(on: pg.Pool | pg.PoolClient, after: FeedPosition, limit: number): Promise<FeedEvent[]> {
  return rows(
    on,
    `select e.epoch, e.xid::text as xid, e.id, e.case_code as "caseCode", e.seq, e.type, e.occurred_at as "occurredAt"
     from case_event e where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) and ${settledEvents}
     order by e.epoch, e.xid, e.id limit $4`,
    [after.epoch, after.xid, after.id, limit],
    'read-feed',
  );
}

/** Where the feed ends now: nothing before it can appear any more. */
export async function feedEnd(on: pg.Pool | pg.PoolClient): Promise<FeedPosition> {
  const [found] = await rows<{ epoch: number; xid: string; id: number }>(
    on,
    `select e.epoch, e.xid::text as xid, e.id from case_event e where ${settledEvents} order by e.epoch desc, e.xid desc, e.id desc limit 1`,
    [],
    'feed-end',
  );
  return found ?? feedStart;
}

/** Where a named reader stands; the beginning for a new one. */
export async function readCursor(on: pg.Pool | pg.PoolClient, reader: string): Promise<FeedPosition> {
  const [found] = await rows<{ epoch: number; xid: string; id: number }>(
    on,
    'select epoch, xid::text as xid, id from feed_cursor where reader = $1',
    [reader],
  );
  return found ?? feedStart;
}

/** Whether nobody else reads in this name; then this transaction does, until it ends. */
export async function isFree(client: pg.PoolClient, reader: string): Promise<boolean> {
  const [row] = await rows<{ free: boolean }>(
    client,
    `select pg_try_advisory_xact_lock(hashtext('feed ' || $1)) as free`,
    [reader],
  );
  return row?.free ?? false;
}

/**
 * Takes the next events for a reader, runs `work` on them and moves the cursor, all in one transaction; one process at a time, a second one finds
 * nothing to do. Answers the number of events.
 */
export async function withNextEvents(
  pool: pg.Pool,
  reader: string,
  limit: number,
  work: (client: pg.PoolClient, events: readonly FeedEvent[]) => Promise<void>,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    if (!(await isFree(client, reader))) return 0;
    const events = await readFeed(client, await readCursor(client, reader), limit);
    const last = events.at(-1);
    if (!last) return 0;
    await work(client, events);
    await client.query(
      `insert into feed_cursor (reader, epoch, xid, id) values ($1, $2, $3, $4)
       on conflict (reader) do update set epoch = $2, xid = $3, id = $4, moved_at = clock_timestamp()`,
      [reader, last.epoch, last.xid, last.id],
    );
    return events.length;
  });
}

/** Moves a reader from where it stood to after these events, unless somebody else has moved it meanwhile. */
export async function moveCursor(pool: pg.Pool, reader: string, from: FeedPosition, to: FeedPosition): Promise<void> {
  await pool.query(
    `insert into feed_cursor as c (reader, epoch, xid, id) values ($1, $2, $3, $4)
     on conflict (reader) do update set epoch = $2, xid = $3, id = $4, moved_at = clock_timestamp()
     where (c.epoch, c.xid, c.id) = ($5::int, $6::xid8, $7::bigint)`,
    [reader, to.epoch, to.xid, to.id, from.epoch, from.xid, from.id],
  );
}

/** How far a reader is behind: age of the oldest event it has not read, in seconds (0 = at the head). */
export async function feedLagSeconds(pool: pg.Pool, reader: string): Promise<number> {
  const { epoch, xid, id } = await readCursor(pool, reader);
  const [row] = await rows<{ lag: number }>(
    pool,
    `select coalesce((
       select extract(epoch from clock_timestamp() - e.recorded_at)::float8 from case_event e
       where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) order by e.epoch, e.xid, e.id limit 1
     ), 0) as lag`,
    [epoch, xid, id],
  );
  return Math.max(0, row?.lag ?? 0);
}

/** Whether a reader has read all that had occurred before an instant of business time. */
export async function hasReadUntil(on: pg.Pool | pg.PoolClient, reader: string, until: Instant): Promise<boolean> {
  const { epoch, xid, id } = await readCursor(on, reader);
  const unread = await rows(
    on,
    `select 1 from case_event e where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) and e.occurred_at < $4 limit 1`,
    [epoch, xid, id, until],
  );
  return unread.length === 0;
}

/** After a restore from a backup, by the owner of the tables: transaction ids have begun again, what comes now is newer than all before. */
export async function startEpoch(owner: pg.Pool): Promise<number> {
  const [row] = await rows<{ epoch: number }>(owner, 'update installation set epoch = epoch + 1 returning epoch');
  if (!row) throw new Error('The register has no installation row: migrate it first');
  return row.epoch;
}
