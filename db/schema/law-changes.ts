import { sql } from 'drizzle-orm';
import { bigserial, check, index, integer, json, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, instant, oneOf } from './columns.js';
import { person } from './people.js';

/**
 * What was published while cases ran: a new version of a calendar, of a procedure's definition, or of what the City decides beside the law (proposed by one
 * admin, confirmed by another, in force from a day). It is also the job that brings it to the cases that run, one by one; whoever dies over it leaves it to the next.
 */
export const lawChange = pgTable(
  'law_change',
  {
    /** Made from who published under which Idempotency-Key. */
    id: uuid('id').primaryKey(),
    /** The order of publication. */
    n: bigserial('n', { mode: 'number' }).notNull(),
    bodyHash: text('body_hash').notNull(),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    version: text('version').notNull(),
    document: text('document').notNull(),
    publishedBy: text('published_by')
      .notNull()
      .references(() => person.id),
    /** Business time: a calendar's days count by it from here on. */
    at: instant('at').notNull(),
    status: text('status').notNull().default('pending'),
    /** The last case looked at. */
    cursor: text('cursor').notNull().default(''),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    /** Cases in which a date or a next instant moved. */
    moved: integer('moved').notNull().default(0),
    /** Cases that could not be re-dated: `{ case, code }`, the first hundred; each is tried again by its own next command. */
    failures: jsonb('failures').notNull().default([]),
    /** Of data of the City: what is published. */
    data: json('data'),
    /** From which day on; null: from its publication. */
    effectiveFrom: day('effective_from'),
    /** The second admin, who is not the first. */
    confirmedBy: text('confirmed_by').references(() => person.id),
    confirmedAt: instant('confirmed_at'),
    declinedBy: text('declined_by').references(() => person.id),
    declinedAt: instant('declined_at'),
    declinedFor: text('declined_for'),
    claimedUntil: instant('claimed_until'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('law_change_kind', t.kind, ['calendar', 'procedure', 'list', 'setting', 'agency', 'pathway', 'regime']),
    oneOf('law_change_status', t.status, ['proposed', 'confirmed', 'pending', 'done', 'declined']),
    check('law_change_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.publishedBy}`),
    // What was taken back may come again, put right.
    uniqueIndex('law_change_version')
      .on(t.kind, t.code, t.version)
      .where(sql`${t.status} <> 'declined'`),
    uniqueIndex('law_change_order').on(t.n),
    index('law_change_open')
      .on(t.n)
      .where(sql`${t.status} = 'pending'`),
  ],
);
