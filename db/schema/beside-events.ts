import { sql } from 'drizzle-orm';
import { index, integer, json, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant, oneOf, tsvector } from './columns.js';
import { caseHead } from './door.js';

// Beside the events of a case: what people wrote and are called, erasable, and the numbers of papers.

/** The filing as it came in, with names: the only place of it, erasable. The event holds its hash. */
export const filing = pgTable(
  'filing',
  {
    caseCode: text('case_code')
      .primaryKey()
      .references(() => caseHead.code),
    body: json('body'),
    nameVi: text('name_vi'),
    nameEn: text('name_en'),
    search: tsvector('search'),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    index('filing_search').using('gin', t.search),
    // Goes with what an erasure empties.
    index('filing_investor').on(sql`investor_key(${t.body})`),
  ],
);

/**
 * The data keys of a case, each wrapped by a master key that lies outside the register. Destroyed with what they seal: `wrapped` goes, and no copy of it is opened any
 * more.
 */
export const caseKey = pgTable(
  'case_key',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    id: text('id').notNull(),
    /** Id of the master key: the start of its SHA-256. */
    master: text('master').notNull(),
    wrapped: bytea('wrapped'),
    madeAt: instant('made_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    destroyedAt: instant('destroyed_at'),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.id] })],
);

/**
 * What people wrote in their own words: the only place of it, erasable. Events hold id and hash (SHA-256 over salt and body). Sealed by a key of the case (then body and
 * salt are empty and lie in `sealed`: db/register/case-keys.ts), or in clear where it was kept without master keys.
 */
export const caseText = pgTable(
  'case_text',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    id: text('id').notNull(),
    body: text('body'),
    salt: text('salt'),
    hash: text('hash').notNull(),
    sealed: bytea('sealed'),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.id] }),
    index('case_text_clear')
      .on(t.caseCode)
      .where(sql`${t.body} is not null`),
  ],
);

/**
 * What a person or an agency was called at an event of a case: a row for each name that papers of the case may print, from that event until the next row of the
 * same subject. Erasable as `case_text` is: `body` and `salt` go, the hash (SHA-256 over salt and body) stays and is covered by the roots.
 */
export const caseName = pgTable(
  'case_name',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    seq: integer('seq').notNull(),
    /** JSON as it was hashed. */
    body: text('body'),
    salt: text('salt'),
    hash: text('hash').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.kind, t.subject, t.seq] }),
    oneOf('case_name_kind', t.kind, ['person', 'agency']),
    index('case_name_subject').on(t.subject),
  ],
);

/** Numbers of papers: serials per agency, year and kind of form. Gaps are allowed. */
export const formCounter = pgTable(
  'form_counter',
  {
    agency: text('agency').notNull(),
    year: integer('year').notNull(),
    form: text('form').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.agency, t.year, t.form] })],
);

/** Which number a paper of a case got, once and for all. Append-only. */
export const formNumber = pgTable(
  'form_number',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    paper: text('paper').notNull(),
    agency: text('agency').notNull(),
    year: integer('year').notNull(),
    form: text('form').notNull(),
    number: integer('number').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.paper] }),
    uniqueIndex('form_number_once').on(t.agency, t.year, t.form, t.number),
  ],
);

/** The secret with which anybody may look up a case without signing in. */
export const publicPin = pgTable('public_pin', {
  caseCode: text('case_code')
    .primaryKey()
    .references(() => caseHead.code),
  salt: text('salt').notNull(),
  hash: text('hash').notNull(),
  /** What the PIN is made from, wrapped by a master key; null: by an installation without any, or before it was wrapped: from the salt. */
  seedMaster: text('seed_master'),
  seedWrapped: bytea('seed_wrapped'),
});

/** Wrong PINs by code (be there such a case or not) and caller, who is a hash; gone after a day. */
export const pinTry = pgTable(
  'pin_try',
  {
    code: text('code').notNull(),
    caller: text('caller').notNull(),
    failed: integer('failed').notNull(),
    lastAt: instant('last_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.code, t.caller] }), index('pin_try_last').on(t.lastAt)],
);
