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
    asOfSeq: integer('as_of_seq').notNull(),
  },
  (t) => [
    index('procedure_case').on(t.caseCode),
    uniqueIndex('procedure_dossier_code').on(t.dossierCode),
    index('procedure_received')
      .on(t.receivedAt)
      .where(sql`${t.receivedAt} is not null`),
    index('procedure_received_by')
      .on(t.handlingAgency, t.receivedAt)
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

/** One filing of documents for a procedure: the dossier, or what came after a request to complete it. */
export const dossier = pgTable(
  'dossier',
  {
    scope: text('scope').notNull(),
    n: integer('n').notNull(),
    caseCode: caseCode(),
    filedAt: instant('filed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.n] }), index('dossier_case').on(t.caseCode)],
);

export const dossierDocument = pgTable(
  'dossier_document',
  {
    scope: text('scope').notNull(),
    n: integer('n').notNull(),
    position: integer('position').notNull(),
    caseCode: caseCode(),
    code: text('code').notNull(),
    documentId: text('document_id'),
    obtainedFrom: text('obtained_from'),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.n, t.position] }),
    index('dossier_document_document').on(t.documentId),
    index('dossier_document_case').on(t.caseCode),
  ],
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

export const consultation = pgTable(
  'consultation',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    procedureScope: text('procedure_scope').notNull(),
    step: text('step').notNull(),
    n: integer('n').notNull(),
    lead: text('lead').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [index('consultation_case').on(t.caseCode)],
);

export const opinion = pgTable(
  'opinion',
  {
    scope: text('scope').notNull(),
    agency: text('agency').notNull(),
    caseCode: caseCode(),
    channel: text('channel').notNull(),
    dueDate: day('due_date').notNull(),
    legalEffect: text('legal_effect').notNull(),
    handling: text('handling').notNull(),
    status: text('status').notNull(),
    position: text('position'),
    conditions: jsonb('conditions').notNull(),
    legalBasis: text('legal_basis'),
    late: boolean('late').notNull(),
    answeredAt: instant('answered_at'),
    lapsedAt: instant('lapsed_at'),
    decision: text('decision'),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.agency] }),
    index('opinion_case').on(t.caseCode),
    index('opinion_agency').on(t.agency, t.status),
  ],
);

/** The conference of a consultation whose opinions contradict each other. */
export const conference = pgTable(
  'conference',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    chair: text('chair').notNull(),
    issues: jsonb('issues').notNull(),
    openedAt: instant('opened_at').notNull(),
    dueDate: day('due_date').notNull(),
    decidedAt: instant('decided_at'),
    resolutions: jsonb('resolutions').notNull(),
    dissent: jsonb('dissent').notNull(),
  },
  (t) => [index('conference_case').on(t.caseCode)],
);

export const ledgerEntry = pgTable(
  'ledger_entry',
  {
    scope: text('scope').notNull(),
    n: integer('n').notNull(),
    caseCode: caseCode(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    days: integer('days'),
    ground: text('ground'),
  },
  (t) => [primaryKey({ columns: [t.scope, t.n] }), index('ledger_entry_case').on(t.caseCode)],
);

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
  },
  (t) => [uniqueIndex('decision_number').on(t.number), index('decision_case').on(t.caseCode)],
);

/** What the law demands of the investor or an agency beside approvals, one row per duty of an opened procedure. */
export const duty = pgTable(
  'duty',
  {
    scope: text('scope').notNull(),
    code: text('code').notNull(),
    caseCode: caseCode(),
    /** The duty as the definition of that version has it. */
    data: jsonb('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.code] }), index('duty_case').on(t.caseCode)],
);
