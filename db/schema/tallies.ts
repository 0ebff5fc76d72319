import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, numeric, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { day, oneOf } from './columns.js';

// What the dashboards read in place of fact rows: how many of them have which value, by day, month and year. Triggers on the fact tables keep them in the
// statement that changes a fact (ADR 46); nobody else writes them.

/** What tells tallies apart but the day: of what kind the marks are, by what they are cut, and which cases. */
export const tallyCell = pgTable(
  'tally_cell',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    family: text('family').notNull(),
    key: text('key').notNull(),
    lane: text('lane').notNull(),
    pathway: text('pathway').notNull(),
    zone: text('zone'),
  },
  (t) => [unique('tally_cell_once').on(t.family, t.key, t.lane, t.pathway, t.zone).nullsNotDistinct()],
);

/** The marks of a cell whose day lies in one span, which begins with `first`: `ns` facts of that measure and value, whose amounts together are `amounts`. */
export const tally = pgTable(
  'tally',
  {
    family: text('family').notNull(),
    span: text('span').notNull(),
    first: day('first').notNull(),
    /** No foreign key: the triggers that make both are the only writers, and no cell is ever removed. */
    cell: integer('cell').notNull(),
    measures: text('measures').array().notNull(),
    vals: numeric('vals').array().notNull(),
    ns: bigint('ns', { mode: 'number' }).array().notNull(),
    amounts: numeric('amounts').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.family, t.span, t.first, t.cell] }),
    oneOf('tally_span', t.span, ['day', 'month', 'year']),
  ],
);

/** Days before `until` are in the tallies of their month and year, too; later ones in those of days only. One row. */
export const tallySettled = pgTable(
  'tally_settled',
  { only: boolean('only').primaryKey().default(true), until: day('until').notNull() },
  (t) => [check('tally_settled_once', sql`${t.only}`)],
);
