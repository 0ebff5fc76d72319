import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { day, instant, newest, oneOf } from './columns.js';
import { caseHead } from './door.js';

import { caseCode } from './projected.js';

// What the dashboards count, one row each, derived from state and law by the projector (domain/measures/facts.ts says what each figure means).

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
    laneDecidedLate: boolean('lane_decided_late').notNull().default(false),
    openedOn: day('opened_on').notNull(),
    /** null: projected before it was counted. */
    firstFiledOn: day('first_filed_on'),
    closedOn: day('closed_on'),
    outcome: text('outcome'),
    licensedOn: day('licensed_on'),
    licenceGrossDays: integer('licence_gross_days'),
    licenceNetDays: integer('licence_net_days'),
    reachedOn: day('reached_on'),
    endedOn: day('ended_on'),
    baselineEndsOn: day('baseline_ends_on'),
    /** Set against the law before it was recorded. */
    baseline: text('baseline').notNull().default('law'),
    baselineDays: integer('baseline_days').notNull(),
    cityBaselineDays: integer('city_baseline_days'),
    /** null: projected before there was another baseline than the law. */
    lawBaselineDays: integer('law_baseline_days'),
    lawCityBaselineDays: integer('law_city_baseline_days'),
    grossDays: integer('gross_days'),
    netDays: integer('net_days'),
    investorDays: integer('investor_days'),
    centralDays: integer('central_days'),
    conferenceDays: integer('conference_days'),
    wholeDays: numeric('whole_days', { precision: 9, scale: 4, mode: 'number' }),
    cityDays: numeric('city_days', { precision: 9, scale: 4, mode: 'number' }),
    /** As `whole_days` and `city_days`, also where the milestone was never reached: until it ended. null: not ended, not measured, or projected before it was counted. */
    endedWholeDays: numeric('ended_whole_days', { precision: 9, scale: 4, mode: 'number' }),
    endedCityDays: numeric('ended_city_days', { precision: 9, scale: 4, mode: 'number' }),
    wholeReduction: numeric('whole_reduction', { precision: 9, scale: 4, mode: 'number' }),
    cityReduction: numeric('city_reduction', { precision: 9, scale: 4, mode: 'number' }),
    reduction: numeric('reduction', { precision: 7, scale: 4, mode: 'number' }),
    /** Standard-lane cases of the same shape that ended in the twelve months before this one was filed, and the median of their days. */
    peers: integer('peers').notNull().default(0),
    peersWholeDays: numeric('peers_whole_days', { precision: 9, scale: 4, mode: 'number' }),
    refilings: integer('refilings').notNull().default(0),
    brokenTerms: integer('broken_terms').notNull().default(0),
    exclusions: text('exclusions').array().notNull(),
    unverified: text('unverified').array().notNull(),
    country: text('country'),
    investorClass: text('investor_class'),
    field: text('field'),
    jobs: integer('jobs'),
    capitalUsd: numeric('capital_usd'),
    capitalVnd: numeric('capital_vnd'),
    foreignShare: numeric('foreign_share', { mode: 'number' }),
    fdiRegisteredOn: day('fdi_registered_on'),
    /** Its procedures in the order in which they ended, each with how it ended unless it was approved; null: none ended. */
    path: text('path').array(),
  },
  (t) => [
    index('case_fact_opened').on(t.openedOn),
    index('case_fact_closed').on(t.closedOn),
    index('case_fact_ended').on(t.endedOn),
    index('case_fact_licensed').on(t.licensedOn),
    index('case_fact_fdi').on(t.fdiRegisteredOn),
    // Lists of the hundred that ended last.
    index('case_fact_excluded')
      .on(newest(t.endedOn), t.caseCode)
      .where(sql`${t.kind} = 'green-lane' and cardinality(${t.exclusions}) > 0`),
    index('case_fact_unverified')
      .on(newest(t.endedOn), t.caseCode)
      .where(sql`${t.kind} = 'green-lane' and ${t.reduction} is not null and cardinality(${t.unverified}) > 0`),
  ],
);

