import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, oneOf } from './columns.js';
import { person } from './people.js';

/**
 * What was published while cases ran: a new version of a calendar, or of a procedure's definition. Of a calendar it is also the job that re-dates the
 * clocks that run, worked off case by case; whoever dies over it leaves it to the next.
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
    claimedUntil: instant('claimed_until'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('law_change_kind', t.kind, ['calendar', 'procedure']),
    oneOf('law_change_status', t.status, ['pending', 'done']),
    uniqueIndex('law_change_version').on(t.kind, t.code, t.version),
    uniqueIndex('law_change_order').on(t.n),
    index('law_change_open')
      .on(t.n)
      .where(sql`${t.status} = 'pending'`),
  ],
);
