import type pg from 'pg';
import { type CaseEvent } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { type FeedPosition, feedStart, settledEvents } from '../register/feed.js';
import { rows } from '../pool.js';

interface FedEvent {
  readonly event: CaseEvent;
  readonly recordedAt: Instant;
}

export interface CityFeed {
  /** In the order of the feed. */
  readonly items: readonly FedEvent[];
  /** Where to go on; the same again while nothing is new. */
  readonly next: string;
  /** Whether there is more already. */
  readonly more: boolean;
  /** Real time of the reading, and the age in seconds of the oldest event that cannot be read yet, because something before it may still come. */
  readonly asOf: Instant;
  readonly lagSeconds: number;
}

const textOf = ({ epoch, xid, id }: FeedPosition): string => Buffer.from(`${epoch}.${xid}.${id}`).toString('base64url');

function positionIn(cursor: string): FeedPosition | undefined {
  const parts = /^(\d{1,9})\.(\d{1,20})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [, epoch, xid, id] = parts ?? [];
  if (epoch === undefined || xid === undefined || id === undefined || BigInt(xid) >= 2n ** 64n) return undefined;
  return { epoch: Number(epoch), xid, id: Number(id) };
}

/**
 * Events after a place of the feed, for whoever follows everything from outside. Nothing is lost however writers overlap: only what nothing can come before any
 * more is given. A place that was never given, or that a restore took away, is refused `CURSOR_UNKNOWN`.
 */
export async function readCityFeed(
  pool: pg.Pool,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<CityFeed> {
  const after = cursor === undefined ? feedStart : await knownPosition(pool, cursor);
  const found = await rows<FeedPosition & { canonical: string; recordedAt: Instant } & pg.QueryResultRow>(
    pool,
    `select e.epoch, e.xid::text as xid, e.id, e.canonical, e.recorded_at as "recordedAt" from case_event e
     where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) and ${settledEvents}
     order by e.epoch, e.xid, e.id limit $4`,
    [after.epoch, after.xid, after.id, limit + 1],
    'city-feed',
  );
  const items = found.slice(0, limit);
  const [now] = await rows<{ asOf: Instant; lag: number }>(
    pool,
    `select clock_timestamp() as "asOf", coalesce((
       select extract(epoch from clock_timestamp() - e.recorded_at)::float8 from case_event e
       where not ${settledEvents} order by e.epoch, e.xid, e.id limit 1), 0) as lag`,
  );
  if (!now) throw new Error('The register does not say what time it is');
  return {
    items: items.map(({ canonical, recordedAt }) => ({ event: eventOf(canonical), recordedAt })),
    next: textOf(items.at(-1) ?? after),
    more: found.length > limit,
    asOf: now.asOf,
    lagSeconds: Math.max(0, now.lag),
  };
}

async function knownPosition(pool: pg.Pool, cursor: string): Promise<FeedPosition> {
  const position = positionIn(cursor) ?? refuse('CURSOR_UNKNOWN', {});
  if (textOf(position) === textOf(feedStart)) return position;
  const [known] = await rows<{ there: boolean }>(
    pool,
    'select exists (select from case_event where epoch = $1::int and xid = $2::xid8 and id = $3::bigint) as there',
    [position.epoch, position.xid, position.id],
  );
  return known?.there ? position : refuse('CURSOR_UNKNOWN', {});
}
