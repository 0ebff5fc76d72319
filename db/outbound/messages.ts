import type pg from 'pg';
import { type NoticeKind, type NoticeVars, type Urgency } from '../../domain/notices/kinds.js';
import { bundle } from '../../domain/notices/sending.js';
import { type NoticeLanguage } from '../../domain/notices/texts/spelled.js';
import { type Instant } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';

export type Channel = 'mail' | 'sms';

/** How long nobody else sends a message that somebody is sending: longer than any attempt. */
const claimSeconds = 30;

/** A mail or short message to be sent, with everything its words are made of. */
export interface Outgoing {
  readonly id: number;
  /** The same in every repetition. */
  readonly reference: string;
  readonly attempts: number;
  /** Business time. */
  readonly at: Instant;
  readonly email: string;
  readonly phone: string | null;
  readonly language: NoticeLanguage;
  readonly notices: readonly { readonly kind: NoticeKind; readonly vars: NoticeVars }[];
}

/** Makes messages of the notices that are due at `now`, of one person or (null) of a hundred; answers of how many people. */
export async function composeDue(
  pool: pg.Pool,
  now: Instant,
  digestAbove: number,
  person: string | null = null,
): Promise<number> {
  const waiting = await peopleWithNotices(pool, now, 100, person);
  for (const one of waiting) await inTransaction(pool, (client) => compose(client, one, now, { digestAbove }));
  return waiting.length;
}

/** As `composeDue`, of so many people; of each the first mail is the caller's to send at once, counted as an attempt, unless an earlier one has not left. */
export async function composeAndClaim(
  pool: pg.Pool,
  now: Instant,
  digestAbove: number,
  limit: number,
): Promise<{ readonly people: number; readonly claimed: Outgoing[] }> {
  const waiting = await peopleWithNotices(pool, now, limit, null);
  const claimed: Outgoing[] = [];
  for (const one of waiting)
    claimed.push(
      ...(await inTransaction(pool, (client) => compose(client, one, now, { digestAbove, claims: 'mail' }))),
    );
  return { people: waiting.length, claimed };
}

async function peopleWithNotices(pool: pg.Pool, now: Instant, limit: number, person: string | null): Promise<string[]> {
  const found = await rows<{ person: string }>(
    pool,
    `select distinct person from notice_sending where message is null and due_at <= $1 and ($2::text is null or person = $2) limit $3`,
    [now, person, limit],
    'people-with-notices',
  );
  return found.map((one) => one.person);
}

interface Composing {
  readonly digestAbove: number;
  /** Messages of this channel are taken for whoever composes them. */
  readonly claims?: Channel;
}

async function compose(
  client: pg.PoolClient,
  person: string,
  now: Instant,
  { digestAbove, claims }: Composing,
): Promise<Outgoing[]> {
  await client.query(`select pg_advisory_xact_lock(hashtext('notices ' || $1))`, [person]);
  // Whoever declared an interest in a case meanwhile gets no mail of it any more.
  await client.query({
    name: 'drop-recused-sendings',
    text: `update notice n set mail_due = case when n.mail_message is not null then n.mail_due end, sms_due = case when n.sms_message is not null then n.sms_due end
           from recusal r, notice_sending s
           where s.person = $1 and s.message is null and n.id = s.notice and r.person = $1 and r.case_code = n.case_code`,
    values: [person],
  });
  const waiting = await rows<{ notice: number; channel: Channel; urgency: Urgency; digest: boolean }>(
    client,
    `select s.notice, s.channel, n.urgency, coalesce(t.digest, false) as digest
     from notice_sending s join notice n on n.id = s.notice left join notice_setting t on t.person = s.person
     where s.person = $1 and s.message is null and s.due_at <= $2 order by s.notice`,
    [person, now],
    'waiting-notices',
  );
  const mails = waiting.filter(({ channel }) => channel === 'mail');
  const bundles: { readonly channel: Channel; readonly notices: readonly number[] }[] = [
    ...bundle(mails, digestAbove, waiting[0]?.digest ?? false).map((notices) => ({
      channel: 'mail' as const,
      notices,
    })),
    ...waiting.flatMap(({ channel, notice }) => (channel === 'sms' ? [{ channel, notices: [notice] }] : [])),
  ];
  const claimed: Outgoing[] = [];
  for (const { channel, notices } of bundles) {
    claimed.push(
      ...(await rows<Outgoing & pg.QueryResultRow>(
        client,
        `with turn as (
           select $5::boolean and not exists (
             select from message o where o.channel = $2 and o.person = $1 and o.status in ('ready', 'sending')) as mine
         ), m as (
           insert into message (person, channel, at, status, attempts, claimed_until)
           select $1, $2, $3, case when mine then 'sending' else 'ready' end, mine::int,
             case when mine then clock_timestamp() + make_interval(secs => ${claimSeconds}) end from turn
           returning id, reference, attempts, at, person, status
         ), told as (
           update notice n set ${channel}_message = m.id from m where n.id = any ($4)
         )
         select m.id, m.reference, m.attempts, m.at, p.email, p.phone, p.language, (
           select coalesce(json_agg(json_build_object('kind', n.kind, 'vars', n.vars) order by n.id), '[]') from notice n where n.id = any ($4)) as notices
         from m join person p on p.id = m.person where m.status = 'sending'`,
        [person, channel, now, notices, channel === claims],
        `compose-${channel}`,
      )),
    );
  }
  return claimed;
}

