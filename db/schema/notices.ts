import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, newest, oneOf, xid8 } from './columns.js';
import { person } from './people.js';

/** What somebody is told, once per person, cause and kind. `ref` names the cause: `{case}/{seq}` for an event. No words: they are made when read. */
export const notice = pgTable(
  'notice',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    /** No foreign key: its check would wait for whoever is changing the case. */
    caseCode: text('case_code'),
    /** NoticeVars: codes and dates only. */
    vars: jsonb('vars').notNull(),
    urgency: text('urgency').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
    /** When it is to go out by mail, in business time, and of which mail it became part; null: it does not. The same by short message. */
    mailDue: instant('mail_due'),
    mailMessage: bigint('mail_message', { mode: 'number' }).references((): AnyPgColumn => message.id),
    smsDue: instant('sms_due'),
    smsMessage: bigint('sms_message', { mode: 'number' }).references((): AnyPgColumn => message.id),
  },
  (t) => [
    oneOf('notice_urgency', t.urgency, ['now', 'soon', 'normal', 'digest']),
    uniqueIndex('notice_once').on(t.person, t.ref, t.kind),
    index('notice_list').on(t.person, newest(t.id)),
    index('notice_unread')
      .on(t.person, newest(t.id))
      .where(sql`${t.readAt} is null`),
    index('notice_read')
      .on(t.readAt)
      .where(sql`${t.readAt} is not null`),
    index('notice_mail_waiting')
      .on(t.mailDue)
      .where(sql`${t.mailDue} is not null and ${t.mailMessage} is null`),
    index('notice_sms_waiting')
      .on(t.smsDue)
      .where(sql`${t.smsDue} is not null and ${t.smsMessage} is null`),
    index('notice_mailed').on(t.person, t.mailDue),
    index('notice_mail_message')
      .on(t.mailMessage)
      .where(sql`${t.mailMessage} is not null`),
    index('notice_sms_message')
      .on(t.smsMessage)
      .where(sql`${t.smsMessage} is not null`),
  ],
);

/** One mail or short message. Its words are made of its notices when it is sent; a repetition has the same `reference`, so it is the same message. */
export const message = pgTable(
  'message',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    reference: uuid('reference').notNull().defaultRandom(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    channel: text('channel').notNull(),
    /** Business time at which it was made up. */
    at: instant('at').notNull(),
    status: text('status').notNull().default('ready'),
    attempts: integer('attempts').notNull().default(0),
    /** Real time, as are the two below. */
    notBefore: instant('not_before'),
    claimedUntil: instant('claimed_until'),
    sentAt: instant('sent_at'),
    /** A code, never an address. */
    lastError: text('last_error'),
  },
  (t) => [
    oneOf('message_channel', t.channel, ['mail', 'sms']),
    oneOf('message_status', t.status, ['ready', 'sending', 'sent', 'failed']),
    uniqueIndex('message_reference').on(t.reference),
    index('message_unsent')
      .on(t.channel, t.person, t.id)
      .where(sql`${t.status} in ('ready', 'sending')`),
    index('message_person').on(t.person, t.channel, newest(t.id)),
    index('message_over')
      .on(t.id)
      .where(sql`${t.status} in ('sent', 'failed')`),
  ],
);

/** How somebody wants to be told; no row = as `defaultNoticeSettings` says. */
export const noticeSetting = pgTable('notice_setting', {
  person: text('person')
    .primaryKey()
    .references(() => person.id),
  mail: boolean('mail').notNull(),
  sms: boolean('sms').notNull(),
  digest: boolean('digest').notNull(),
});

/** Who outside hears of events. It stands where a reader of the feed stands; a replay moves it back. */
export const webhook = pgTable(
  'webhook',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    url: text('url').notNull(),
    /** Types of events; empty = all. */
    events: text('events').array().notNull(),
    secret: text('secret').notNull(),
    /** `proposed` until another admin has confirmed it: it is sent nothing. */
    status: text('status').notNull().default('active'),
    /** Why it is paused: `asked`, or the code of the last failure. */
    reason: text('reason'),
    epoch: integer('epoch').notNull(),
    xid: xid8('xid').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    /** Raised by every replay: a sending that was under way then does not move the place on. */
    replays: integer('replays').notNull().default(0),
    createdBy: text('created_by')
      .notNull()
      .references(() => person.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** null: proposed, or of before two people were asked for. */
    confirmedBy: text('confirmed_by').references(() => person.id),
  },
  (t) => [oneOf('webhook_status', t.status, ['proposed', 'active', 'paused', 'removed'])],
);

/** How the sending of one event to one webhook went. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    webhook: uuid('webhook')
      .notNull()
      .references(() => webhook.id),
    caseCode: text('case_code').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    /** HTTP status, or a code of what went wrong. */
    answer: text('answer'),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.webhook, t.caseCode, t.seq] }),
    oneOf('webhook_delivery_status', t.status, ['delivered', 'failed']),
    index('webhook_delivery_list').on(t.webhook, newest(t.lastAt)),
    index('webhook_delivery_over')
      .on(t.lastAt)
      .where(sql`${t.status} = 'delivered'`),
  ],
);
