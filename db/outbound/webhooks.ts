import type pg from 'pg';
import { type EventType } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { type FeedPosition, settledEvents } from '../register/feed.js';
import { inTransaction, rows } from '../pool.js';
import { dueFaults } from '../register/quarantine.js';

/** Who outside hears of events. The secret is never among what is read for people. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Empty = every type. */
  readonly events: readonly EventType[];
  readonly status: 'proposed' | 'active' | 'paused';
  /** Why it is paused: `asked`, or the code of the last failure. */
  readonly reason: string | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** null: nobody has yet, or it is of before two people were asked for. */
  readonly confirmedBy: string | null;
  /** Events it has not been sent yet. Counted up to a thousand. */
  readonly waiting: number;
}

const columns = `w.id, w.url, w.events, w.status, w.reason, w.created_at as "createdAt", w.created_by as "createdBy",
  w.confirmed_by as "confirmedBy",
  (select count(*)::int from (select from case_event e where (e.epoch, e.xid, e.id) > (w.epoch, w.xid, w.position)
     and (w.events = '{}' or e.type = any (w.events)) limit 1000) n) as waiting`;

/** Proposes one: it is sent nothing until somebody else confirms it. With the same id again it is the one that is there. */
export async function createWebhook(
  pool: pg.Pool,
  asked: {
    readonly id: string;
    readonly url: string;
    readonly events: readonly string[];
    readonly secret: string;
    readonly createdBy: string;
  },
): Promise<{ webhook: Webhook; secret: string }> {
  const { id, url, events, secret, createdBy } = asked;
  await pool.query(
    `insert into webhook (id, url, events, secret, created_by, status, epoch, xid, position)
     select $1, $2, $3, $4, $5, 'proposed', epoch, pg_snapshot_xmin(pg_current_snapshot()), 0 from installation on conflict (id) do nothing`,
    [id, url, events, secret, createdBy],
  );
  const [kept] = await rows<{ secret: string }>(pool, 'select secret from webhook where id = $1', [id]);
  return { webhook: await getWebhook(pool, id), secret: kept?.secret ?? secret };
}

/**
 * Lets it hear of what is recorded from now on. Refuses `NOT_FOUND`, `PROPOSER_CANNOT_APPROVE` for whoever proposed it, `CONFLICT` where it waits for nobody.
 */
export async function confirmWebhook(pool: pg.Pool, id: string, by: string): Promise<void> {
  const { createdBy, confirmedBy, status } = await getWebhook(pool, id);
  if (confirmedBy === by) return;
  if (createdBy === by) refuse('PROPOSER_CANNOT_APPROVE', { webhook: id });
  if (status !== 'proposed') refuse('CONFLICT', { webhook: id, status });
  // Below the horizon nothing can appear any more: the first event it hears is the first one that was not settled yet.
  const confirmed = await rows(
    pool,
    `update webhook w set status = 'active', confirmed_by = $2, epoch = i.epoch,
       xid = pg_snapshot_xmin(pg_current_snapshot()), position = 0
     from installation i where w.id = $1 and w.status = 'proposed' returning 1`,
    [id, by],
  );
  if (confirmed.length === 0) refuse('CONFLICT', { webhook: id });
}

export async function listWebhooks(pool: pg.Pool): Promise<Webhook[]> {
  return rows<Webhook & pg.QueryResultRow>(
    pool,
    `select ${columns} from webhook w where w.status <> 'removed' order by w.created_at, w.id`,
  );
}

/** Refuses `NOT_FOUND`. */
export async function getWebhook(pool: pg.Pool, id: string): Promise<Webhook> {
  const [found] = await rows<Webhook & pg.QueryResultRow>(
    pool,
    `select ${columns} from webhook w where w.id = $1 and w.status <> 'removed'`,
    [id],
  );
  return found ?? refuse('NOT_FOUND', { webhook: id });
}

