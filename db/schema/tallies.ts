import { sql } from 'drizzle-orm';
import { bigint, integer, index, numeric, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { day, oneOf } from './columns.js';

// What the dashboards read in place of fact rows: how many of them have which value, by day, month and year. Triggers on the fact tables keep them in the
// statement that changes a fact (ADR 46); nobody else writes them.

/** What tells tallies apart but day and value: what is counted, by what it is cut, and which cases. */
export const tallyCell = pgTable(
  'tally_cell',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    family: text('family').notNull(),
    measure: text('measure').notNull(),
    key: text('key').notNull(),
    lane: text('lane').notNull(),
    pathway: text('pathway').notNull(),
    zone: text('zone'),
  },
  (t) => [unique('tally_cell_once').on(t.family, t.measure, t.key, t.lane, t.pathway, t.zone).nullsNotDistinct()],
);

/** `n` facts of one value, whose amounts together are `amount`; `first`: the first day of the span. */
export const tally = pgTable(
  'tally',
  {
    family: text('family').notNull(),
    span: text('span').notNull(),
    first: day('first').notNull(),
    /** No foreign key: the triggers that make both are the only writers, and no cell is ever removed. */
    cell: integer('cell').notNull(),
    value: numeric('value').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    amount: numeric('amount').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.family, t.span, t.first, t.cell, t.value] }),
    oneOf('tally_span', t.span, ['day', 'month', 'year']),
    index('tally_nothing_left')
      .on(t.cell)
      .where(sql`${t.n} = 0`),
  ],
);
