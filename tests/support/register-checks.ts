import type pg from 'pg';
import { expect } from 'vitest';
import { eventOf } from '../../db/register/chain-link.js';
import { verifyChains } from '../../db/register/chain.js';
import type { LiveLaw } from '../../db/law/live-law.js';
import { projectedTables } from '../../db/register/rebuilt-rows.js';
import { loadScope } from '../../db/register/load-scope.js';
import { createProjector } from '../../db/projection/projector.js';
import type { Delivery } from '../../domain/case/events.js';
import type { ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { allTasks } from '../../domain/case/task/state.js';
import type { Instant } from '../../domain/time/instants.js';
import { checkCase } from './case-checks.js';
import { projected } from './feed.js';
import { getState } from './kept-state.js';

interface Register {
  readonly pool: pg.Pool;
  /** As the owner of the tables. */
  readonly owner: pg.Pool;
  readonly law: LiveLaw;
}

async function column<T>(pool: pg.Pool, text: string, ...values: unknown[]): Promise<T[]> {
  return (await pool.query<{ value: T }>(text, values)).rows.map(({ value }) => value);
}

/** Everything the register holds of one case that was settled at `now` is what its events say. */
export async function checkKept({ pool, owner, law }: Register, code: string, now: Instant): Promise<CaseState> {
  const canonical = 'select canonical as value from case_event where case_code = $1 order by seq';
  const state = await getState(pool, code);
  const events = (await column<string>(pool, canonical, code)).map(eventOf);
  const texts = await column<[string, string]>(
    owner,
    'select json_build_array(id, hash) as value from case_text where case_code = $1',
    code,
  );
  const mailboxes = new Map<ScopeId, readonly Delivery[]>();
  for (const scope of Object.keys(state.scopes))
    mailboxes.set(scope, (await loadScope(pool, law, scope, 0)).deliveries);
  checkCase({ state, events, mailboxes, texts: new Map(texts), law: law.current().law, now });
  await checkRows(pool, state);
  return state;
}

/** Tasks and scopes as lists read them, written in the transactions of their events. */
async function checkRows(pool: pg.Pool, state: CaseState): Promise<void> {
  const tasks = await column(
    pool,
    `select json_build_object('id', id, 'status', status, 'claimedBy', claimed_by, 'outcome', outcome, 'agency', agency) as value
     from task where case_code = $1 order by id collate "C"`,
    state.code,
  );
  const expected = [...allTasks(state)].map(({ id, status, claimedBy, outcome, agency }) => ({
    id,
    status,
    claimedBy,
    outcome,
    agency,
  }));
  expect(tasks).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
  const scopes = await column<{ id: string }>(
    pool,
    `select json_build_object('id', id, 'lastSeq', last_seq, 'generation', generation, 'closed', closed) as value
     from scope where case_code = $1`,
    state.code,
  );
  expect(new Map(scopes.map((one) => [one.id, one]))).toEqual(
    new Map(Object.entries(state.scopes).map(([id, box]) => [id, { id, ...box }])),
  );
  const clocks = await column<string>(pool, 'select scope as value from clock where case_code = $1', state.code);
  const ticking = Object.values(state.procedures).filter(({ ledger }) => ledger.length > 0);
  expect(clocks.sort()).toEqual(ticking.map(({ scope }) => scope).sort());
}

/** Of the whole register: chains hold, projections are what a rebuild gives, nobody was told anything twice. */
export async function checkWhole(register: Register): Promise<void> {
  expect((await verifyChains(register.owner, {})).broken).toEqual([]);
  await projected(register);
  const before = await contents(register.owner);
  await createProjector(register).rebuild();
  expect(await contents(register.owner)).toEqual(before);
  expect(await talliesApart(register.owner)).toEqual([]);
  expect(await bentFigures(register.owner)).toEqual([]);
  const twice = 'select person as value from notice group by person, kind, ref having count(*) > 1';
  expect(await column(register.owner, twice)).toEqual([]);
}

/** Figures that no day stands behind: parts that are not the whole, a reduction without a saved day, or one that is not the smaller of the two. */
const bentFigures = (owner: pg.Pool): Promise<string[]> =>
  column<string>(
    owner,
    `select f.case_code || ': ' || f.fault as value from (
       select case_code, unnest(array[
         case when refilings = 0 and net_days + investor_days + central_days <> gross_days then 'parts and whole' end,
         case when reduction > 0 and whole_days >= baseline_days then 'no day saved of the whole' end,
         case when reduction > 0 and city_days >= city_baseline_days then 'no day saved by the City' end,
         case when reduction > least(whole_reduction, city_reduction) then 'not the smaller' end,
         case when reduction is not null and cardinality(exclusions) > 0 then 'left out and counted' end
       ]) as fault from case_fact where kind = 'green-lane'
     ) f where f.fault is not null`,
  );

/** Tallies that are not what a scan of the facts gives, as `statement that has it: row`. */
export const talliesApart = (owner: pg.Pool): Promise<string[]> =>
  column<string>(
    owner,
    `select 'kept: ' || k::text as value from (select * from tally_kept except all select * from tally_scan) k
     union all select 'scan: ' || s::text from (select * from tally_scan except all select * from tally_kept) s limit 20`,
  );

async function contents(owner: pg.Pool): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of projectedTables)
    found[table] = (await column<string>(owner, `select to_json(t)::text as value from ${table} t`)).sort();
  return found;
}
