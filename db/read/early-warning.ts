import type pg from 'pg';
import type { PastAttempt, StepHistory } from '../../domain/measures/early-warning.js';
import { mostPast } from '../../domain/measures/early-warning-limits.js';
import type { DayUnit } from '../../domain/time/calendar.js';
import type { Instant, PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { unfinished } from '../unfinished.js';

const mostOfStep = 200;

/** Decided procedures, those that ended last first. */
export const pastAttempts = (pool: pg.Pool): Promise<PastAttempt[]> =>
  rows<PastAttempt & pg.QueryResultRow>(
    pool,
    `select procedure, agency, budget_unit as unit, received_on as "receivedOn", closed_on as "closedOn", consumed_days as days,
       coalesce(promised_days, statutory_days) as promised, not (case when promised_days is null then on_time else within30 end) as missed,
       coalesce(suspended_days, 0) as suspended
     from procedure_fact
     where closed_on is not null and consumed_days is not null and received_on is not null
       and (case when promised_days is null then on_time else within30 end) is not null
     order by closed_on desc, procedure desc, scope limit ${mostPast}`,
  );

/** A procedure whose clock runs or stands, with the term that its agency goes by. */
export interface OpenProcedure {
  readonly scope: string;
  readonly case: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly agency: string;
  readonly unit: DayUnit;
  readonly receivedOn: PlainDate;
  /** null: nothing shorter than the law. */
  readonly promised: number | null;
  /** With every extension. */
  readonly budget: number;
  /** Where the clock stands: if the file came back today. */
  readonly dueDate: PlainDate;
}

/** Of one case, or of all. */
export const openProcedures = (pool: pg.Pool, caseCode: string | null): Promise<OpenProcedure[]> =>
  rows<OpenProcedure & pg.QueryResultRow>(
    pool,
    `select f.scope, f.case_code as case, f.procedure, f.attempt, f.agency, f.budget_unit as unit, f.received_on as "receivedOn",
       f.promised_days as promised, k.budget_amount as budget, coalesce(k.due_date, k.due_if_returned) as "dueDate"
     from procedure_fact f join clock k on k.scope = f.scope
     where f.closed_on is null and f.received_on is not null and k.state <> 'stopped' and k.breached_on is null
       and coalesce(k.due_date, k.due_if_returned) is not null and ($1::text is null or f.case_code = $1)
     order by f.scope`,
    [caseCode],
  );

/** Work of a procedure that somebody still has to do. */
export interface OpenWork {
  readonly case: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly task: string;
  readonly step: string;
  readonly agency: string;
  readonly claimedBy: string | null;
  /** Since when nobody holds it, or whoever holds it. */
  readonly since: Instant;
}

/** The work of procedures of these cases that is open or in hand; what waits for the investor is nobody's here. */
export const openWork = (pool: pg.Pool, cases: readonly string[]): Promise<OpenWork[]> =>
  rows<OpenWork & pg.QueryResultRow>(
    pool,
    `select case_code as case, procedure, attempt, id as task, coalesce(step, kind) as step, agency, claimed_by as "claimedBy",
       coalesce(claimed_at, opened_at) as since
     from task t where ${unfinished('t')} and t.status <> 'waiting' and t.procedure is not null and t.attempt is not null and t.kind <> 'apology'
       and t.case_code = any ($1) order by id`,
    [cases],
  );

interface StepPlace {
  readonly procedure: string;
  readonly step: string;
  readonly agency: string;
}
const placeOf = ({ procedure, step, agency }: StepPlace): string => JSON.stringify([procedure, step, agency]);

/** How long work of these steps waited and took, the newest of each. */
export async function stepHistories(
  pool: pg.Pool,
  places: readonly StepPlace[],
): Promise<(place: StepPlace) => StepHistory> {
  const distinct = [...new Map(places.map((one) => [placeOf(one), one])).values()];
  const found = await rows<StepPlace & StepHistory & pg.QueryResultRow>(
    pool,
    `select p.procedure, p.step, p.agency, array_agg(s.waiting_days) as waiting, array_agg(s.working_days) as working
     from unnest($1::text[], $2::text[], $3::text[]) p (procedure, step, agency) cross join lateral (
       select waiting_days, working_days from step_fact f where f.procedure = p.procedure and f.step = p.step and f.agency = p.agency
       order by ended_on desc limit ${mostOfStep}) s
     group by 1, 2, 3`,
    [distinct.map((one) => one.procedure), distinct.map((one) => one.step), distinct.map((one) => one.agency)],
  );
  const histories = new Map(found.map((one) => [placeOf(one), one]));
  return (place) => histories.get(placeOf(place)) ?? { waiting: [], working: [] };
}