/** Pauses or resumes it; what is so already stays so, and what nobody has confirmed stays proposed. Answers whether this call did it. */
export async function setWebhookStatus(
  on: pg.Pool | pg.PoolClient,
  id: string,
  status: Webhook['status'],
  reason: string | null,
): Promise<boolean> {
  const changed = await rows(
    on,
    `update webhook set status = $2, reason = $3 where id = $1 and status not in ($2, 'proposed', 'removed') returning 1`,
    [id, status, reason],
  );
  return changed.length > 0;
}

/** Ends it for good: it is sent nothing more, its secret is gone, and what could not be made ready for it is nobody's concern any more. Done once. */
export async function removeWebhook(pool: pg.Pool, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`update webhook set status = 'removed', reason = null, secret = '' where id = $1`, [id]);
    await client.query('delete from reader_fault where reader = $1', [webhookReader(id)]);
  });
}

/** Moves it back to just before an event of a case: that one and all after it are sent again, under the same ids. Refuses `NOT_FOUND`, `CONFLICT` while it is only proposed. */
export async function replayWebhook(pool: pg.Pool, id: string, from: { caseCode: string; seq: number }): Promise<void> {
  const { status } = await getWebhook(pool, id);
  if (status === 'proposed') refuse('CONFLICT', { webhook: id, status });
  const moved = await rows(
    pool,
    `update webhook w set epoch = e.epoch, xid = e.xid, position = e.id - 1, replays = replays + 1
     from case_event e where w.id = $1 and e.case_code = $2 and e.seq = $3
       and (e.epoch, e.xid, e.id - 1) < (w.epoch, w.xid, w.position) returning 1`,
    [id, from.caseCode, from.seq],
  );
  if (moved.length > 0) return;
  const known = await rows(pool, 'select 1 from case_event where case_code = $1 and seq = $2', [
    from.caseCode,
    from.seq,
  ]);
  if (known.length === 0) refuse('NOT_FOUND', { event: `${from.caseCode}.${from.seq}` });
}

/** How the sending of events went, newest first. */
export interface WebhookDelivery {
  readonly event: string;
  readonly type: string;
  readonly status: 'delivered' | 'failed';
  readonly attempts: number;
  readonly answer: string | null;
  readonly lastAt: Instant;
}

export async function deliveriesOf(pool: pg.Pool, id: string, limit: number): Promise<WebhookDelivery[]> {
  return rows<WebhookDelivery & pg.QueryResultRow>(
    pool,
    `select case_code || '.' || seq as event, type, status, attempts, answer, last_at as "lastAt"
     from webhook_delivery where webhook = $1 order by last_at desc nulls first, case_code, seq limit $2`,
    [id, limit],
  );
}

/** Where a webhook stands, for whoever sends. */
export interface WebhookPlace extends FeedPosition {
  readonly url: string;
  readonly secret: string;
  readonly status: Webhook['status'] | 'removed';
  readonly replays: number;
}

export async function findPlace(pool: pg.Pool, id: string): Promise<WebhookPlace | undefined> {
  const [found] = await rows<WebhookPlace & pg.QueryResultRow>(
    pool,
    'select url, secret, status, replays, epoch, xid::text as xid, position as id from webhook where id = $1',
    [id],
    'webhook-place',
  );
  return found;
}

/** Name of a webhook among the readers of events. */
export const webhookReader = (webhook: string): string => `webhook/${webhook}`;

/** One event to send, and where the reader stands when it was taken. */
export interface NextEvent extends FeedPosition {
  readonly caseCode: string;
  readonly seq: number;
  readonly type: string;
  readonly canonical: string;
}

const eventColumns = 'e.epoch, e.xid::text as xid, e.id, e.case_code as "caseCode", e.seq, e.type, e.canonical';

/** What the webhook is to hear next, in the order of the feed; nothing while it is paused. */
export async function nextEvents(pool: pg.Pool, webhook: string, limit: number): Promise<NextEvent[]> {
  return rows<NextEvent & pg.QueryResultRow>(
    pool,
    `select ${eventColumns} from webhook w
     join case_event e on (e.epoch, e.xid, e.id) > (w.epoch, w.xid, w.position)
     where w.id = $1 and w.status = 'active' and (w.events = '{}' or e.type = any (w.events)) and ${settledEvents}
     order by e.epoch, e.xid, e.id limit $2`,
    [webhook, limit],
    'webhook-events',
  );
}

