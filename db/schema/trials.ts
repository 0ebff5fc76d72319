import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { phases } from '../../domain/case/trial/phases.js';
import { endings } from '../../domain/law/trial-terms.js';
import { day, instant, oneOf } from './columns.js';
import { caseHead } from './door.js';

import { caseCode } from './projected.js';

/** One trial of the sandbox from its filing on, as its state says (domain/case/trial/record.ts). Its name stands in the filing, where it can be erased. */
export const trial = pgTable(
  'trial',
  {
    caseCode: text('case_code')
      .primaryKey()
      .references(() => caseHead.code),
    regime: text('regime').notNull(),
    version: text('version').notNull(),
    field: text('field').notNull(),
    phase: text('phase').notNull(),
    authority: text('authority').notNull(),
    supervises: text('supervises').notNull(),
    enterprise: text('enterprise').notNull(),
    filedOn: day('filed_on').notNull(),
    decidedOn: day('decided_on'),
    decisionDays: integer('decision_days'),
    notAdmitted: text('not_admitted'),
    notAdmittedOn: day('not_admitted_on'),
    dossierCode: text('dossier_code'),
    admittedOn: day('admitted_on'),
    startedOn: day('started_on'),
    until: day('until'),
    endedOn: day('ended_on'),
    ending: text('ending'),
    transitionUntil: day('transition_until'),
    certificate: text('certificate'),
    sites: text('sites').array().notNull(),
    /** PublicConditions: what anybody may know. */
    conditions: jsonb('conditions'),
    extensions: integer('extensions').notNull(),
    holds: integer('holds').notNull(),
    incidents: integer('incidents').notNull(),
    lastReportOn: day('last_report_on'),
    reportsOverdue: integer('reports_overdue').notNull(),
  },
  (t) => [
    oneOf('trial_phase', t.phase, phases),
    oneOf('trial_ending', t.ending, endings),
    oneOf('trial_not_admitted', t.notAdmitted, ['refused', 'withdrawn']),
    index('trial_public')
      .on(t.admittedOn, t.dossierCode)
      .where(sql`${t.admittedOn} is not null`),
    index('trial_dossier').on(t.dossierCode),
    index('trial_filed').on(t.filedOn),
    index('trial_ended').on(t.endedOn),
  ],
);

/** A hold, an incident, a report or a lesson of a trial, on a day: `n` counts the rows of the case. */
export const trialFact = pgTable(
  'trial_fact',
  {
    caseCode: caseCode(),
    n: integer('n').notNull(),
    regime: text('regime').notNull(),
    field: text('field').notNull(),
    kind: text('kind').notNull(),
    on: day('on').notNull(),
    subject: text('subject').notNull(),
    result: text('result').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.n] }),
    oneOf('trial_fact_kind', t.kind, ['hold', 'incident', 'report', 'lesson']),
    index('trial_fact_day').on(t.kind, t.on),
  ],
);

/** Who sits in the council of a case: beside their agency's cases they read this one. */
export const councilSeat = pgTable(
  'council_seat',
  { caseCode: text('case_code').notNull(), person: text('person').notNull() },
  (t) => [primaryKey({ columns: [t.caseCode, t.person] }), index('council_seat_person').on(t.person)],
);

/** What one signed batch measured. Its event holds the count, the extremes and `hash` (SHA-256 over salt and readings). Append-only. */
export const trialBatch = pgTable(
  'trial_batch',
  {
    caseCode: caseCode(),
    /** Of its event. */
    seq: integer('seq').notNull(),
    batch: integer('batch').notNull(),
    /** SHA-256 of the bytes that were signed, as in the event. */
    digest: text('digest').notNull(),
    /** Which limits its readings name. */
    limits: text('limits').array().notNull(),
    /** JSON text, as it was hashed. */
    readings: text('readings'),
    salt: text('salt'),
    hash: text('hash').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.seq] }), uniqueIndex('trial_batch_number').on(t.caseCode, t.batch)],
);

/** Whose devices sign with a key (SPKI in base64): of one trial in the whole register. */
export const trialKey = pgTable('trial_key', {
  publicKey: text('public_key').primaryKey(),
  caseCode: text('case_code')
    .notNull()
    .references(() => caseHead.code),
  keyId: text('key_id').notNull(),
  /** Registered for another trial, too, before that was refused. */
  shared: boolean('shared').notNull().default(false),
});
