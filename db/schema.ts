import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  json,
  jsonb,
  type ExtraConfigColumn,
  type PgColumn,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { personRoles } from '../domain/access-scopes.js';

// The register. `case_head`, `case_event`, `delivery`, `scope`, `task`, `clock`, `case_agency` and `operation` are written by the door in one
// transaction; what stands under «Projected» is derived from `case_head` by the projector and may be rebuilt at any time.

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
const day = (name: string) => date(name, { mode: 'string' });
/** As `order by … desc` sorts; the builder's own `.desc()` puts nulls last, and no query would ever use the index. */
const newest = (column: ExtraConfigColumn) => column.desc().nullsFirst();
const oneOf = (name: string, column: PgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`);

// Installation ------------------------------------------------------------------------------------------------------------------------------

/** One row. A restore from a backup starts a new epoch, because transaction ids begin again. */
export const installation = pgTable(
  'installation',
  { id: integer('id').primaryKey().default(1), epoch: integer('epoch').notNull().default(1) },
  (t) => [check('installation_one_row', sql`${t.id} = 1`)],
);

/** One row: the business clock of this installation. `now` is set while it is not real time. */
export const rehearsalClock = pgTable(
  'rehearsal_clock',
  {
    id: integer('id').primaryKey().default(1),
    mode: text('mode').notNull().default('real'),
    now: instant('now'),
  },
  (t) => [
    check('rehearsal_clock_one_row', sql`${t.id} = 1`),
    oneOf('rehearsal_clock_mode', t.mode, ['real', 'stepped', 'ticking']),
    check('rehearsal_clock_now', sql`(${t.mode} = 'real') = (${t.now} is null)`),
  ],
);

export const rehearsalAdvance = pgTable(
  'rehearsal_advance',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    target: instant('target').notNull(),
    status: text('status').notNull().default('pending'),
    /** What is not quiet, or what went wrong. */
    detail: jsonb('detail'),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('rehearsal_advance_status', t.status, ['pending', 'running', 'quiet', 'restless', 'failed']),
    uniqueIndex('rehearsal_advance_one_at_a_time')
      .on(sql`(true)`)
      .where(sql`${t.status} in ('pending', 'running')`),
  ],
);

/** Serials of a day: case codes, dossier codes. Gaps are allowed. */
export const dayCounter = pgTable(
  'day_counter',
  { kind: text('kind').notNull(), day: day('day').notNull(), last: integer('last').notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.day] }), oneOf('day_counter_kind', t.kind, ['case', 'dossier'])],
);

// The law, as data --------------------------------------------------------------------------------------------------------------------------

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

// People ------------------------------------------------------------------------------------------------------------------------------------

/** The only place of people's names. Events know the id. */
export const person = pgTable(
  'person',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role', { enum: personRoles }).notNull(),
    agency: text('agency').references(() => agency.code),
    organisation: text('organisation'),
    email: text('email').notNull(),
    language: text('language', { enum: ['vi', 'en'] }).notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [oneOf('person_role', t.role, personRoles), oneOf('person_language', t.language, ['vi', 'en'])],
);

export const powerOfAttorney = pgTable(
  'power_of_attorney',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    grantor: text('grantor')
      .notNull()
      .references(() => person.id),
    representative: text('representative')
      .notNull()
      .references(() => person.id),
    /** Names of commands. */
    acts: text('acts').array().notNull(),
    /** null = every procedure. */
    procedures: text('procedures').array(),
    fromDate: day('from_date').notNull(),
    toDate: day('to_date').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('power_of_attorney_natural').on(t.representative, t.grantor, t.fromDate),
    check('power_of_attorney_term', sql`${t.fromDate} <= ${t.toDate}`),
  ],
);

// The door ----------------------------------------------------------------------------------------------------------------------------------

/** One row per case, locked by every command: chain head, folded state, header of the lists. */
export const caseHead = pgTable(
  'case_head',
  {
    code: text('code').primaryKey(),
    kind: text('kind').notNull(),
    seq: integer('seq').notNull(),
    hash: bytea('hash').notNull(),
    /** CaseState. `json`, not `jsonb`: read and written whole, and the order of its keys is the order of the fold. */
    state: json('state'),
    status: text('status').notNull(),
    lane: text('lane').notNull(),
    pathway: text('pathway').notNull(),
    investor: text('investor').notNull(),
    managed: boolean('managed').notNull(),
    lawAt: day('law_at'),
    openedAt: instant('opened_at'),
    /** When the last event was admitted. */
    lastAt: instant('last_at'),
    closedAt: instant('closed_at'),
    /** Earliest due date among the clocks that run. */
    dueDate: day('due_date'),
    /** Earliest breach among the procedures that are open. */
    breachedOn: day('breached_on'),
    mandatoryTotal: integer('mandatory_total').notNull().default(0),
    mandatoryApproved: integer('mandatory_approved').notNull().default(0),
  },
  (t) => [
    oneOf('case_head_kind', t.kind, ['green-lane']),
    oneOf('case_head_status', t.status, ['open', 'approved', 'refused', 'withdrawn']),
    oneOf('case_head_lane', t.lane, ['green', 'standard', 'undecided']),
    oneOf('case_head_pathway', t.pathway, ['standard', 'special', 'strategic']),
    index('case_head_list').on(newest(t.openedAt), newest(t.code)),
    index('case_head_status').on(t.status, newest(t.openedAt), newest(t.code)),
    index('case_head_lane').on(t.lane, newest(t.openedAt), newest(t.code)),
    index('case_head_breached')
      .on(newest(t.openedAt), newest(t.code))
      .where(sql`${t.breachedOn} is not null`),
    index('case_head_investor').on(t.investor, newest(t.openedAt), newest(t.code)),
  ],
);

/** Append-only. `hash` = SHA-256(prev_hash, canonical); `canonical` is the event as RFC 8785 text, hashed as stored. */
export const caseEvent = pgTable(
  'case_event',
  {
    epoch: integer('epoch').notNull(),
    xid: xid8('xid')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    id: bigserial('id', { mode: 'number' }).notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    seq: integer('seq').notNull(),
    scope: text('scope').notNull(),
    type: text('type').notNull(),
    actor: jsonb('actor').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    canonical: text('canonical').notNull(),
    hash: bytea('hash').notNull(),
    prevHash: bytea('prev_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.seq] }), uniqueIndex('case_event_feed').on(t.epoch, t.xid, t.id)],
);

/** The mailbox of a scope: append-only pointers to events. */
export const delivery = pgTable(
  'delivery',
  {
    scope: text('scope').notNull(),
    seq: integer('seq').notNull(),
    prev: integer('prev').notNull(),
    caseCode: text('case_code').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.seq] })],
);

/** Where the mailbox of a scope stands, and who is sending from it. */
export const scope = pgTable(
  'scope',
  {
    id: text('id').primaryKey(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
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
  },
  (t) => [
    oneOf('scope_kind', t.kind, ['case', 'procedure', 'consultation']),
    index('scope_case').on(t.caseCode),
    index('scope_unsent')
      .on(t.id)
      .where(sql`${t.sentSeq} < ${t.lastSeq} and not ${t.closed}`),
    index('scope_thinking')
      .on(t.id)
      .where(sql`${t.doneSeq} < ${t.lastSeq} and not ${t.closed}`),
    index('scope_next')
      .on(t.nextAt)
      .where(sql`not ${t.closed}`),
  ],
);

/** What waits for a person; the worklist reads it. */
export const task = pgTable(
  'task',
  {
    id: text('id').primaryKey(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    scope: text('scope').notNull(),
    procedure: text('procedure'),
    attempt: integer('attempt'),
    /** Of the procedure, as of the last write: for names and the printed code. */
    version: text('version'),
    dossierCode: text('dossier_code'),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    agency: text('agency').notNull(),
    role: text('role').notNull(),
    step: text('step'),
    status: text('status').notNull(),
    /** The date that holds now: an extension moves it, the opening event does not. */
    dueDate: day('due_date'),
    /** For the order of the worklist: no date comes last. */
    dueOrder: day('due_order')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(due_date, 'infinity'::date)`),
    openedAt: instant('opened_at').notNull(),
    claimedBy: text('claimed_by'),
    completedBy: text('completed_by'),
    completedAt: instant('completed_at'),
    outcome: text('outcome'),
  },
  (t) => [
    oneOf('task_status', t.status, ['open', 'claimed', 'waiting', 'done', 'cancelled']),
    oneOf('task_role', t.role, ['receiving-officer', 'officer', 'head']),
    index('task_worklist')
      .on(t.agency, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_all_worklist')
      .on(t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_mine')
      .on(t.claimedBy, t.dueOrder, t.id)
      .where(sql`${t.status} in ('claimed', 'waiting')`),
    index('task_finished')
      .on(t.agency, newest(t.completedAt), t.id)
      .where(sql`${t.status} in ('done', 'cancelled')`),
    index('task_case').on(t.caseCode),
  ],
);

/** One row per procedure attempt whose clock has started, as of its last write. What was consumed is never stored. */
export const clock = pgTable(
  'clock',
  {
    scope: text('scope').primaryKey(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    procedure: text('procedure').notNull(),
    agency: text('agency').notNull(),
    state: text('state').notNull(),
    budgetAmount: integer('budget_amount').notNull(),
    budgetUnit: text('budget_unit').notNull(),
    dueDate: day('due_date'),
    dueIfReturned: day('due_if_returned'),
    breachedOn: day('breached_on'),
    printedDueDate: day('printed_due_date'),
    promisedDate: day('promised_date'),
  },
  (t) => [
    oneOf('clock_state', t.state, ['running', 'suspended', 'stopped']),
    index('clock_case').on(t.caseCode),
    index('clock_due')
      .on(t.agency, t.dueDate)
      .where(sql`${t.state} = 'running'`),
  ],
);

/** Which agencies have anything to do with a case: a procedure, a question or a task. Access and the list's filter read it. */
export const caseAgency = pgTable(
  'case_agency',
  {
    agency: text('agency').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    openedAt: instant('opened_at').notNull(),
    /** Of the case, so that an agency's list is one walk along an index. */
    status: text('status').notNull(),
    breached: boolean('breached').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.agency] }),
    index('case_agency_list').on(t.agency, newest(t.openedAt), newest(t.caseCode)),
    index('case_agency_status').on(t.agency, t.status, newest(t.openedAt), newest(t.caseCode)),
    index('case_agency_breached')
      .on(t.agency, newest(t.openedAt), newest(t.caseCode))
      .where(sql`${t.breached}`),
  ],
);