export const procedureFact = pgTable(
  'procedure_fact',
  {
    scope: text('scope').primaryKey(),
    caseCode: caseCode(),
    ...ofCase(),
    country: text('country'),
    investorClass: text('investor_class'),
    field: text('field'),
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
    onTimeStrict: boolean('on_time_strict'),
    within30: boolean('within30'),
    within40: boolean('within40'),
    stepsFull: integer('steps_full').notNull(),
    stepsAssisted: integer('steps_assisted').notNull(),
    stepsManual: integer('steps_manual').notNull(),
    handled: text('handled'),
    doneByMachine: integer('done_by_machine').notNull().default(0),
    doneAssisted: integer('done_assisted').notNull().default(0),
    doneByPerson: integer('done_by_person').notNull().default(0),
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
    // What ever stood late.
    index('procedure_fact_late')
      .on(t.agency, sql`coalesce(${t.breachedOn}, ${t.dueDate} + 1)`)
      .where(sql`${t.closedOn} is null or ${t.closedOn} >= coalesce(${t.breachedOn}, ${t.dueDate} + 1)`),
    index('procedure_fact_targets')
      .on(sql`coalesce(${t.target30Due}, ${t.target40Due})`, t.scope)
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
    ground: text('ground'),
    result: text('result'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.n] }),
    oneOf('agency_fact_kind', t.kind, [
      'holding',
      'opinion',
      'return',
      'suspension',
      'counter-return',
      'reception-refused',
      'extension',
      'result-corrected',
    ]),
    oneOf('agency_fact_result', t.result, ['in-time', 'late', 'silent']),
    index('agency_fact_kind').on(t.kind, t.agency, t.on),
  ],
);

/** Work in a procedure that is done: how long it waited and how long somebody had it (domain/measures/waiting.ts). `n` counts the rows of the case. */
export const stepFact = pgTable(
  'step_fact',
  {
    caseCode: caseCode(),
    n: integer('n').notNull(),
    ...ofCase(),
    scope: text('scope').notNull(),
    procedure: text('procedure').notNull(),
    step: text('step').notNull(),
    agency: text('agency').notNull(),
    openedOn: day('opened_on').notNull(),
    endedOn: day('ended_on').notNull(),
    waitingDays: integer('waiting_days').notNull(),
    workingDays: integer('working_days').notNull(),
    aloneDays: integer('alone_days').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.n] }),
    index('step_fact_agency').on(t.agency, t.endedOn),
    index('step_fact_step').on(t.procedure, t.step, t.agency, t.endedOn),
  ],
);

/** Work that somebody still has to do, as the worklists have it: one row each, gone once it is done. */
export const workFact = pgTable(
  'work_fact',
  {
    task: text('task').primaryKey(),
    caseCode: caseCode(),
    ...ofCase(),
    caseKind: text('case_kind').notNull(),
    kind: text('kind').notNull(),
    procedure: text('procedure'),
    /** The step, or the kind of work that is no step. */
    step: text('step').notNull(),
    agency: text('agency').notNull(),
    openedOn: day('opened_on').notNull(),
    dueDate: day('due_date'),
    claimed: boolean('claimed').notNull(),
  },
  (t) => [index('work_fact_case').on(t.caseCode)],
);

/** A clock that a clause stopped, once it runs again. `n` counts the rows of the case. */
export const clauseFact = pgTable(
  'clause_fact',
  {
    caseCode: caseCode(),
    n: integer('n').notNull(),
    ...ofCase(),
    procedure: text('procedure').notNull(),
    agency: text('agency').notNull(),
    ground: text('ground').notNull(),
    clause: text('clause'),
    on: day('on').notNull(),
    days: integer('days').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseCode, t.n] }), index('clause_fact_day').on(t.on)],
);

/** What a case shows of how it was handled, by ids alone (domain/integrity/conduct.ts). `n` counts the rows of the case. */
export const conductFact = pgTable(
  'conduct_fact',
  { caseCode: caseCode(), n: integer('n').notNull(), at: instant('at').notNull(), conduct: jsonb('conduct').notNull() },
  (t) => [primaryKey({ columns: [t.caseCode, t.n] }), index('conduct_fact_at').on(t.at)],
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
