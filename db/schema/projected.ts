import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { day, instant } from './columns.js';
import { caseHead } from './door.js';

export const caseCode = () =>
  text('case_code')
    .notNull()
    .references(() => caseHead.code);

export const procedure = pgTable(
  'procedure',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    procedure: text('procedure').notNull(),
    attempt: integer('attempt').notNull(),
    version: text('version').notNull(),
    phase: text('phase').notNull(),
    mandatory: boolean('mandatory').notNull(),
    competentAgency: text('competent_agency').notNull(),
    handlingAgency: text('handling_agency').notNull(),
    /** In whose tracking book it stands: see `bookedBy`. */
    bookAgency: text('book_agency').notNull(),
    cityControlled: boolean('city_controlled').notNull(),
    stage: text('stage').notNull(),
    /** The ten codes of the public-service portal. */
    portalStatus: integer('portal_status').notNull(),
    dossierCode: text('dossier_code'),
    openedAt: instant('opened_at').notNull(),
    receivedAt: instant('received_at'),
    printedDueDate: day('printed_due_date'),
    promisedDate: day('promised_date'),
    decidedAt: instant('decided_at'),
    handedOverAt: instant('handed_over_at'),
    closedAt: instant('closed_at'),
    outcome: text('outcome'),
  },
  (t) => [
    index('procedure_case').on(t.caseCode),
    uniqueIndex('procedure_dossier_code').on(t.dossierCode),
    index('procedure_received')
      .on(t.receivedAt)
      .where(sql`${t.receivedAt} is not null`),
    index('procedure_received_by')
      .on(t.bookAgency, t.receivedAt)
      .where(sql`${t.receivedAt} is not null`),
    check('procedure_portal_status', sql`${t.portalStatus} between 1 and 10`),
  ],
);

/** A case that adjusts a project licensed by an earlier one. */
export const caseLink = pgTable(
  'case_link',
  { caseCode: caseCode().primaryKey(), adjusts: text('adjusts').notNull(), procedure: text('procedure').notNull() },
  (t) => [index('case_link_adjusts').on(t.adjusts)],
);

export const step = pgTable(
  'step',
  {
    scope: text('scope').notNull(),
    code: text('code').notNull(),
    caseCode: caseCode(),
    kind: text('kind').notNull(),
    agency: text('agency').notNull(),
    automation: text('automation').notNull(),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
    outcome: text('outcome'),
    by: text('by'),
    failed: boolean('failed').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.code] }),
    index('step_case').on(t.caseCode),
    index('step_published')
      .on(t.completedAt)
      .where(sql`${t.code} in ('publication', 'public-posting') and ${t.completedAt} is not null`),
  ],
);

/** An act by which a result was put right or taken back. */
export interface DecisionChange {
  readonly number: string;
  readonly change: 'correction' | 'revocation';
  readonly at: string;
}

export const decision = pgTable(
  'decision',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    outcome: text('outcome').notNull(),
    decidedAt: instant('decided_at').notNull(),
    decidedBy: text('decided_by'),
    /** Set once signed. */
    number: text('number'),
    documentHash: text('document_hash'),
    signature: text('signature'),
    algorithm: text('algorithm'),
    keyId: text('key_id'),
    handedOverAt: instant('handed_over_at'),
    /** Acts on the result, oldest first: `{ number, change, at }`. */
    changes: jsonb('changes').$type<readonly DecisionChange[]>().notNull().default([]),
  },
  (t) => [uniqueIndex('decision_number').on(t.number), index('decision_case').on(t.caseCode)],
);