/** What could not be made ready to send when its turn came, and is to be tried again. */
export async function eventsToRepeat(pool: pg.Pool, webhook: string): Promise<NextEvent[]> {
  return rows<NextEvent & pg.QueryResultRow>(
    pool,
    `select ${eventColumns} from json_to_recordset($1::json) as f ("caseCode" text, seq int)
     join case_event e on e.case_code = f."caseCode" and e.seq = f.seq order by e.epoch, e.xid, e.id`,
    [JSON.stringify(await dueFaults(pool, webhookReader(webhook)))],
    'webhook-repeated',
  );
}

/** Moves the webhook past an event that was set aside, unless a replay has moved it back meanwhile. */
export async function passEvent(
  pool: pg.Pool,
  webhook: string,
  { epoch, xid, id }: FeedPosition,
  replays: number,
): Promise<void> {
  await pool.query(
    'update webhook set epoch = $2, xid = $3, position = $4 where id = $1 and replays = $5 and (epoch, xid, position) < ($2::int, $3::xid8, $4::bigint)',
    [webhook, epoch, xid, id, replays],
  );
}

/** Notes an attempt. A delivered one moves the webhook on, never back, unless a replay has moved it back meanwhile. */
export async function noteDelivery(
  pool: pg.Pool,
  webhook: string,
  { caseCode, seq, type, ...at }: NextEvent,
  outcome: { readonly replays: number; readonly delivered: boolean; readonly answer: string },
): Promise<void> {
  await pool.query({
    name: 'note-delivery',
    text: `with noted as (
             insert into webhook_delivery as d (webhook, case_code, seq, type, status, attempts, answer, last_at)
             values ($1, $2, $3, $4, $5, 1, $6, clock_timestamp())
             on conflict (webhook, case_code, seq) do update set status = excluded.status, attempts = d.attempts + 1,
               answer = excluded.answer, last_at = excluded.last_at)
           update webhook set epoch = $7, xid = $8, position = $9
           where id = $1 and replays = $10 and $5 = 'delivered' and (epoch, xid, position) < ($7::int, $8::xid8, $9::bigint)`,
    values: [
      webhook,
      caseCode,
      seq,
      type,
      outcome.delivered ? 'delivered' : 'failed',
      outcome.answer,
      at.epoch,
      at.xid,
      at.id,
      outcome.replays,
    ],
  });
}

/** Active webhooks with something to hear, and the place where each stands. */
export async function webhooksBehind(pool: pg.Pool): Promise<{ id: string; place: string }[]> {
  return rows(
    pool,
    `select w.id, w.epoch || '/' || w.xid || '/' || w.position as place from webhook w
     where w.status = 'active' and (exists (
       select from case_event e where (e.epoch, e.xid, e.id) > (w.epoch, w.xid, w.position)
         and (w.events = '{}' or e.type = any (w.events)) and ${settledEvents})
       or exists (select from reader_fault f where f.reader = 'webhook/' || w.id and f.not_before <= clock_timestamp())) order by w.id`,
    [],
    'webhooks-behind',
  );
}

/**
 * Moves active webhooks past a stretch in which there is nothing for them, so that nobody looks through it again and again. Nothing is skipped: below
 * the horizon nothing can appear any more.
 */
export async function passQuietStretches(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update webhook w set epoch = i.epoch, xid = pg_snapshot_xmin(pg_current_snapshot()), position = 0 from installation i
     where w.status = 'active' and (w.epoch, w.xid, w.position) < (i.epoch, pg_snapshot_xmin(pg_current_snapshot()), 0::bigint)
       and not exists (select from case_event e where (e.epoch, e.xid, e.id) > (w.epoch, w.xid, w.position)
         and (w.events = '{}' or e.type = any (w.events)) and ${settledEvents})`,
  );
}
