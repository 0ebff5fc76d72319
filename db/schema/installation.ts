import { sql } from 'drizzle-orm';
import { bigserial, check, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, instant, oneOf } from './columns.js';

/** One row. A restore from a backup starts a new epoch, because transaction ids begin again. */
export const installation = pgTable(
  'installation',
  {
    id: integer('id').primaryKey().default(1),
    epoch: integer('epoch').notNull().default(1),
    /** Which memory of Temporal holds the workflows (the id of its namespace); another one knows none of them. Null until the first worker. */
    engine: text('engine'),
  },
  (t) => [check('installation_one_row', sql`${t.id} = 1`)],
);

/** One row: the business clock of this installation. `now` is set while it is not real time. */
export const rehearsalClock = pgTable(
  'rehearsal_clock',
  {
    id: integer('id').primaryKey().default(1),
    mode: text('mode').notNull().default('real'),
    now: instant('now'),
  },
  (t) => [
    check('rehearsal_clock_one_row', sql`${t.id} = 1`),
    oneOf('rehearsal_clock_mode', t.mode, ['real', 'stepped', 'ticking']),
    check('rehearsal_clock_now', sql`(${t.mode} = 'real') = (${t.now} is null)`),
  ],
);

export const rehearsalAdvance = pgTable(
  'rehearsal_advance',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    target: instant('target').notNull(),
    status: text('status').notNull().default('pending'),
    /** What is not quiet, or what went wrong. */
    detail: jsonb('detail'),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('rehearsal_advance_status', t.status, ['pending', 'running', 'quiet', 'restless', 'failed']),
    uniqueIndex('rehearsal_advance_one_at_a_time')
      .on(sql`(true)`)
      .where(sql`${t.status} in ('pending', 'running')`),
  ],
);

/** Serials of a day: case codes, dossier codes. Gaps are allowed. */
export const dayCounter = pgTable(
  'day_counter',
  { kind: text('kind').notNull(), day: day('day').notNull(), last: integer('last').notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.day] }), oneOf('day_counter_kind', t.kind, ['case', 'dossier'])],
);

/** What was erased, at whose request and on which legal basis. Written by the owner of the tables alone. */
export const erasure = pgTable(
  'erasure',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    askedBy: text('asked_by').notNull(),
    basis: text('basis').notNull(),
    /** How many rows of which table. */
    what: jsonb('what').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [oneOf('erasure_kind', t.kind, ['person', 'case', 'document', 'text'])],
);
