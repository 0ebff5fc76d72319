import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { businessNow } from './business-clock.js';

/** For how many days what has done its work is kept. */
export interface Retention {
  /** What only the engine needed of a case, since its end. */
  readonly engine: number;
  /** What agencies' systems sent and answered, word for word: since a message was handled, and since the end of a case. */
  readonly exchanges: number;
  /** Messages that were sent or given up, drafts of answers that nobody went on with, and who had opened which task. */
  readonly messages: number;
  /** Notices since their person read them. */
  readonly notices: number;
  /** Events that a webhook's receiver took. */
  readonly deliveries: number;
  /** What the security centre was told, since it last happened. */
  readonly security: number;
}

/** Rows of one rule that are looked at by one statement: no transaction is long. */
export const pageSize = 500;

/**
 * One kind of row. `page` removes or empties what may go before `$1` among its next `$2` rows, and answers how many those were (`seen`). `oldest` finds them by
 * an index, the oldest first; `walk` goes along the whole table from `first`: rows after `$3`, and answers how far it looked (`last`), so that nothing has to be
 * indexed for it.
 */
type Rule = {
  readonly name: string;
  readonly keep: keyof Retention;
  /** Of the rows' own instants: a rehearsal's clock runs ahead of the real one. */
  readonly time: 'business' | 'real';
  readonly page: string;
} & ({ readonly from: 'oldest' } | { readonly from: 'walk'; readonly first: string });

/** Whether the case `h` is under legal hold, or its investor is. */
const isHeld = `exists (select from legal_hold l where l.lifted_at is null
  and ((l.kind = 'case' and l.ref = h.code) or (l.kind = 'person' and l.ref = h.investor)))`;