/** Accepted commands with their answer. Append-only. */
export const operation = pgTable('operation', {
  /** Of the whole register, not of one case: the same key for something else is refused wherever it is used again. */
  operationId: text('operation_id').primaryKey(),
  caseCode: text('case_code')
    .notNull()
    .references(() => caseHead.code),
  bodyHash: text('body_hash').notNull(),
  /** `{ caseSeq, firstSeq, nextAt }`: the events themselves are in `case_event` from firstSeq to caseSeq. */
  answer: json('answer').notNull(),
  at: instant('at').notNull().defaultNow(),
});

/** Which case the filing of a person under an Idempotency-Key became. Append-only. */
export const opening = pgTable(
  'opening',
  {
    person: text('person').notNull(),
    key: text('key').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
  },
  (t) => [primaryKey({ columns: [t.person, t.key] }), uniqueIndex('opening_case').on(t.caseCode)],
);

/** The filing as it came in, with names: the only place of it, erasable. The event holds its hash. */
export const filing = pgTable(
  'filing',
  {
    caseCode: text('case_code')
      .primaryKey()
      .references(() => caseHead.code),
    body: json('body'),
    nameVi: text('name_vi'),
    nameEn: text('name_en'),
    search: tsvector('search'),
    erasedAt: instant('erased_at'),
  },
  (t) => [index('filing_search').using('gin', t.search)],
);

