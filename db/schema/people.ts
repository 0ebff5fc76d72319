import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { personRoles } from '../../domain/people/access-scopes.js';
import { memberRoles } from '../../domain/people/members.js';
import { bytea, day, instant, newest, oneOf } from './columns.js';
import { agency } from './law.js';

/** The only place of people's names. Events know the id. */
export const person = pgTable(
  'person',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role', { enum: personRoles }).notNull(),
    agency: text('agency').references(() => agency.code),
    organisation: text('organisation'),
    email: text('email').notNull(),
    /** E.164; short messages go to those who have one. */
    phone: text('phone'),
    language: text('language', { enum: ['vi', 'en'] }).notNull(),
    active: boolean('active').notNull().default(true),
    /** Then the name is the mark of an erasure, and there is no address. */
    erasedAt: instant('erased_at'),
  },
  (t) => [oneOf('person_role', t.role, personRoles), oneOf('person_language', t.language, ['vi', 'en'])],
);

/**
 * Who came by the City's sign-on for the first time as an investor or a representative: by the digest of how the sign-on knows them (SHA-256), which may be a number of
 * theirs that no id may hold. Whoever the register knew before comes by their id.
 */
export const signOnAccount = pgTable(
  'sign_on_account',
  {
    digest: bytea('digest').primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    /** Business time. */
    since: instant('since').notNull(),
  },
  (t) => [uniqueIndex('sign_on_account_person').on(t.person)],
);

/** Who joined, moved or left, by which document. Append-only; no names. */
export const personChange = pgTable(
  'person_change',
  {
    /** Made from who asked under which Idempotency-Key. */
    id: uuid('id').notNull(),
    n: integer('n').notNull(),
    bodyHash: text('body_hash').notNull(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    beforeRole: text('before_role'),
    beforeAgency: text('before_agency'),
    role: text('role'),
    agency: text('agency'),
    document: text('document').notNull(),
    by: text('by')
      .notNull()
      .references(() => person.id),
    /** Business time. */
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.n] }),
    oneOf('person_change_kind', t.kind, ['join', 'move', 'leave']),
    index('person_change_person').on(t.person),
  ],
);

export const powerOfAttorney = pgTable(
  'power_of_attorney',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    grantor: text('grantor')
      .notNull()
      .references(() => person.id),
    representative: text('representative')
      .notNull()
      .references(() => person.id),
    /** Names of commands. */
    acts: text('acts').array().notNull(),
    /** null = every procedure. */
    procedures: text('procedures').array(),
    fromDate: day('from_date').notNull(),
    toDate: day('to_date').notNull(),
    revokedAt: instant('revoked_at'),
    /** null: seeded. The same power may be granted anew after it was revoked. */
    grantedAt: instant('granted_at'),
    /** The representative's answer: nothing is done or read under it before they accept. */
    acceptedAt: instant('accepted_at'),
    declinedAt: instant('declined_at'),
    /** What the representative is in the organisation that is the grantor: then they are an investor themselves. null: a power of attorney. */
    memberAs: text('member_as', { enum: memberRoles }),
    /** Of a membership that is over: who ended it. null where it only became another one. */
    endedBy: text('ended_by').references(() => person.id),
  },
  (t) => [
    oneOf('power_of_attorney_member', t.memberAs, memberRoles),
    uniqueIndex('power_of_attorney_member_once')
      .on(t.grantor, t.representative)
      .where(sql`${t.memberAs} is not null and ${t.revokedAt} is null and ${t.declinedAt} is null`),
    uniqueIndex('power_of_attorney_seeded')
      .on(t.representative, t.grantor, t.fromDate)
      .where(sql`${t.grantedAt} is null`),
    index('power_of_attorney_representative').on(t.representative, t.grantor),
    index('power_of_attorney_grantor').on(t.grantor),
    check('power_of_attorney_term', sql`${t.fromDate} <= ${t.toDate}`),
    check('power_of_attorney_answer', sql`${t.acceptedAt} is null or ${t.declinedAt} is null`),
  ],
);

/** An enterprise with several people. Cases are its account's, with which nobody signs in; its people act for it as its members. */
export const organisation = pgTable(
  'organisation',
  {
    /** Its account. */
    id: text('id')
      .primaryKey()
      .references(() => person.id),
    /** Country and number, `VN/0312345678`. */
    enterprise: text('enterprise').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => person.id),
    /** Business time. */
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('organisation_enterprise').on(t.enterprise)],
);

/** For which enterprise the sign-on vouched of somebody when they last signed in. */
export const enterpriseVouched = pgTable('enterprise_vouched', {
  person: text('person')
    .primaryKey()
    .references(() => person.id),
  enterprise: text('enterprise').notNull(),
  name: text('name').notNull(),
  /** Business time. */
  at: instant('at').notNull(),
  /** Real time, as sessions are: after it the word holds no more until they sign in again. */
  holdsUntil: instant('holds_until').notNull(),
});

