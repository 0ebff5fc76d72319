import type pg from 'pg';
import { hasUntold } from '../outbound/statuses.js';
import { settledEvents } from '../register/feed.js';
import { rows } from '../pool.js';

/** What lies in the register for somebody to work off. */
export interface Work {
  /** Mailboxes that have something to send. */
  readonly mailboxes: boolean;
  /** Workflows to be told that their next instant moved earlier. */
  readonly pokes: boolean;
  /** Events that are not projected. */
  readonly events: boolean;
  /** Events of which people have still to be told. */
  readonly untold: boolean;
  /** Kinds of items of the agenda that are due. */
  readonly agenda: readonly string[];
  /** States of dossiers that other systems are still to be told. */
  readonly statuses: boolean;
  readonly inbox: boolean;
  readonly mails: boolean;
  readonly shortMessages: boolean;
  /** Changes of the law to be put in force, or to be brought to open cases. */
  readonly law: boolean;
  /** A rehearsal's clock that is to move. */
  readonly advances: boolean;
  /** Readers of events that have something to try again. */
  readonly faults: readonly string[];
}

const free = (row: string): string => `(${row}.not_before is null or ${row}.not_before < clock_timestamp())`;
const unsent = (channel: string): string =>
  `exists (select from message m where m.channel = '${channel}' and ${free('m')}
     and (m.status = 'ready' or (m.status = 'sending' and m.claimed_until < clock_timestamp())))`;

/**
 * One look at all of it: a net under what is rung, so that nobody has to look for himself every other moment. What somebody has just claimed, or is to be tried
 * later, does not lie there now. `projector`: name of the reader whose place in the feed counts.
 */
export async function findWork(pool: pg.Pool, projector: string): Promise<Work> {
  const [found] = await rows<Work & pg.QueryResultRow>(
    pool,
    `with clock as (select coalesce(now, clock_timestamp()) as now from rehearsal_clock),
       place as (select epoch, xid, id from feed_cursor where reader = $1 union all select 0, '0'::xid8, 0 limit 1)
     select
       exists (select from scope s where s.sent_seq < s.last_seq and not s.closed and ${free('s')}
               and (s.claimed_until is null or s.claimed_until < clock_timestamp())) as mailboxes,
       exists (select from scope s where s.poke and not s.closed) as pokes,
       exists (select from case_event e, place p where (e.epoch, e.xid, e.id) > (p.epoch, p.xid, p.id) and ${settledEvents}) as events,
       exists (select from notice_outbox) as untold,
       array(select distinct a.kind from agenda a, clock c where a.done_at is null and a.at <= c.now and ${free('a')}) as agenda,
       ${hasUntold} as statuses,
       exists (select from inbox i where i.status = 'pending' and ${free('i')}) as inbox,
       ${unsent('mail')} or exists (select from notice_sending n, clock c where n.message is null and n.due_at <= c.now) as mails,
       ${unsent('sms')} as "shortMessages",
       exists (select from law_change l, clock c where
         (l.status = 'pending' and (l.claimed_until is null or l.claimed_until < clock_timestamp()))
         or (l.status = 'confirmed' and l.effective_from <= (c.now at time zone 'utc' + interval '7 hours')::date)) as law,
       exists (select from rehearsal_advance v where v.status in ('pending', 'running')) as advances,
       array(select distinct f.reader from reader_fault f where f.not_before <= clock_timestamp()) as faults`,
    [projector],
    'find-work',
  );
  if (!found) throw new Error('The register has no clock: migrate it first');
  return found;
}
