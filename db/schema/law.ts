import { sql } from 'drizzle-orm';
import { check, integer, json, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { day } from './columns.js';

export const agency = pgTable('agency', {
  code: text('code').primaryKey(),
  nameVi: text('name_vi').notNull(),
  nameEn: text('name_en').notNull(),
  data: json('data').notNull(),
});

export const procedureDefinition = pgTable(
  'procedure_definition',
  {
    version: text('version').primaryKey(),
    code: text('code').notNull(),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to'),
    data: json('data').notNull(),
  },
  (t) => [uniqueIndex('procedure_definition_from').on(t.code, t.validFrom)],
);

export const pathwayDefinition = pgTable('pathway_definition', {
  code: text('code').primaryKey(),
  position: integer('position').notNull(),
  data: json('data').notNull(),
});

export const calendar = pgTable(
  'calendar',
  { code: text('code').notNull(), version: integer('version').notNull(), data: json('data').notNull() },
  (t) => [primaryKey({ columns: [t.code, t.version] })],
);

/** The forms the law asks for, one row each. */
export const formDefinition = pgTable('form_definition', {
  code: text('code').primaryKey(),
  data: json('data').notNull(),
});

/** Sandbox regimes, one row each version. */
export const regime = pgTable('regime', {
  version: text('version').primaryKey(),
  code: text('code').notNull(),
  data: json('data').notNull(),
});

/** One row: what belongs to the catalogue as a whole. */
export const catalogueRules = pgTable(
  'catalogue_rules',
  {
    id: integer('id').primaryKey().default(1),
    asOf: day('as_of').notNull(),
    calendar: text('calendar').notNull(),
    rules: json('rules').notNull(),
    settings: json('settings').notNull().default({}),
    /** Raised by every published change: a process whose law is older reads it anew before it decides. */
    version: integer('version').notNull().default(1),
  },
  (t) => [check('catalogue_rules_one_row', sql`${t.id} = 1`)],
);
