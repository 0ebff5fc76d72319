import type pg from 'pg';
import { type Capital } from '../../domain/case/case/words.js';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { type CarriedFiling } from '../../domain/measures/carried.js';
import { conductOf } from '../../domain/integrity/conduct.js';
import { measuredLane } from '../../domain/measures/lane.js';
import { clauseFactsOf, stepFactsOf } from '../../domain/measures/waiting.js';
import { isSameSite } from '../../domain/measures/same-site.js';
import { carriedFrom, type Filed, zoneOf } from '../../domain/measures/case-facts.js';
import { factsOf } from '../../domain/measures/facts.js';
import type { ProcedureFact } from '../../domain/measures/procedure-facts.js';
import { rows } from '../pool.js';
import { peersOf } from './peers.js';
import { type Kept, keptUnknown, stateAtHead } from '../register/kept-state.js';
import { withoutLane } from '../register/worklist-rows.js';
import { agencyFact, caseFact, clauseFact, conductFact, procedureFact, stepFact, surveyFact } from '../schema/facts.js';
import { unfinished } from '../unfinished.js';
import { upsert } from '../upsert.js';

/** Makes the fact rows of these cases what their states say now. Doing it twice is doing it once. */
export async function writeFacts(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const filed = await projectsAsFiled(client, states);
  const before = await filingsBefore(client, law, states);
  const counted = states.map((state) => {
    const project = filed.get(state.code);
    // Cases of before the event carried it: the filing has it, unless it was erased.
    const capital = state.capital ?? project?.capital ?? null;
    return { state, facts: factsOf({ ...state, capital }, law, before.get(state.code) ?? [], project) };
  });
  const peers = await peersOf(client, counted);
  const each = counted.map(({ state, facts }) => {
    const { lane, pathway, zone } = facts.case;
    return { ofCase: { caseCode: state.code, lane: lane ?? withoutLane, pathway, zone }, facts };
  });
  const agencies = each.flatMap(({ ofCase, facts }) =>
    facts.agencies.map((fact, i) => ({ ...ofCase, n: i + 1, ...fact })),
  );
  await upsert(
    client,
    caseFact,
    each.map(({ ofCase, facts }) => {
      const { exclusions, unverified, ...fact } = facts.case;
      const { n, days } = peers.get(ofCase.caseCode) ?? { n: 0, days: null };
      return {
        ...fact,
        ...ofCase,
        path: pathOf(facts.procedures),
        peers: n,
        peersWholeDays: days,
        exclusions: [...exclusions],
        unverified: [...unverified],
      };
    }),
  );
  await upsert(
    client,
    procedureFact,
    each.flatMap(({ ofCase, facts }) => {
      const { country, investorClass, field } = facts.case;
      return facts.procedures.map((fact) => ({ ...ofCase, country, investorClass, field, ...fact }));
    }),
  );
  await upsert(client, agencyFact, agencies);
  await upsert(
    client,
    surveyFact,
    each.flatMap(({ ofCase, facts }) => facts.surveys.map((fact) => ({ ...ofCase, ...fact }))),
  );
  await dropOthers(
    client,
    'agency_fact',
    each.map(({ ofCase, facts }) => ({ code: ofCase.caseCode, rows: facts.agencies.length })),
  );
  await writeWaits(client, law, states);
  await writeWork(client, law, states);
}

/** The order in which its procedures ended, each with how, unless it was approved; null while none has. */
function pathOf(procedures: readonly ProcedureFact[]): string[] | null {
  const ended = procedures.flatMap(({ closedOn, outcome, procedure, scope }) =>
    closedOn === null
      ? []
      : [{ at: `${closedOn} ${scope}`, how: outcome === 'approved' ? procedure : `${procedure}:${outcome}` }],
  );
  return ended.length === 0 ? null : ended.sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ how }) => how);
}

