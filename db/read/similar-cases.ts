import type pg from 'pg';
import { type CaseState } from '../../domain/case/state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import {
  type Likeness,
  likenesses,
  likest,
  type Overlap,
  overlapOf,
  type Shape,
} from '../../domain/similar/overlap.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type Param, type Reader, readsCase } from '../people/readers.js';
import { rows } from '../pool.js';
import { findCaseState } from './case-state.js';

/** An earlier case in which the same procedure was decided. */
export interface SimilarCase {
  readonly case: string;
  readonly decidedOn: PlainDate;
  readonly outcome: 'approved' | 'refused';
  /** Working dates that agencies of the City held it. */
  readonly netDays: number | null;
  readonly supplements: number;
  /** What both have. */
  readonly overlap: readonly Overlap[];
}

/** How many of the latest decisions are looked at, how many of the likest with their conditions, and how many are shown. */
const [mostLatest, mostLooked, mostShown] = [500, 12, 5];

interface Row extends Omit<SimilarCase, 'overlap'>, Record<Likeness, string | null> {}

/** The likest earlier cases of one procedure among those that the reader reads. */
export async function similarCases(
  pool: pg.Pool,
  state: CaseState,
  procedure: string,
  reader: Reader,
): Promise<SimilarCase[]> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const own = `${param(state.code)}::text`;
  const alike = likenesses.map((on) => `coalesce((o.${on} = m.${on})::int, 0)`).join(' + ');
  const found = await rows<Row & { own: boolean }>(
    pool,
    `with latest as (
       select p.case_code, p.decided_on, p.outcome, p.net_days, p.supplements from procedure_fact p
       where p.procedure = ${param(procedure)} and p.closed_on is not null and p.decided_on is not null and p.outcome in ('approved', 'refused')
         and p.case_code <> ${own} and ${readsCase('p.case_code', reader, param)}
       order by p.closed_on desc limit ${mostLatest}),
     mine as (select field, zone, pathway, lane, country from case_fact where case_code = ${own})
     (select ${own} as "case", null::date as "decidedOn", '' as outcome, null::int as "netDays", 0 as supplements, m.field, m.zone, m.pathway, m.lane, m.country, true as own from mine m)
     union all
     (select l.case_code, l.decided_on, l.outcome, l.net_days, l.supplements, o.field, o.zone, o.pathway, o.lane, o.country, false
      from latest l join case_fact o on o.case_code = l.case_code cross join mine m
      order by ${alike} desc, l.decided_on desc, l.case_code limit ${mostLooked})`,
    values,
  );
  const mine = found.find(({ own: isOwn }) => isOwn);
  if (!mine) return [];
  const shape = { ...mine, conditions: conditionsIn(state, procedure) };
  const compared: SimilarCase[] = [];
  for (const { own: isOwn, field, zone, pathway, lane, country, ...one } of found) {
    const other = isOwn ? undefined : await findCaseState(pool, one.case);
    if (!other) continue;
    const its: Shape = { field, zone, pathway, lane, country, conditions: conditionsIn(other, procedure) };
    compared.push({ ...one, overlap: overlapOf(shape, its) });
  }
  return likest(compared, mostShown);
}

/** Subjects of the conditions that agencies set in the latest attempt at the procedure. */
function conditionsIn(state: CaseState, procedure: string): string[] {
  const scope = latestAttempt(state, procedure)?.scope;
  const asked = Object.values(state.consultations).filter(({ procedureScope }) => procedureScope === scope);
  return asked.flatMap(({ opinions }) =>
    Object.values(opinions).flatMap(({ conditions }) =>
      conditions.flatMap(({ subject }) => (subject === 'other' ? [] : [subject])),
    ),
  );
}
