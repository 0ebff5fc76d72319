import type pg from 'pg';
import { type Capital } from '../../domain/case/case/words.js';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { type CarriedFiling } from '../../domain/measures/carried.js';
import { conductOf } from '../../domain/integrity/conduct.js';
import { measuredLane } from '../../domain/measures/lane.js';
import { clauseFactsOf, stepFactsOf } from '../../domain/measures/waiting.js';
import { isSameSite } from '../../domain/measures/same-site.js';
import { carriedFrom, type Facts, factsOf, type Filed, zoneOf } from '../../domain/measures/facts.js';
import { rows } from '../pool.js';
import { type Kept, keptUnknown, stateAtHead } from '../register/kept-state.js';
import { withoutLane } from '../register/worklist-rows.js';
import { agencyFact, caseFact, clauseFact, conductFact, procedureFact, stepFact, surveyFact } from '../schema/facts.js';
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
    each.flatMap(({ ofCase, facts }) => facts.procedures.map((fact) => ({ ...ofCase, ...fact }))),
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
}

/** What waited in these cases, and what clauses stopped. A trial is no figure of the green lane. */
async function writeWaits(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const each = states
    .filter(({ kind }) => kind === 'green-lane')
    .map((state) => ({
      ofCase: ofCaseOf(state),
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

const ofCaseOf = (state: CaseState) => ({
  caseCode: state.code,
  lane: measuredLane(state).lane ?? withoutLane,
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

/** Later filings of the same investor whose figures may carry what became of these: the other way round as `filingsBefore`. */
export async function filingsAfter(on: pg.Pool | pg.PoolClient, codes: readonly string[]): Promise<string[]> {
  const found = await rows<{ code: string }>(
    on,
    `select distinct me.code from case_head h join case_head me on me.investor = h.investor and me.kind = 'green-lane'
       and h.opened_at < me.opened_at and h.closed_at >= me.opened_at - interval '12 months'
     where h.code = any ($1) and h.kind = 'green-lane' and h.status in ('refused', 'withdrawn', 'approved') order by me.code`,
    [codes],
    'filings-after',
  );
  return found.map(({ code }) => code);
}

/** Filings of the same investor for the same site that ended without an approval, or whose approval was taken back, at most twelve months before the next one or later. */
export async function filingsBefore(
  on: pg.Pool | pg.PoolClient,
  law: Law,
  states: readonly CaseState[],
): Promise<ReadonlyMap<string, readonly CarriedFiling[]>> {
  const filings = states.filter(({ kind, adjusts }) => kind === 'green-lane' && adjusts === null);
  if (filings.length === 0) return new Map();
  const found = await rows<{ code: string; kept: Kept }>(
    on,
    `select me.code, ${keptUnknown} as kept from unnest($1::text[], $2::text[], $3::timestamptz[]) me (code, investor, opened_at)
     join case_head h on h.investor = me.investor and h.kind = 'green-lane' and h.status in ('refused', 'withdrawn', 'approved')
       and h.opened_at < me.opened_at and h.closed_at >= me.opened_at - interval '12 months' and h.state is not null
     order by me.code, h.opened_at, h.code`,
    [
      filings.map(({ code }) => code),
      filings.map(({ investor }) => investor.personId),
      filings.map(({ openedAt }) => openedAt),
    ],
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

const leastPeers = 10;
// Of the register, also where a rebuild is written to tables that hide it.
const isPeer = `f.exclusions = '{standard-lane}' and f.milestone = me.milestone and f.pathway = me.pathway
       and f.zone is not distinct from me.zone and f.ended_on < me.opened_on and f.ended_on >= me.opened_on - interval '12 months'`;

/** Standard-lane cases of the same milestone, pathway and zone that ended in the twelve months before the filing; none where they are too few. */
async function peersOf(
  client: pg.PoolClient,
  counted: readonly { readonly state: CaseState; readonly facts: Facts }[],
): Promise<ReadonlyMap<string, { readonly n: number; readonly days: number | null }>> {
  const asking = counted.filter(({ facts }) => facts.case.reduction !== null);
  if (asking.length === 0) return new Map();
  const found = await rows<{ code: string; n: number; days: number | null }>(
    client,
    `select me.code, count(*)::int as n, (percentile_cont(0.5) within group (order by f.whole_days))::float8 as days
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[]) me (code, milestone, pathway, zone, opened_on)
     join public.case_fact f on ${isPeer}
     group by me.code having count(*) >= ${leastPeers}`,
    [
      asking.map(({ state }) => state.code),
      asking.map(({ facts }) => facts.case.milestone),
      asking.map(({ facts }) => facts.case.pathway),
      asking.map(({ facts }) => facts.case.zone),
      asking.map(({ facts }) => facts.case.openedOn),
    ],
    'peers-of-cases',
  );
  return new Map(found.map(({ code, ...peers }) => [code, peers]));
}

/** Counts the peers of every case anew, once for all cases that ask for the same; by the owner of the tables. */
export async function countPeers(owner: pg.Pool): Promise<void> {
  await owner.query(
    `update case_fact c set peers = p.n, peers_whole_days = p.days from (
       select me.*, count(*)::int as n, percentile_cont(0.5) within group (order by f.whole_days) as days
       from (select distinct milestone, pathway, zone, opened_on from case_fact where reduction is not null) me
       join case_fact f on ${isPeer} group by 1, 2, 3, 4 having count(*) >= ${leastPeers}
     ) p where c.reduction is not null and c.milestone = p.milestone and c.pathway = p.pathway and c.zone is not distinct from p.zone
       and c.opened_on = p.opened_on`,
  );
}