/** What waited in these cases, and what clauses stopped. A trial is no figure of the green lane. */
async function writeWaits(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const each = states
    .filter(({ kind }) => kind === 'green-lane')
    .map((state) => ({
      ofCase: ofCaseOf(state, law),
      steps: stepFactsOf(state, law),
      clauses: clauseFactsOf(state, law),
      conduct: conductOf(state, law),
    }));
  const numbered = <Fact extends object>(of: (one: (typeof each)[number]) => readonly Fact[]) =>
    each.flatMap((one) => of(one).map((fact, i) => ({ ...one.ofCase, n: i + 1, ...fact })));
  await upsert(
    client,
    stepFact,
    numbered(({ steps }) => steps),
  );
  await upsert(
    client,
    clauseFact,
    numbered(({ clauses }) => clauses),
  );
  await upsert(
    client,
    conductFact,
    each.flatMap(({ ofCase: { caseCode }, conduct }) =>
      conduct.map((one, i) => ({ caseCode, n: i + 1, at: one.at, conduct: one })),
    ),
  );
  const rowsOf = (count: (one: (typeof each)[number]) => number) =>
    each.map((one) => ({ code: one.ofCase.caseCode, rows: count(one) }));
  await dropOthers(
    client,
    'step_fact',
    rowsOf(({ steps }) => steps.length),
  );
  await dropOthers(
    client,
    'clause_fact',
    rowsOf(({ clauses }) => clauses.length),
  );
  await dropOthers(
    client,
    'conduct_fact',
    rowsOf(({ conduct }) => conduct.length),
  );
}

/** The work of these cases that is not done, from the rows that the door wrote with its events. */
async function writeWork(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const each = states.map((state) => ofCaseOf(state, law));
  const columns =
    'case_code, lane, pathway, zone, case_kind, kind, procedure, step, agency, opened_on, due_date, claimed';
  const excluded = columns
    .split(', ')
    .map((column) => `excluded.${column}`)
    .join(', ');
  const kept = excluded.replaceAll('excluded.', 'w.');
  await client.query({
    name: 'write-work',
    text: `with meant as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) m (case_code, lane, pathway, zone, case_kind)),
     work as (
       select t.id as task, m.case_code, m.lane, m.pathway, m.zone, m.case_kind, t.kind, t.procedure, coalesce(t.step, t.kind) as step, t.agency,
         (t.opened_at at time zone interval '7 hours')::date as opened_on, t.due_date, t.claimed_by is not null as claimed
       from public.task t join meant m using (case_code) where ${unfinished('t')}
     ), gone as (
       delete from work_fact w using meant m where w.case_code = m.case_code and not exists (select 1 from work where work.task = w.task)
     )
     insert into work_fact as w (task, ${columns}) select task, ${columns} from work order by task
     on conflict (task) do update set (${columns}) = (${excluded}) where (${kept}) is distinct from (${excluded})`,
    values: [
      each.map(({ caseCode }) => caseCode),
      each.map(({ lane }) => lane),
      each.map(({ pathway }) => pathway),
      each.map(({ zone }) => zone),
      states.map(({ kind }) => kind),
    ],
  });
}

const ofCaseOf = (state: CaseState, law: Law) => ({
  caseCode: state.code,
  lane: measuredLane(state, law).lane ?? withoutLane,
  pathway: state.pathway,
  zone: zoneOf(state),
});

/** Rows of a case are numbered from 1: those above what it has now are of before. */
async function dropOthers(
  client: pg.PoolClient,
  table: 'agency_fact' | 'step_fact' | 'clause_fact' | 'conduct_fact',
  kept: readonly { readonly code: string; readonly rows: number }[],
): Promise<void> {
  await client.query({
    name: `drop-other-rows-of-${table}`,
    text: `delete from ${table} f using unnest($1::text[], $2::int[]) k (code, rows) where f.case_code = k.code and f.n > k.rows`,
    values: [kept.map(({ code }) => code), kept.map((one) => one.rows)],
  });
}

/** What the filings say of their projects; those that were erased are left out. */
async function projectsAsFiled(
  client: pg.PoolClient,
  states: readonly CaseState[],
): Promise<ReadonlyMap<string, Filed & { readonly capital: Capital | null }>> {
  const found = await rows<Filed & { code: string; capital: Capital | null }>(
    client,
    `select case_code as code, body -> 'project' -> 'capital' as capital, body -> 'project' ->> 'field' as field,
       (body -> 'project' ->> 'staffAfterThreeYears')::int as jobs
     from filing where case_code = any ($1) and body -> 'project' is not null`,
    [states.map(({ code }) => code)],
    'projects-as-filed',
  );
  return new Map(found.map(({ code, ...project }) => [code, project]));
}

