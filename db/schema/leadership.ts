import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, oneOf } from './columns.js';
import { agency } from './law.js';
import { person } from './people.js';

/**
 * What was done with an instruction that is about no single case (domain/leadership/instruction.ts). The hash over the acts of each stands in every signed root.
 * Append-only.
 */
export const instructionAct = pgTable(
  'instruction_act',
  {
    /** Made from who gave it under which Idempotency-Key. */
    instruction: uuid('instruction').notNull(),
    /** In its instruction, from 1. */
    n: integer('n').notNull(),
    kind: text('kind').notNull(),
    /** To whom it was given. */
    agency: text('agency')
      .notNull()
      .references(() => agency.code),
    /** Business time. */
    at: instant('at').notNull(),
    /** null: what fell due by itself. */
    person: text('person').references(() => person.id),
    key: text('key'),
    act: jsonb('act').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.instruction, t.n] }),
    oneOf('instruction_act_kind', t.kind, ['given', 'moved', 'answered', 'withdrawn', 'closed', 'rung']),
    uniqueIndex('instruction_act_key').on(t.person, t.key),
    index('instruction_act_given')
      .on(t.at)
      .where(sql`${t.kind} = 'given'`),
    index('instruction_act_agency').on(t.agency, t.instruction),
  ],
);

/**
 * What was done with a subject that is no case (a report on the green lane, a target of a year): each act as RFC 8785 text, chained by its hash to the one before it.
 * The end of each chain stands in every signed root: `verify-chain` finds an act that was changed, is missing, was cut off at the end or hashed anew. Append-only.
 */
export const leadershipAct = pgTable(
  'leadership_act',
  {
    /** `report/{id}`, `target/{year}` */
    subject: text('subject').notNull(),
    /** In its subject, from 1. */
    n: integer('n').notNull(),
    kind: text('kind').notNull(),
    /** Business time. */
    at: instant('at').notNull(),
    /** null: what fell due by itself. */
    person: text('person').references(() => person.id),
    key: text('key'),
    canonical: text('canonical').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subject, t.n] }),
    uniqueIndex('leadership_act_key').on(t.person, t.key),
    index('leadership_act_kind').on(t.kind, t.at),
  ],
);
