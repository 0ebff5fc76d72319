import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { mailboxTables } from '../../engine/register/schema.js';
import { bytea, day, instant, newest, oneOf, xid8 } from './columns.js';

// Written by the door in the one transaction of a command.

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
    /** By which fold the state was made, so that an upgrade finds the older ones without reading any; 0: nobody has looked. */
    fold: smallint('fold').notNull().default(0),
    /** As of which event the state was written; the events after it make it that of now (`db/register/kept-state.ts`). */
    stateSeq: integer('state_seq').notNull().default(0),
    status: text('status').notNull(),
    lane: text('lane').notNull(),
    pathway: text('pathway').notNull(),
    investor: text('investor').notNull(),
    /** Which enterprise files, whoever of its people signs in (`enterpriseOf`); null where the filing states no number. */
    enterprise: text('enterprise'),
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
    /** Of trials: `{ regime, version, phase, ending }`. */
    trial: jsonb('trial'),
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
    index('case_head_fold').on(t.fold, t.code),
    index('case_head_investor').on(t.investor, newest(t.openedAt), newest(t.code)),
    index('case_head_enterprise')
      .on(t.enterprise)
      .where(sql`${t.enterprise} is not null`),
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

export const { delivery, scope } = mailboxTables({
  caseCode: () => caseHead.code,
  kinds: ['case', 'trial', 'procedure', 'consultation'],
});

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
    /** For the order of the worklist: 0, the green lane at an agency of the City; 1, everything else. */
    laneOrder: smallint('lane_order').notNull().default(1),
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
    /** Who may not do what is the head's here. */
    barred: text('barred')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Named by the City's leadership for this task alone. */
    signatory: text('signatory'),
  },
  (t) => [
    oneOf('task_status', t.status, ['open', 'claimed', 'waiting', 'done', 'cancelled']),
    oneOf('task_role', t.role, ['receiving-officer', 'officer', 'head', 'leader']),
    check('task_risk', sql`${t.risk} between 0 and 3`),
    index('task_for_head')
      .on(t.agency)
      .where(sql`${t.role} = 'head' and ${t.status} in ('open', 'claimed', 'waiting')`),
    // The two orders of every worklist (`domain/lane/priority.ts`): what is due, by date; the rest by risk, lane, date. One index for each way in.
    index('task_due')
      .on(t.agency, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_all_due')
      .on(t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_worklist')
      .on(t.agency, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_all_worklist')
      .on(t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_mine')
      .on(t.claimedBy, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('claimed', 'waiting')`),
    index('task_free')
      .on(t.agency, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} = 'open'`),
    index('task_returned')
      .on(t.returnedTo, t.dueOrder, t.id)
      .where(sql`${t.status} = 'open' and ${t.returnedTo} is not null`),
    index('task_procedure')
      .on(t.procedure, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_kind')
      .on(t.kind, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
      .where(sql`${t.status} in ('open', 'claimed', 'waiting')`),
    index('task_lane')
      .on(t.lane, t.riskOrder, t.laneOrder, t.dueOrder, t.id)
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
    scope: text('scope').notNull(),
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
    /** Received beside an earlier one, when another spelling passed for another lot; neither is lost. */
    contested: boolean('contested').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.site] }),
    uniqueIndex('site_claim_held')
      .on(t.site)
      .where(sql`${t.exclusive} and ${t.releasedAt} is null and not ${t.contested}`),
    index('site_claim_site').on(t.site),
    index('site_claim_case').on(t.caseCode),
  ],
);

/** The lots of a case, and (`near`) what they could be mistaken for. `rule`: 1 of releases until 0.3.0, until `rekeySites` has read the filing anew. */
export const caseSite = pgTable(
  'case_site',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    site: text('site').notNull(),
    near: boolean('near').notNull(),
    rule: smallint('rule').notNull().default(2),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.near, t.site] }),
    index('case_site_site').on(t.site),
    index('case_site_rule')
      .on(t.caseCode)
      .where(sql`${t.rule} < 2`),
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

/** Who declared an interest in a case: they do not read it any more, whatever else they are. Append-only. */
export const recusal = pgTable(
  'recusal',
  {
    caseCode: text('case_code')
      .notNull()
      .references(() => caseHead.code),
    person: text('person').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.person] })],
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

/** Which request of a person, that was no act of a case, an Idempotency-Key answered. Append-only. */
export const personRequest = pgTable(
  'person_request',
  {
    person: text('person').notNull(),
    key: text('key').notNull(),
    hash: text('hash').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.person, t.key] })],
);

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
