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
  numeric,
  type ExtraConfigColumn,
  type PgColumn,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { personRoles } from '../domain/access-scopes.js';
import { phases } from '../domain/sandbox/phases.js';
import { endings } from '../domain/sandbox/terms.js';

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

/** The forms the law asks for, one row each. */
export const formDefinition = pgTable('form_definition', {
  code: text('code').primaryKey(),
  data: json('data').notNull(),
});

/** Who sits in the council of a case: beside their agency's cases they read this one. */
export const councilSeat = pgTable(
  'council_seat',
  { caseCode: text('case_code').notNull(), person: text('person').notNull() },
  (t) => [primaryKey({ columns: [t.caseCode, t.person] }), index('council_seat_person').on(t.person)],
);

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

/**
 * What was published while cases ran: a new version of a calendar, or of a procedure's definition. Of a calendar it is also the job that re-dates the
 * clocks that run, worked off case by case; whoever dies over it leaves it to the next.
 */
export const lawChange = pgTable(
  'law_change',
  {
    /** Made from who published under which Idempotency-Key. */
    id: uuid('id').primaryKey(),
    /** The order of publication. */
    n: bigserial('n', { mode: 'number' }).notNull(),
    bodyHash: text('body_hash').notNull(),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    version: text('version').notNull(),
    document: text('document').notNull(),
    publishedBy: text('published_by')
      .notNull()
      .references(() => person.id),
    /** Business time: a calendar's days count by it from here on. */
    at: instant('at').notNull(),
    status: text('status').notNull().default('pending'),
    /** The last case looked at. */
    cursor: text('cursor').notNull().default(''),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    /** Cases in which a date or a next instant moved. */
    moved: integer('moved').notNull().default(0),
    /** Cases that could not be re-dated: `{ case, code }`, the first hundred; each is tried again by its own next command. */
    failures: jsonb('failures').notNull().default([]),
    claimedUntil: instant('claimed_until'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    oneOf('law_change_kind', t.kind, ['calendar', 'procedure']),
    oneOf('law_change_status', t.status, ['pending', 'done']),
    uniqueIndex('law_change_version').on(t.kind, t.code, t.version),
    uniqueIndex('law_change_order').on(t.n),
    index('law_change_open')
      .on(t.n)
      .where(sql`${t.status} = 'pending'`),
  ],
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
    /** E.164; short messages go to those who have one. */
    phone: text('phone'),
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
    /** null: seeded. The same power may be granted anew after it was revoked. */
    grantedAt: instant('granted_at'),
  },
  (t) => [
    uniqueIndex('power_of_attorney_seeded')
      .on(t.representative, t.grantor, t.fromDate)
      .where(sql`${t.grantedAt} is null`),
    index('power_of_attorney_representative').on(t.representative, t.grantor),
    index('power_of_attorney_grantor').on(t.grantor),
    check('power_of_attorney_term', sql`${t.fromDate} <= ${t.toDate}`),
  ],
);

/** What an investor has begun to write and not yet filed. Once it is filed or discarded the content goes: names stay in `filing` alone. */
export const draft = pgTable(
  'draft',
  {
    /** Made from who began it under which Idempotency-Key. */
    id: uuid('id').primaryKey(),
    /** The investor whose project it is. */
    owner: text('owner')
      .notNull()
      .references(() => person.id),
    content: json('content'),
    /** Raised by every change; 0 is what a filing of an older version would make it, and no draft may have it. */
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    discardedAt: instant('discarded_at'),
    /** The case it became. */
    filedCase: text('filed_case'),
    /** Idempotency-Key of the last change and the hash of its request. */
    lastKey: text('last_key').notNull(),
    lastHash: text('last_hash').notNull(),
  },
  (t) => [
    check('draft_version', sql`${t.version} > 0`),
    check('draft_content', sql`(${t.content} is null) = (${t.discardedAt} is not null or ${t.filedCase} is not null)`),
    index('draft_owner').on(t.owner, newest(t.updatedAt), newest(t.id)),
  ],
);

