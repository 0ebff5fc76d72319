import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, instant, oneOf } from './columns.js';
import { caseHead } from './door.js';

import { person } from './people.js';

/** What we ask of an agency's system, mail included: written before the call, so that a rebuilt workflow asks again under the same key. */
export const agencyRequest = pgTable(
  'agency_request',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    scope: text('scope').notNull(),
    /** A step, or `opinion/{agency}`. */
    step: text('step').notNull(),
    attempt: integer('attempt').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    agency: text('agency'),
    system: text('system').notNull(),
    kind: text('kind').notNull(),
    /** Also the Idempotency-Key of the call. */
    correlationId: text('correlation_id').notNull(),
    status: text('status').notNull().default('created'),
    calls: integer('calls').notNull().default(0),
    /** null: none yet, erased, or kept long enough. */
    answer: jsonb('answer'),
    error: text('error'),
    createdAt: instant('created_at').notNull().defaultNow(),
    calledAt: instant('called_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('agency_request_status', t.status, ['created', 'called', 'accepted', 'answered', 'failed']),
    uniqueIndex('agency_request_natural').on(t.scope, t.step, t.attempt),
    uniqueIndex('agency_request_correlation').on(t.correlationId),
    index('agency_request_case').on(t.caseCode),
  ],
);

/**
 * What each system that shows dossiers is told of them, in order: written with the event, told once under its key. A later one waits for all before it in its dossier.
 */
export const dossierStatus = pgTable(
  'dossier_status',
  {
    system: text('system').notNull(),
    /** Of the procedure; also our name of the dossier over there. */
    scope: text('scope').notNull(),
    /** Of the event, and which of its states, from 1. */
    seq: integer('seq').notNull(),
    place: smallint('place').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    status: smallint('status').notNull(),
    dossierCode: text('dossier_code'),
    occurredAt: instant('occurred_at').notNull(),
    /** On whose behalf it is told: of the act that made it. */
    requestId: text('request_id'),
    /** How often it is told anew, because the other side had lost it: part of its key. */
    again: smallint('again').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    notBefore: instant('not_before'),
    /** Taken over there, or refused for good (`error`); real time. */
    doneAt: instant('done_at'),
    /** In the books of the other side. */
    reference: text('reference'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.system, t.scope, t.seq, t.place] }),
    index('dossier_status_case').on(t.caseCode),
    index('dossier_status_untold')
      .on(t.system, t.scope, t.seq, t.place)
      .where(sql`${t.doneAt} is null`),
    check('dossier_status_ten', sql`${t.status} between 1 and 10`),
  ],
);

/** Messages of agencies, each taken once; then handled as a command. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    agency: text('agency').notNull(),
    messageId: text('message_id').notNull(),
    /** null once erased, or kept long enough. */
    body: jsonb('body'),
    /** Business time at receipt: the act is dated by it. */
    receivedAt: instant('received_at').notNull(),
    status: text('status').notNull().default('pending'),
    error: text('error'),
    attempts: integer('attempts').notNull().default(0),
    notBefore: instant('not_before'),
    handledAt: instant('handled_at'),
  },
  (t) => [
    oneOf('inbox_status', t.status, ['pending', 'handled', 'refused']),
    uniqueIndex('inbox_message').on(t.agency, t.messageId),
    index('inbox_pending')
      .on(t.id)
      .where(sql`${t.status} = 'pending'`),
  ],
);

/** What was uploaded; the bytes lie in a content-addressed folder under `sha256`. */
export const document = pgTable(
  'document',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    sha256: text('sha256').notNull(),
    fileName: text('file_name').notNull(),
    /** What an officer should know of it before it is taken in; null: nothing. */
    remark: text('remark'),
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    /** Whose it is: the investor for whom it was uploaded. */
    owner: text('owner')
      .notNull()
      .references(() => person.id),
    /** Who sent it, and under which Idempotency-Key; null: uploaded before keys were kept, the id is made of it. */
    uploadedBy: text('uploaded_by')
      .notNull()
      .references(() => person.id),
    key: text('key'),
    uploadedAt: instant('uploaded_at').notNull(),
    /** Its bytes and its name are gone; the hash stays. */
    erasedAt: instant('erased_at'),
    /**
     * The key that its bytes are sealed by: its id, which the name of the file ends in, and the key itself wrapped by a master key. `wrapped` is null once it was
     * destroyed; the id is null where the bytes lie in clear.
     */
    sealId: text('seal_id'),
    sealMaster: text('seal_master'),
    sealWrapped: bytea('seal_wrapped'),
    /** Sealed afterwards: from then on nobody reads the clear file any more, and it goes. */
    clearUntil: instant('clear_until'),
    /** From when, in real time, it is to be looked into once more; null: no more. */
    lookAgainAt: instant('look_again_at'),
    /** Real time, which quotas count by. */
    receivedAt: instant('received_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [
    index('document_owner').on(t.owner),
    uniqueIndex('document_request').on(t.uploadedBy, t.key),
    index('document_received').on(t.uploadedBy, t.receivedAt),
    index('document_bytes_kept').on(t.sha256),
    index('document_clear')
      .on(t.id)
      .where(sql`${t.sealId} is null and ${t.erasedAt} is null`),
    index('document_clear_left')
      .on(t.clearUntil)
      .where(sql`${t.clearUntil} is not null`),
    index('document_look_again')
      .on(t.lookAgainAt)
      .where(sql`${t.lookAgainAt} is not null`),
    check(
      'document_seal',
      sql`(${t.sealId} is null) = (${t.sealMaster} is null) and (${t.sealId} is not null or ${t.sealWrapped} is null)`,
    ),
    check('document_bytes', sql`${t.bytes} > 0`),
    check('document_remark', sql`${t.remark} in ('password-protected', 'no-pages', 'unreadable', 'not-looked-into')`),
  ],
);

/** What the pages of an uploaded document say, as far as it is text: packed, and sealed under the key of its document where that is sealed. */
export const documentText = pgTable('document_text', {
  documentId: uuid('document_id')
    .primaryKey()
    .references(() => document.id, { onDelete: 'cascade' }),
  body: bytea('body').notNull(),
});

/**
 * Which act of which case named a document, in a field where it had been checked to be the investor's: whoever reads the case, or that procedure of it,
 * reads the document. Append-only.
 */
export const documentUse = pgTable(
  'document_use',
  {
    documentId: uuid('document_id').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    seq: integer('seq').notNull(),
    /** null: the case as a whole. */
    procedure: text('procedure'),
    /** For officials alone: the investor's side reads it where another row shows it. */
    internal: boolean('internal').notNull().default(false),
  },
  (t) => [
    unique('document_use_once').on(t.documentId, t.caseCode, t.seq, t.procedure).nullsNotDistinct(),
    index('document_use_case').on(t.caseCode),
  ],
);

/**
 * What the register itself has to do at an instant of business time, beside the clocks of cases: an absence begins, a digest is due. Each once per
 * kind and reference; whoever works on it marks it done.
 */
export const agenda = pgTable(
  'agenda',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    at: instant('at').notNull(),
    doneAt: instant('done_at'),
    /** How often it failed, and until when it waits for that. */
    attempts: integer('attempts').notNull().default(0),
    notBefore: instant('not_before'),
    /** Of the request that it came of, as in mailboxes. */
    requestId: text('request_id'),
  },
  (t) => [
    uniqueIndex('agenda_natural').on(t.kind, t.ref),
    index('agenda_open')
      .on(t.at)
      .where(sql`${t.doneAt} is null`),
  ],
);
