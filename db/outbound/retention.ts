import type pg from 'pg';
import { rows } from '../pool.js';

/** For how many days (of real time) what has done its work is kept. */
export interface Retention {
  /** Messages that were sent or given up. */
  readonly messages: number;
  /** Notices since their person read them. */
  readonly notices: number;
  /** Events that a webhook's receiver took. */
  readonly deliveries: number;
}

/** Rows of one kind that go at once; each kind is one short statement over an index. */
export const removedAtOnce = 500;

// $1 days, $2 how many rows are looked at. Answers how many went.
const jobs: readonly { readonly name: string; readonly keep: keyof Retention; readonly text: string }[] = [
  {
    name: 'remove-messages',
    keep: 'messages',
    // Ids rise with time: the oldest are enough to know whether there is anything to do.
    text: `with old as (
        select id from (
          select id, coalesce(sent_at, not_before) as over_at from message where status in ('sent', 'failed') order by id limit $2
        ) m where over_at < clock_timestamp() - make_interval(days => $1)
      ), told as (delete from notice_sending s using old where s.message = old.id)
      delete from message m using old where m.id = old.id returning 1`,
  },
  {
    name: 'remove-notices',
    keep: 'notices',
    text: `with old as (
        select id from notice n where read_at < clock_timestamp() - make_interval(days => $1) and not exists (
          select from notice_sending s left join message m on m.id = s.message
          where s.notice = n.id and (m.id is null or m.status in ('ready', 'sending')))
        order by read_at limit $2
      ), told as (delete from notice_sending s using old where s.notice = old.id)
      delete from notice n using old where n.id = old.id returning 1`,
  },
  {
    name: 'remove-deliveries',
    keep: 'deliveries',
    text: `delete from webhook_delivery where (webhook, case_code, seq) in (
        select webhook, case_code, seq from webhook_delivery
        where status = 'delivered' and last_at < clock_timestamp() - make_interval(days => $1) order by last_at limit $2
      ) returning 1`,
  },
];

/** Removes what has done its work and is old enough, some of each kind; true where there may be more. */
export async function removeOld(pool: pg.Pool, retention: Retention): Promise<boolean> {
  let more = false;
  for (const { name, keep, text } of jobs) {
    const gone = await rows(pool, text, [retention[keep], removedAtOnce], name);
    more ||= gone.length === removedAtOnce;
  }
  return more;
}