/** Who stands in for somebody while they are away, both days counted. Revoked, it ends at once; it is never taken back. */
export const delegation = pgTable(
  'delegation',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    delegate: text('delegate')
      .notNull()
      .references(() => person.id),
    fromDate: day('from_date').notNull(),
    toDate: day('to_date').notNull(),
    /** In their own words; erasable. */
    reason: text('reason'),
    /** Idempotency-Key and hash of the request that made it. */
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by').references(() => person.id),
  },
  (t) => [
    uniqueIndex('delegation_request').on(t.person, t.key),
    index('delegation_person').on(t.person, t.fromDate),
    index('delegation_delegate').on(t.delegate, t.fromDate),
    check('delegation_term', sql`${t.fromDate} <= ${t.toDate}`),
    check('delegation_to_another', sql`${t.person} <> ${t.delegate}`),
  ],
);

/** What an Idempotency-Key of a bulk act is bound to; its items are operations of their own. Append-only. */
export const bulkRequest = pgTable(
  'bulk_request',
  {
    person: text('person').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.person, t.key] })],
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
    oneOf('case_head_kind', t.kind, ['green-lane', 'sandbox']),
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
    /** Its next instant moved earlier and nothing tells the workflow so: somebody must. */
    poke: boolean('poke').notNull().default(false),
  },
  (t) => [
    oneOf('scope_kind', t.kind, ['case', 'trial', 'procedure', 'consultation']),
    index('scope_case').on(t.caseCode),
    index('scope_unsent')
      .on(t.id)
      .where(sql`${t.sentSeq} < ${t.lastSeq} and not ${t.closed}`),
    index('scope_thinking')
      .on(t.id)
      .where(sql`${t.doneSeq} < ${t.lastSeq} and not ${t.closed}`),
    index('scope_poke')
      .on(t.nextAt)
      .where(sql`${t.poke} and not ${t.closed}`),
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
    claimedAt: instant('claimed_at'),
    completedBy: text('completed_by'),
    completedAt: instant('completed_at'),
    outcome: text('outcome'),
    /** Of the case, as of its last change. */
    lane: text('lane').notNull().default('undecided'),
    /** How near the breach: 0 no clock, 1 on track, 2 at risk, 3 breached. As of the last event; the ladder's rungs are events. */
    risk: smallint('risk').notNull().default(0),
    /** For the order of the worklist: the greatest risk comes first. */
    riskOrder: smallint('risk_order')
      .notNull()
      .generatedAlwaysAs(sql`3 - risk`),
    /** By when the step alone should be done, of the procedure's days. */
    stepDueDate: day('step_due_date'),
    /** Whose work was sent back: shown to them first. */
    returnedTo: text('returned_to'),
  },
  (t) => [
    oneOf('task_status', t.status, ['open', 'claimed', 'waiting', 'done', 'cancelled']),
    oneOf('task_role', t.role, ['receiving-officer', 'officer', 'head']),
    check('task_risk', sql`${t.risk} between 0 and 3`),
    // The order of every worklist: risk, then date. One index for each way in.
    index('task_worklist')
      .on(t.agency, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_all_worklist')
      .on(t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_mine')
      .on(t.claimedBy, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('claimed', 'waiting')`),
    index('task_free')
      .on(t.agency, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} = 'open'`),
    index('task_returned')
      .on(t.returnedTo, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} = 'open' and ${t.returnedTo} is not null`),
    index('task_procedure')
      .on(t.procedure, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_kind')
      .on(t.kind, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_lane')
      .on(t.lane, t.riskOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_code')
      .on(t.caseCode.op('text_pattern_ops'))
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_dossier_code')
      .on(t.dossierCode.op('text_pattern_ops'))
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
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

/**
 * Who holds a site, or waits for it beside others: one row per dossier that was received for it and competes. `site` is a SHA-256 of zone and lot. An
 * exclusive one that was not released keeps every other case from being received.
 */
export const siteClaim = pgTable(
  'site_claim',
  {
    scope: text('scope').primaryKey(),
    site: text('site').notNull(),
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    procedure: text('procedure').notNull(),
    dossierCode: text('dossier_code').notNull(),
    investor: text('investor').notNull(),
    since: instant('since').notNull(),
    exclusive: boolean('exclusive').notNull(),
    /** Not decided yet. */
    open: boolean('open').notNull(),
    /** When the dossier was refused, stopped or withdrawn. */
    releasedAt: instant('released_at'),
  },
  (t) => [
    uniqueIndex('site_claim_held')
      .on(t.site)
      .where(sql`${t.exclusive} and ${t.releasedAt} is null`),
    index('site_claim_site').on(t.site),
    index('site_claim_case').on(t.caseCode),
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

/** Numbers of papers: serials per agency, year and kind of form. Gaps are allowed. */
export const formCounter = pgTable(
  'form_counter',
  {
    agency: text('agency').notNull(),
    year: integer('year').notNull(),
    form: text('form').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.agency, t.year, t.form] })],
);

/** Which number a paper of a case got, once and for all. Append-only. */
export const formNumber = pgTable(
  'form_number',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    paper: text('paper').notNull(),
    agency: text('agency').notNull(),
    year: integer('year').notNull(),
    form: text('form').notNull(),
    number: integer('number').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.paper] }),
    uniqueIndex('form_number_once').on(t.agency, t.year, t.form, t.number),
  ],
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

// Notices and webhooks ----------------------------------------------------------------------------------------------------------------------

/** What somebody is told, once per person, cause and kind. `ref` names the cause: `{case}/{seq}` for an event. No words: they are made when read. */
export const notice = pgTable(
  'notice',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    /** No foreign key: its check would wait for whoever is changing the case. */
    caseCode: text('case_code'),
    /** NoticeVars: codes and dates only. */
    vars: jsonb('vars').notNull(),
    urgency: text('urgency').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
  },
  (t) => [
    oneOf('notice_urgency', t.urgency, ['now', 'soon', 'normal', 'digest']),
    uniqueIndex('notice_once').on(t.person, t.ref, t.kind),
    index('notice_list').on(t.person, newest(t.id)),
    index('notice_unread')
      .on(t.person, newest(t.id))
      .where(sql`${t.readAt} is null`),
  ],
);

/** One mail or short message. Its words are made of its notices when it is sent; a repetition has the same `reference`, so it is the same message. */
export const message = pgTable(
  'message',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    reference: uuid('reference').notNull().defaultRandom(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    channel: text('channel').notNull(),
    /** Business time at which it was made up. */
    at: instant('at').notNull(),
    status: text('status').notNull().default('ready'),
    attempts: integer('attempts').notNull().default(0),
    /** Real time, as are the two below. */
    notBefore: instant('not_before'),
    claimedUntil: instant('claimed_until'),
    sentAt: instant('sent_at'),
    /** A code, never an address. */
    lastError: text('last_error'),
  },
  (t) => [
    oneOf('message_channel', t.channel, ['mail', 'sms']),
    oneOf('message_status', t.status, ['ready', 'sending', 'sent', 'failed']),
    uniqueIndex('message_reference').on(t.reference),
    index('message_unsent')
      .on(t.channel, t.person, t.id)
      .where(sql`${t.status} in ('ready', 'sending')`),
  ],
);

/** A notice on its way by one channel: `dueAt` is business time, `message` what it became part of. */
export const noticeSending = pgTable(
  'notice_sending',
  {
    notice: bigint('notice', { mode: 'number' })
      .notNull()
      .references(() => notice.id),
    channel: text('channel').notNull(),
    person: text('person').notNull(),
    dueAt: instant('due_at').notNull(),
    message: bigint('message', { mode: 'number' }).references(() => message.id),
  },
  (t) => [
    primaryKey({ columns: [t.notice, t.channel] }),
    oneOf('notice_sending_channel', t.channel, ['mail', 'sms']),
    index('notice_sending_waiting')
      .on(t.dueAt)
      .where(sql`${t.message} is null`),
    index('notice_sending_person').on(t.person, t.dueAt),
    index('notice_sending_message').on(t.message),
  ],
);

/** How somebody wants to be told; no row = as `defaultNoticeSettings` says. */
export const noticeSetting = pgTable('notice_setting', {
  person: text('person')
    .primaryKey()
    .references(() => person.id),
  mail: boolean('mail').notNull(),
  sms: boolean('sms').notNull(),
  digest: boolean('digest').notNull(),
});

/** Who outside hears of events. It stands where a reader of the feed stands; a replay moves it back. */
export const webhook = pgTable(
  'webhook',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    url: text('url').notNull(),
    /** Types of events; empty = all. */
    events: text('events').array().notNull(),
    secret: text('secret').notNull(),
    status: text('status').notNull().default('active'),
    /** Why it is paused: `asked`, or the code of the last failure. */
    reason: text('reason'),
    epoch: integer('epoch').notNull(),
    xid: xid8('xid').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    /** Raised by every replay: a sending that was under way then does not move the place on. */
    replays: integer('replays').notNull().default(0),
    createdBy: text('created_by')
      .notNull()
      .references(() => person.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [oneOf('webhook_status', t.status, ['active', 'paused'])],
);

/** How the sending of one event to one webhook went. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    webhook: uuid('webhook')
      .notNull()
      .references(() => webhook.id),
    caseCode: text('case_code').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    /** HTTP status, or a code of what went wrong. */
    answer: text('answer'),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.webhook, t.caseCode, t.seq] }),
    oneOf('webhook_delivery_status', t.status, ['delivered', 'failed']),
    index('webhook_delivery_list').on(t.webhook, newest(t.lastAt)),
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

// Facts -------------------------------------------------------------------------------------------------------------------------------------
// What the dashboards count, one row each, derived from state and law by the projector (domain/dashboards.ts says what each figure means).

/** Of the case, for filters; each row carries them, so that no figure needs a join. */
const ofCase = () => ({ lane: text('lane').notNull(), pathway: text('pathway').notNull(), zone: text('zone') });

export const caseFact = pgTable(
  'case_fact',
  {
    caseCode: text('case_code')
      .primaryKey()
      .references(() => caseHead.code),
    kind: text('kind').notNull(),
    ...ofCase(),
    milestone: text('milestone').notNull(),
    adjustment: boolean('adjustment').notNull(),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
    outcome: text('outcome'),
    licensedOn: day('licensed_on'),
    licenceGrossDays: integer('licence_gross_days'),
    licenceNetDays: integer('licence_net_days'),
    reachedOn: day('reached_on'),
    endedOn: day('ended_on'),
    baselineDays: integer('baseline_days').notNull(),
    grossDays: integer('gross_days'),
    netDays: integer('net_days'),
    investorDays: integer('investor_days'),
    centralDays: integer('central_days'),
    conferenceDays: integer('conference_days'),
    reduction: numeric('reduction', { precision: 7, scale: 4, mode: 'number' }),
    exclusions: text('exclusions').array().notNull(),
    unverified: text('unverified').array().notNull(),
    capitalUsd: numeric('capital_usd'),
    capitalVnd: numeric('capital_vnd'),
    foreignShare: numeric('foreign_share', { mode: 'number' }),
    fdiRegisteredOn: day('fdi_registered_on'),
    asOfSeq: integer('as_of_seq').notNull(),
  },
  (t) => [
    index('case_fact_opened').on(t.openedOn),
    index('case_fact_closed').on(t.closedOn),
    index('case_fact_ended').on(t.endedOn),
    index('case_fact_licensed').on(t.licensedOn),
    index('case_fact_fdi').on(t.fdiRegisteredOn),
  ],
);

export const procedureFact = pgTable(
  'procedure_fact',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    ...ofCase(),
    procedure: text('procedure').notNull(),
    attempt: integer('attempt').notNull(),
    version: text('version').notNull(),
    competentAgency: text('competent_agency').notNull(),
    agency: text('agency').notNull(),
    cityControlled: boolean('city_controlled').notNull(),
    filedOn: day('filed_on'),
    receivedOn: day('received_on'),
    decidedOn: day('decided_on'),
    closedOn: day('closed_on'),
    outcome: text('outcome'),
    budgetUnit: text('budget_unit').notNull(),
    statutoryDays: integer('statutory_days').notNull(),
    promisedDays: integer('promised_days'),
    ambitionDays: integer('ambition_days'),
    extensions: integer('extensions').notNull(),
    supplements: integer('supplements').notNull(),
    dueDate: day('due_date'),
    breachedOn: day('breached_on'),
    target30: text('target30'),
    target30Due: day('target30_due'),
    target40: text('target40'),
    target40Due: day('target40_due'),
    consumedDays: integer('consumed_days'),
    netDays: integer('net_days'),
    grossDays: integer('gross_days'),
    suspendedDays: integer('suspended_days'),
    onTime: boolean('on_time'),
    within30: boolean('within30'),
    within40: boolean('within40'),
    stepsFull: integer('steps_full').notNull(),
    stepsAssisted: integer('steps_assisted').notNull(),
    stepsManual: integer('steps_manual').notNull(),
    handled: text('handled'),
    documents: integer('documents').notNull(),
    onceOnly: integer('once_only').notNull(),
    filedOnline: boolean('filed_online'),
  },
  (t) => [
    oneOf('procedure_fact_target30', t.target30, ['at-risk', 'missed']),
    oneOf('procedure_fact_target40', t.target40, ['at-risk', 'missed']),
    oneOf('procedure_fact_handled', t.handled, ['automatic', 'partly', 'manual']),
    index('procedure_fact_case').on(t.caseCode),
    index('procedure_fact_closed').on(t.closedOn, t.procedure),
    index('procedure_fact_agency').on(t.agency, t.closedOn),
    index('procedure_fact_open')
      .on(t.agency, t.dueDate)
      .where(sql`${t.closedOn} is null`),
    index('procedure_fact_targets')
      .on(t.caseCode)
      .where(sql`${t.target30} is not null or ${t.target40} is not null`),
  ],
);

/** What an agency did in a case: `n` counts the rows of the case. */
export const agencyFact = pgTable(
  'agency_fact',
  {
    caseCode: caseCode(),
    n: integer('n').notNull(),
    ...ofCase(),
    kind: text('kind').notNull(),
    agency: text('agency').notNull(),
    on: day('on').notNull(),
    class: text('class'),
    days: integer('days'),
    result: text('result'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.n] }),
    oneOf('agency_fact_kind', t.kind, ['holding', 'opinion', 'return']),
    oneOf('agency_fact_result', t.result, ['in-time', 'late', 'silent']),
    index('agency_fact_day').on(t.kind, t.on, t.agency),
  ],
);

/** One question for satisfaction, answered or not: `subject` is a procedure, or `whole-case`. */
export const surveyFact = pgTable(
  'survey_fact',
  {
    caseCode: caseCode(),
    subject: text('subject').notNull(),
    ...ofCase(),
    askedOn: day('asked_on').notNull(),
    score: integer('score'),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.subject] }), index('survey_fact_asked').on(t.askedOn)],
);

// Trials ------------------------------------------------------------------------------------------------------------------------------------

/** One trial of the sandbox from its filing on, as its state says (domain/trial-record.ts). Its name stands in the filing, where it can be erased. */
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
    asOfSeq: integer('as_of_seq').notNull(),
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