/** What people wrote in their own words: the only place of it, erasable. Events hold id and hash (SHA-256 over salt and body). */
export const caseText = pgTable(
  'case_text',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    id: text('id').notNull(),
    body: text('body'),
    salt: text('salt'),
    hash: text('hash').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.id] })],
);

/** The secret with which anybody may look up a case without signing in. */
export const publicPin = pgTable('public_pin', {
  caseCode: text('case_code')
    .primaryKey()
    .references(() => caseHead.code),
  salt: text('salt').notNull(),
  hash: text('hash').notNull(),
  failedTries: integer('failed_tries').notNull().default(0),
  lockedUntil: instant('locked_until'),
});

// Other systems -----------------------------------------------------------------------------------------------------------------------------

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

/** Messages of agencies, each taken once; then handled as a command. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    agency: text('agency').notNull(),
    messageId: text('message_id').notNull(),
    body: jsonb('body').notNull(),
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
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    owner: text('owner')
      .notNull()
      .references(() => person.id),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (t) => [index('document_owner').on(t.owner), check('document_bytes', sql`${t.bytes} > 0`)],
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
  },
  (t) => [
    uniqueIndex('agenda_natural').on(t.kind, t.ref),
    index('agenda_open')
      .on(t.at)
      .where(sql`${t.doneAt} is null`),
  ],
);

// Evidence and feed -------------------------------------------------------------------------------------------------------------------------

/** Where a reader of the feed stands. */
export const feedCursor = pgTable('feed_cursor', {
  reader: text('reader').primaryKey(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
  id: bigint('id', { mode: 'number' }).notNull(),
  movedAt: instant('moved_at').notNull().defaultNow(),
});

/** Roots over the chain heads that moved since the root before. The same is in a file outside the database. Append-only. */
export const chainRoot = pgTable('chain_root', {
  number: integer('number').primaryKey(),
  writtenAt: instant('written_at').notNull(),
  root: bytea('root').notNull(),
  previous: bytea('previous').notNull(),
  heads: integer('heads').notNull(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
});

// Projected ---------------------------------------------------------------------------------------------------------------------------------

const caseCode = () =>
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
    check('procedure_portal_status', sql`${t.portalStatus} between 1 and 10`),
  ],
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