const rules: readonly Rule[] = [
  // What the engine sent and was sent. People's operations stay: their answers are promised.
  {
    name: 'operations',
    keep: 'engine',
    time: 'business',
    from: 'walk',
    first: '',
    page: `with page as (
        select operation_id, case_code from operation where operation_id > $3 order by operation_id limit $2
      ), gone as (
        delete from operation o using page p join case_head h on h.code = p.case_code
        where o.operation_id = p.operation_id and h.closed_at < $1 and p.operation_id ~ '^(case|rebuild|agenda)/'
      ) select max(operation_id) as last, count(*)::int as seen from page`,
  },
  {
    name: 'deliveries',
    keep: 'engine',
    time: 'business',
    from: 'walk',
    // Place: the scope and its last sequence.
    first: '[""]',
    page: `with page as (
        select scope, seq, case_code from delivery
        where (scope, seq) > ($3::json ->> 0, coalesce(($3::json ->> 1)::int, 0)) order by scope, seq limit $2
      ), gone as (
        delete from delivery d using page p join scope s on s.id = p.scope and s.closed join case_head h on h.code = s.case_code
        where d.scope = p.scope and d.seq = p.seq and h.closed_at < $1
      ) select (select json_build_array(scope, seq)::text from page order by scope desc, seq desc limit 1) as last,
          (select count(*)::int from page) as seen`,
  },
  {
    name: 'agenda',
    keep: 'engine',
    time: 'business',
    from: 'walk',
    first: '0',
    page: `with page as (
        select id, done_at from agenda where id > $3::bigint order by id limit $2
      ), gone as (
        delete from agenda a using page p where a.id = p.id and p.done_at < $1
      ) select max(id)::text as last, count(*)::int as seen from page`,
  },
  // That something was sent and answered stays; the words stand in the case, where they can be erased.
  {
    name: 'inbox',
    keep: 'exchanges',
    time: 'real',
    from: 'walk',
    first: '0',
    page: `with page as (
        select id from inbox where id > $3::bigint order by id limit $2
      ), gone as (
        update inbox i set body = null from page p
        where i.id = p.id and i.status <> 'pending' and i.handled_at < $1 and i.body is not null
          and not exists (select from agency_request r join case_head h on h.code = r.case_code
            where r.correlation_id = i.body ->> 'correlationId' and ${isHeld})
          and not exists (select from procedure d join case_head h on h.code = d.case_code
            where d.dossier_code = i.body ->> 'dossierCode' and ${isHeld})
      ) select max(id)::text as last, count(*)::int as seen from page`,
  },
  {
    name: 'agency-answers',
    keep: 'exchanges',
    time: 'business',
    from: 'walk',
    first: '00000000-0000-0000-0000-000000000000',
    page: `with page as (
        select id, case_code from agency_request where id > $3::uuid order by id limit $2
      ), gone as (
        update agency_request r set answer = null from page p join case_head h on h.code = p.case_code
        where r.id = p.id and h.closed_at < $1 and r.answer is not null and not ${isHeld}
      ) select (select id::text from page order by id desc limit 1) as last, (select count(*)::int from page) as seen`,
  },
  {
    name: 'messages',
    keep: 'messages',
    time: 'real',
    from: 'oldest',
    // Ids rise with time: the oldest are enough to know whether there is anything to do.
    page: `with old as (
        select id from (
          select id, coalesce(sent_at, not_before) as over_at from message where status in ('sent', 'failed') order by id limit $2
        ) m where over_at < $1
      ), told as (
        update notice n set mail_due = case when n.mail_message in (select id from old) then null else n.mail_due end,
          mail_message = case when n.mail_message in (select id from old) then null else n.mail_message end,
          sms_due = case when n.sms_message in (select id from old) then null else n.sms_due end,
          sms_message = case when n.sms_message in (select id from old) then null else n.sms_message end
        where n.id in (select x.id from notice x join old on x.mail_message = old.id union select x.id from notice x join old on x.sms_message = old.id)
      ), gone as (delete from message m using old where m.id = old.id
      ) select count(*)::int as seen from old`,
  },
  {
    name: 'notices',
    keep: 'notices',
    time: 'real',
    from: 'oldest',
    page: `with old as (
        select id from notice n where read_at < $1 and not exists (
          select from notice_sending s left join message m on m.id = s.message
          where s.notice = n.id and (m.id is null or m.status in ('ready', 'sending')))
        order by read_at limit $2
      ), gone as (delete from notice n using old where n.id = old.id
      ) select count(*)::int as seen from old`,
  },
  // What was typed and never sent, and who had opened which task: of no use to anybody by then.
  {
    name: 'answer-drafts',
    keep: 'messages',
    time: 'real',
    from: 'oldest',
    page: `with old as (
        select person, task from answer_draft where updated_at < $1 order by updated_at limit $2
      ), gone as (delete from answer_draft d using old where (d.person, d.task) = (old.person, old.task)
      ) select count(*)::int as seen from old`,
  },
  {
    name: 'task-marks',
    keep: 'messages',
    time: 'real',
    from: 'oldest',
    page: `with old as (
        select person, task from task_mark where seen_at < $1 order by seen_at limit $2
      ), gone as (delete from task_mark m using old where (m.person, m.task) = (old.person, old.task)
      ) select count(*)::int as seen from old`,
  },
  {
    name: 'webhook-deliveries',
    keep: 'deliveries',
    time: 'real',
    from: 'oldest',
    page: `with old as (
        select webhook, case_code, seq from webhook_delivery where status = 'delivered' and last_at < $1 order by last_at limit $2
      ), gone as (
        delete from webhook_delivery d using old where (d.webhook, d.case_code, d.seq) = (old.webhook, old.case_code, old.seq)
      ) select count(*)::int as seen from old`,
  },
  {
    name: 'security-events',
    keep: 'security',
    time: 'real',
    from: 'oldest',
    page: `with old as (
        select id from security_event where last_at < $1 order by last_at limit $2
      ), gone as (delete from security_event s using old where s.id = old.id
      ) select count(*)::int as seen from old`,
  },
];

export interface RetentionJob {
  /** One page of each rule that is not through; true while there is more to look at. Once all are through it begins anew with the next call. */
  runOnce(): Promise<boolean>;
}

/**
 * Removes or empties what has done its work and is old enough, by one list of rules. Never an event, and nothing that answers a person's Idempotency-Key.
 */
export function createRetention(pool: pg.Pool, keep: Retention): RetentionJob {
  const begin = () => new Map(rules.map((rule) => [rule.name, rule.from === 'walk' ? rule.first : '']));
  let places = begin();
  const realNow = async (): Promise<Instant> => {
    const [row] = await rows<{ now: Instant }>(pool, 'select clock_timestamp() as now', [], 'real-now');
    if (!row) throw new Error('The register tells no time');
    return row.now;
  };
  return {
    async runOnce() {
      const now = { business: await businessNow(pool), real: await realNow() };
      for (const { name, keep: kind, time, from, page } of rules) {
        const after = places.get(name);
        if (after === undefined) continue;
        const before = new Date(Date.parse(now[time]) - keep[kind] * 86_400_000).toISOString();
        const [found] = await rows<{ last?: string | null; seen: number }>(
          pool,
          page,
          [before, pageSize, ...(from === 'walk' ? [after] : [])],
          `retain-${name}`,
        );
        if (found?.seen === pageSize) places.set(name, found.last ?? after);
        else places.delete(name);
      }
      const more = places.size > 0;
      if (!more) places = begin();
      return more;
    },
  };
}