/** SQL: one lot is the same; `near` ones are others that only read alike. */
const shareLot = (one: string, other: string): string =>
  `exists (select from case_site a join case_site b on b.site = a.site and not b.near and b.case_code = ${other} where a.case_code = ${one} and not a.near)`;

const isProjected = (code: string): string => `exists (select from case_fact p where p.case_code = ${code})`;

/** SQL: these two may be about the same place (`isSameSite` decides): the zone is known of what was projected. */
const mayShareSite = (one: string, other: string): string =>
  `(${shareLot(one, other)} or exists (select from case_fact a join case_fact b on b.zone = a.zone and b.case_code = ${other} where a.case_code = ${one})
    or not (${isProjected(one)} and ${isProjected(other)}))`;

/**
 * SQL: codes of the cases that were filed by whoever filed `other` (a row of `case_head`), whoever of its people signs in: the same account or enterprise; the same
 * country and name, however it is written; or on the same lot from the same country, where one of the two states no number by which they would be told apart.
 */
const filedByTheSame = (other: string): string =>
  `(select s.code from case_head s where s.investor = ${other}.investor
    union select s.code from case_head s where s.enterprise = ${other}.enterprise
    union select f.case_code from filing f where investor_key(f.body) = (select investor_key(o.body) from filing o where o.case_code = ${other}.code)
    union select s.code from case_site a join case_site b on b.site = a.site and not b.near join case_head s on s.code = b.case_code
      join filing f on f.case_code = s.code join filing o on o.case_code = a.case_code
      where a.case_code = ${other}.code and not a.near and (s.enterprise is null or ${other}.enterprise is null)
        and f.body -> 'investor' ->> 'country' = o.body -> 'investor' ->> 'country')`;

/** Later filings of the same investor whose figures may carry what became of these: the other way round as `filingsBefore`. */
export async function filingsAfter(on: pg.Pool | pg.PoolClient, codes: readonly string[]): Promise<string[]> {
  const found = await rows<{ code: string }>(
    on,
    `select distinct me.code from case_head h cross join lateral ${filedByTheSame('h')} same
       join case_head me on me.code = same.code and me.kind = 'green-lane'
       and h.opened_at < me.opened_at and h.closed_at >= me.opened_at - interval '12 months'
     where h.code = any ($1) and h.kind = 'green-lane' and h.status in ('refused', 'withdrawn', 'approved')
       and ${mayShareSite('h.code', 'me.code')} order by me.code`,
    [codes],
    'filings-after',
  );
  return found.map(({ code }) => code);
}

/** Filings of the same investor (`filedByTheSame`) for the same site that ended without an approval, or whose approval was taken back, at most twelve months before the next one or later. */
export async function filingsBefore(
  on: pg.Pool | pg.PoolClient,
  law: Law,
  states: readonly CaseState[],
): Promise<ReadonlyMap<string, readonly CarriedFiling[]>> {
  const filings = states.filter(({ kind, adjusts }) => kind === 'green-lane' && adjusts === null);
  if (filings.length === 0) return new Map();
  const found = await rows<{ code: string; kept: Kept }>(
    on,
    `select me.code, ${keptUnknown} as kept from case_head me cross join lateral ${filedByTheSame('me')} same
     join case_head h on h.code = same.code and h.kind = 'green-lane' and h.status in ('refused', 'withdrawn', 'approved')
       and h.opened_at < me.opened_at and h.closed_at >= me.opened_at - interval '12 months' and h.state is not null
       and ${mayShareSite('h.code', 'me.code')}
     where me.code = any ($1) order by me.code, h.opened_at, h.code`,
    [filings.map(({ code }) => code)],
    'filings-before',
  );
  const own = new Map(filings.map((state) => [state.code, state]));
  const carried = new Map<string, CarriedFiling[]>();
  for (const { code, kept } of found) {
    const state = await stateAtHead(on, kept);
    const next = own.get(code);
    const left = next && state.adjusts === null && isSameSite(state, next) ? carriedFrom(state, law) : null;
    if (left) carried.set(code, [...(carried.get(code) ?? []), left]);
  }
  return carried;
}
