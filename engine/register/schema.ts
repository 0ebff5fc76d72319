import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

interface Case {
  /** The key of the row that every command on a case locks. */
  readonly caseCode: () => AnyPgColumn;
  /** What a scope may be: each kind has its workflow type. */
  readonly kinds: readonly string[];
}

/** The tables of the engine. Mailboxes are written in the transaction of the command whose events they hold; the rest by who carries them. */
export const mailboxTables = ({ caseCode, kinds }: Case) => ({
  /** The mailbox of a scope: append-only pointers to events. */
  delivery: pgTable(
    'delivery',
    {
      scope: text('scope').notNull(),
      seq: integer('seq').notNull(),
      prev: integer('prev').notNull(),
      caseCode: text('case_code').notNull(),
      /** Of the request that it came of, to find it in the logs; of older ones and of what nobody asked for none. */
      requestId: text('request_id'),
    },
    (t) => [primaryKey({ columns: [t.scope, t.seq] })],
  ),

  /** Where the mailbox of a scope stands, and who is sending from it. */
  scope: pgTable(
    'scope',
    {
      id: text('id').primaryKey(),
      caseCode: text('case_code').notNull().references(caseCode),
      kind: text('kind').notNull(),
      generation: integer('generation').notNull(),
      lastSeq: integer('last_seq').notNull(),
      sentSeq: integer('sent_seq').notNull().default(0),
      doneSeq: integer('done_seq').notNull().default(0),
      nextAt: instant('next_at'),
      closed: boolean('closed').notNull(),
      claimedUntil: instant('claimed_until'),
      attempts: integer('attempts').notNull().default(0),
      notBefore: instant('not_before'),
      /** Its next instant moved earlier and nothing tells the workflow so: somebody must. */
      poke: boolean('poke').notNull().default(false),
    },
    (t) => [
      check('scope_kind', sql`${t.kind} in (${sql.raw(kinds.map((kind) => `'${kind}'`).join(', '))})`),
      index('scope_case').on(t.caseCode),
      index('scope_unsent')
        .on(t.id)
        .where(sql`${t.sentSeq} < ${t.lastSeq} and not ${t.closed}`),
      index('scope_thinking')
        .on(t.id)
        .where(sql`${t.doneSeq} < ${t.lastSeq} and not ${t.closed}`),
      index('scope_poke')
        .on(t.nextAt)
        .where(sql`${t.poke} and not ${t.closed}`),
      index('scope_next')
        .on(t.nextAt)
        .where(sql`not ${t.closed}`),
    ],
  ),
});