/**
 * Takes the oldest unsent message of each person, counted as an attempt; one that a dead process left behind comes again. Order is kept per person: a
 * message waits for the one before it.
 */
export async function claimMessages(pool: pg.Pool, channel: Channel, limit: number): Promise<Outgoing[]> {
  return rows<Outgoing & pg.QueryResultRow>(
    pool,
    `with next as (
       select m.id from message m
       where m.channel = $1 and m.status in ('ready', 'sending')
         and (m.status = 'ready' or m.claimed_until < clock_timestamp())
         and (m.not_before is null or m.not_before <= clock_timestamp())
         and not exists (select from message o where o.channel = m.channel and o.person = m.person and o.id < m.id
                         and o.status in ('ready', 'sending'))
       -- What was tried waits behind what was not: nobody's mail is in the way of the others'.
       order by m.not_before nulls first, m.id limit $2 for update skip locked
     ), taken as (
       update message m set status = 'sending', attempts = m.attempts + 1,
         claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
       from next where m.id = next.id returning m.id, m.reference, m.attempts, m.at, m.person
     )
     select t.id, t.reference, t.attempts, t.at, p.email, p.phone, p.language, (
       select coalesce(json_agg(json_build_object('kind', n.kind, 'vars', n.vars) order by n.id), '[]')
       from notice_sending s join notice n on n.id = s.notice where s.message = t.id) as notices
     from taken t join person p on p.id = t.person order by t.id`,
    [channel, limit],
    'claim-messages',
  );
}

export type Sent =
  | { readonly how: 'sent' }
  /** Nobody will take it; the notice stays in the application. */
  | { readonly how: 'failed'; readonly error: string }
  | { readonly how: 'again'; readonly error: string; readonly inMs: number }
  /** The server was away: that was no attempt. */
  | { readonly how: 'away'; readonly error: string };

/** Notes how an attempt ended. */
export async function noteSent(pool: pg.Pool, id: number, sent: Sent): Promise<void> {
  const status = sent.how === 'again' || sent.how === 'away' ? 'ready' : sent.how;
  await pool.query({
    name: 'note-sent',
    text: `update message set status = $2, last_error = $3, claimed_until = null,
             sent_at = case when $2 = 'sent' then clock_timestamp() end,
             not_before = clock_timestamp() + make_interval(secs => $4), attempts = attempts - $5
           where id = $1 and status = 'sending'`,
    values: [
      id,
      status,
      sent.how === 'sent' ? null : sent.error,
      sent.how === 'again' ? sent.inMs / 1000 : 0,
      sent.how === 'away' ? 1 : 0,
    ],
  });
}

/** How many messages wait to leave, by channel. */
export async function unsentMessages(pool: pg.Pool): Promise<{ channel: Channel; count: number }[]> {
  return rows(
    pool,
    `select channel, count(*)::int as count from message where status in ('ready', 'sending') group by 1`,
    [],
    'unsent-messages',
  );
}

/** How somebody's last mail ended that did end; undefined where none has yet. */
export interface LastMail {
  readonly status: 'sent' | 'failed';
  /** A code: `ADDRESS_UNUSABLE`, or what the mail server answered. */
  readonly error: string | null;
  /** Business time. */
  readonly at: Instant;
}

export async function lastMailOf(pool: pg.Pool, person: string): Promise<LastMail | undefined> {
  const [found] = await rows<LastMail & pg.QueryResultRow>(
    pool,
    `select status, last_error as error, at from message
     where person = $1 and channel = 'mail' and status in ('sent', 'failed') order by id desc nulls first limit 1`,
    [person],
    'last-mail',
  );
  return found;
}

/** A message that nobody took, and the cases it told of. */
export interface FailedMessage {
  readonly person: string;
  readonly channel: Channel;
  readonly error: string;
  readonly attempts: number;
  readonly at: Instant;
  readonly cases: readonly string[];
}

/** Who cannot be reached: of everybody whose last message by a channel failed, that one; newest first. */
export async function failedMessages(pool: pg.Pool, limit: number): Promise<FailedMessage[]> {
  return rows<FailedMessage & pg.QueryResultRow>(
    pool,
    `select m.person, m.channel, m.last_error as error, m.attempts, m.at, array(
       select distinct n.case_code from notice_sending s join notice n on n.id = s.notice
       where s.message = m.id and n.case_code is not null order by 1) as cases
     from message m where m.status = 'failed' and not exists (
       select from message o where o.person = m.person and o.channel = m.channel and o.id > m.id and o.status in ('sent', 'failed'))
     order by m.id desc limit $1`,
    [limit],
    'failed-messages',
  );
}
