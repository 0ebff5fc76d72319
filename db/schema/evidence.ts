import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant, xid8 } from './columns.js';

/** Where a reader of the feed stands. */
export const feedCursor = pgTable('feed_cursor', {
  reader: text('reader').primaryKey(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
  id: bigint('id', { mode: 'number' }).notNull(),
  movedAt: instant('moved_at').notNull().defaultNow(),
});

/** Signed roots over the chain heads that moved since the root before. The same is in a file outside the database. Append-only. */
export const chainRoot = pgTable('chain_root', {
  number: integer('number').primaryKey(),
  writtenAt: instant('written_at').notNull(),
  root: bytea('root').notNull(),
  previous: bytea('previous').notNull(),
  heads: integer('heads').notNull(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
  /** null, like the rest below: written before roots were signed. */
  cases: integer('cases'),
  signature: text('signature'),
  algorithm: text('algorithm'),
  keyId: text('key_id'),
});
