import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, oneOf } from './columns.js';
import { person } from './people.js';

/**
 * What is to be erased: proposed by one administrator with who asked and the legal basis, confirmed by another, carried out by the owner of the tables, who alone
 * writes `done_at` and the certificate of destruction.
 */
export const erasureOrder = pgTable(
  'erasure_order',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    askedBy: text('asked_by').notNull(),
    basis: text('basis').notNull(),
    proposedBy: text('proposed_by')
      .notNull()
      .references(() => person.id),
    proposedAt: instant('proposed_at').notNull(),
    status: text('status').notNull().default('proposed'),
    decidedBy: text('decided_by').references(() => person.id),
    decidedAt: instant('decided_at'),
    doneAt: instant('done_at'),
    certificate: jsonb('certificate'),
    /** What was emptied and which files are to be taken away: from the erasure until it is certified. */
    pending: jsonb('pending'),
  },
  (t) => [
    oneOf('erasure_order_kind', t.kind, ['person', 'case', 'document', 'text']),
    oneOf('erasure_order_status', t.status, ['proposed', 'confirmed', 'refused', 'done']),
    check(
      'erasure_order_two_people',
      sql`${t.status} not in ('confirmed', 'done') or (${t.decidedBy} is not null and ${t.decidedBy} <> ${t.proposedBy})`,
    ),
    uniqueIndex('erasure_order_open')
      .on(t.kind, t.ref)
      .where(sql`${t.status} in ('proposed', 'confirmed')`),
    index('erasure_order_proposed').on(t.proposedAt, t.id),
  ],
);

/** What may not be erased for as long as it is needed: a case, or whatever concerns a person. */
export const legalHold = pgTable(
  'legal_hold',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    basis: text('basis').notNull(),
    placedBy: text('placed_by')
      .notNull()
      .references(() => person.id),
    placedAt: instant('placed_at').notNull(),
    liftedBy: text('lifted_by').references(() => person.id),
    liftedAt: instant('lifted_at'),
    liftBasis: text('lift_basis'),
  },
  (t) => [
    oneOf('legal_hold_kind', t.kind, ['case', 'person']),
    check('legal_hold_two_people', sql`${t.liftedBy} is null or ${t.liftedBy} <> ${t.placedBy}`),
    uniqueIndex('legal_hold_open')
      .on(t.kind, t.ref)
      .where(sql`${t.liftedAt} is null`),
  ],
);
