import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { feedLagSeconds } from '../register/feed.js';
import { type Channel, unsentMessages } from '../outbound/messages.js';
import { rows } from '../pool.js';
import { countFaults } from '../register/quarantine.js';

/** What waits to be worked off by the worker, as operators watch it. */
export interface Backlog {
  /** Of each reader of the feed the age of the oldest event it has not read. */
  readonly feeds: readonly { readonly reader: string; readonly lagSeconds: number }[];
  /** Mailboxes that have something to send. */
  readonly unsentScopes: number;
  /** Deliveries in them that no workflow was told of. */
  readonly undelivered: number;
  /** Open scopes that a timer should have woken more than a minute ago; in real time only. */
  readonly lateTimers: number;
  /** Open scopes that were told something and have not thought about it yet. */
  readonly thinkingScopes: number;
  readonly dueAgenda: number;
  readonly pendingInbox: number;
  /** Of the oldest of them, in business time. */
  readonly inboxAgeSeconds: number;
  /** Events of which people have still to be told. */
  readonly untold: number;
  /** What each reader of events has set aside. */
  readonly faults: readonly { readonly reader: string; readonly count: number }[];
  readonly unsent: readonly { readonly channel: Channel; readonly count: number }[];
}

/** Counts it; `now` is business time. */
export async function backlog(pool: pg.Pool, now: Instant): Promise<Backlog> {
  const [counted, readers, unsent, faults] = await Promise.all([
    rows<Omit<Backlog, 'feeds' | 'unsent' | 'faults'>>(
      pool,
      `select (select count(*) from scope where sent_seq < last_seq and not closed) as "unsentScopes",
         (select coalesce(sum(last_seq - sent_seq), 0) from scope where sent_seq < last_seq and not closed) as undelivered,
         (select count(*) from scope s cross join rehearsal_clock r
          where r.mode = 'real' and not s.closed and s.next_at < $1::timestamptz - interval '1 minute') as "lateTimers",
         (select count(*) from scope where done_seq < last_seq and not closed) as "thinkingScopes",
         (select count(*) from agenda where done_at is null and at <= $1) as "dueAgenda",
         (select count(*) from inbox where status = 'pending') as "pendingInbox",
         (select coalesce(extract(epoch from $1::timestamptz - min(received_at)), 0)::float8 from inbox where status = 'pending') as "inboxAgeSeconds",
         (select count(*) from notice_outbox) as untold`,
      [now],
      'backlog',
    ),
    rows<{ reader: string }>(pool, 'select reader from feed_cursor order by reader'),
    unsentMessages(pool),
    countFaults(pool),
  ]);
  const [counts] = counted;
  if (!counts) throw new Error('Nothing was counted');
  const feeds: { reader: string; lagSeconds: number }[] = [];
  for (const { reader } of readers) feeds.push({ reader, lagSeconds: await feedLagSeconds(pool, reader) });
  return { ...counts, feeds, unsent, faults };
}