/** What an investor has begun to write and not yet filed. Once it is filed or discarded the content goes: names stay in `filing` alone. */
export const draft = pgTable(
  'draft',
  {
    /** Made from who began it under which Idempotency-Key. */
    id: uuid('id').primaryKey(),
    /** The investor whose project it is. */
    owner: text('owner')
      .notNull()
      .references(() => person.id),
    content: json('content'),
    /** Raised by every change; 0 is what a filing of an older version would make it, and no draft may have it. */
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    discardedAt: instant('discarded_at'),
    /** The case it became. */
    filedCase: text('filed_case'),
    /** Idempotency-Key of the last change and the hash of its request. */
    lastKey: text('last_key').notNull(),
    lastHash: text('last_hash').notNull(),
  },
  (t) => [
    check('draft_version', sql`${t.version} > 0`),
    check('draft_content', sql`(${t.content} is null) = (${t.discardedAt} is not null or ${t.filedCase} is not null)`),
    index('draft_owner').on(t.owner, newest(t.updatedAt), newest(t.id)),
  ],
);

/** Who stands in for somebody while they are away, both days counted. Revoked, it ends at once; it is never taken back. */
export const delegation = pgTable(
  'delegation',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    delegate: text('delegate')
      .notNull()
      .references(() => person.id),
    fromDate: day('from_date').notNull(),
    toDate: day('to_date').notNull(),
    /** In their own words; erasable. */
    reason: text('reason'),
    /** Idempotency-Key and hash of the request that made it. */
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by').references(() => person.id),
    /** Whoever stands in has said yes, or no; before that it is a question. */
    acceptedAt: instant('accepted_at'),
    declinedAt: instant('declined_at'),
    /** The head who noted somebody else's absence. */
    notedBy: text('noted_by').references(() => person.id),
  },
  (t) => [
    uniqueIndex('delegation_request').on(t.person, t.key),
    index('delegation_person').on(t.person, t.fromDate),
    index('delegation_delegate').on(t.delegate, t.fromDate),
    check('delegation_term', sql`${t.fromDate} <= ${t.toDate}`),
    check('delegation_to_another', sql`${t.person} <> ${t.delegate}`),
  ],
);

/** What an Idempotency-Key of a bulk act is bound to; its items are operations of their own. Append-only. */
export const bulkRequest = pgTable(
  'bulk_request',
  {
    person: text('person').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.person, t.key] })],
);

/** Who, beside the investor's side, looked into a case, a task or a document of it: a row an hour. Real time. */
export const caseReading = pgTable(
  'case_reading',
  {
    caseCode: text('case_code').notNull(),
    person: text('person').notNull(),
    role: text('role').notNull(),
    agency: text('agency'),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    hour: instant('hour').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    times: integer('times').notNull(),
    /** `task:{id}`, `seat`, `supervision`, `stated:{reason}` or `none` (db/people/looks.ts); null: kept before reasons were. */
    why: text('why'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.person, t.kind, t.subject, t.hour] }),
    oneOf('case_reading_kind', t.kind, ['case', 'task', 'document']),
    index('case_reading_newest').on(newest(t.hour)),
    index('case_reading_person').on(t.person, newest(t.hour)),
  ],
);

/** What of a task somebody saw when they last opened it: the task is unread again once that is no longer so. */
export const taskMark = pgTable(
  'task_mark',
  {
    person: text('person').notNull(),
    task: text('task').notNull(),
    status: text('status').notNull(),
    dueDate: day('due_date'),
    /** Real time. */
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.task] }), index('task_mark_oldest').on(t.seenAt)],
);

/** What somebody has typed into the answer of a task and not sent: theirs alone, gone with the answer. */
export const answerDraft = pgTable(
  'answer_draft',
  {
    person: text('person').notNull(),
    task: text('task').notNull(),
    /** By the names of the form's fields. */
    fields: json('fields').notNull(),
    /** Real time. */
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.task] }),
    index('answer_draft_task').on(t.task),
    index('answer_draft_oldest').on(t.updatedAt),
  ],
);

/** Who is signed in at the pages. Rows are written and ended by the session store; `sess` holds the person's id, never a token. */
export const webSession = pgTable(
  'web_session',
  {
    sid: text('sid').primaryKey(),
    sess: json('sess').notNull(),
    expire: instant('expire').notNull(),
  },
  (t) => [index('web_session_expire').on(t.expire)],
);

/** Who has which task open, as pages say it again and again. Unlogged: a crash forgets it. Real time. */
export const taskPresence = pgTable(
  'task_presence',
  {
    task: text('task').notNull(),
    person: text('person').notNull(),
    since: instant('since')
      .notNull()
      .default(sql`clock_timestamp()`),
    seenAt: instant('seen_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.task, t.person] })],
);

/** Requests of callers who send many, counted by all processes of the API together: for a minute each. Unlogged: a crash forgets it. Real time. */
export const requestCount = pgTable('request_count', {
  /** A digest: of which limit, and of whom. */
  caller: text('caller').primaryKey(),
  since: instant('since')
    .notNull()
    .default(sql`clock_timestamp()`),
  count: integer('count').notNull(),
});
