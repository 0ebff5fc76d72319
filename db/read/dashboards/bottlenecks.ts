import type pg from 'pg';
import type { WaitingFigure } from '../../../domain/leadership/bottleneck.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { type Reader, readsCase } from '../../people/readers.js';
import { rows } from '../../pool.js';
import { unfinished } from '../../unfinished.js';
import { type Page, pageOf, placeOf } from '../keyset.js';
import { type DashboardFilter, inSnapshot, median, type Spread, spread, statementOf } from './filter.js';

/** Where files wait: one step of a procedure at one agency. */
export interface StepPlace {
  readonly procedure: string;
  readonly step: string;
  readonly agency: string;
}

export interface StepFigures extends StepPlace {
  /** Of what was finished in the period. */
  readonly waiting: Spread;
  readonly working: Spread;
  /** Working days that would have been saved if each had been taken at once: nothing else of the procedure was in hand. */
  readonly saving: number;
  /** Came in the period, done or not. */
  readonly arrived: number;
  readonly finished: number;
  /** Now, whatever the period. */
  readonly queue: number;
  readonly unclaimed: number;
  readonly oldestSince: PlainDate | null;
}

export interface ClauseFigures {
  readonly clause: string | null;
  readonly ground: string;
  readonly n: number;
  readonly days: number;
}

/** A way in which cases went through their procedures: in the order in which these ended. */
export interface Variant {
  readonly path: readonly string[];
  readonly n: number;
  readonly grossDays: Spread;
}

export interface Bottlenecks {
  readonly steps: readonly StepFigures[];
  readonly clauses: readonly ClauseFigures[];
  readonly variants: readonly Variant[];
}

const mostVariants = 20;
const place = ({ procedure, step, agency }: StepPlace) => JSON.stringify([procedure, step, agency]);

/** What waits where, in the period and now: steps by what would be saved, clauses by days, paths by how many cases took them. */
export const dashboardBottlenecks = (pool: pg.Pool, filter: DashboardFilter): Promise<Bottlenecks> =>
  inSnapshot(pool, async (client) => ({
    steps: await stepFigures(client, filter),
    clauses: await clauseFigures(client, filter),
    variants: await variants(client, filter),
  }));

type Finished = StepPlace & Pick<StepFigures, 'waiting' | 'working' | 'saving' | 'arrived' | 'finished'>;
type Queue = StepPlace & { came: number } & Pick<StepFigures, 'queue' | 'unclaimed' | 'oldestSince'>;

async function stepFigures(client: pg.PoolClient, filter: DashboardFilter): Promise<StepFigures[]> {
  const done = statementOf(filter);
  const [ended, opened] = [done.within('ended_on'), done.within('opened_on')];
  const finished = await done.on<Finished & pg.QueryResultRow>(
    client,
    `select procedure, step, agency, ${spread('waiting_days', 'has_ended')} as waiting, ${spread('working_days', 'has_ended')} as working,
       coalesce(sum(alone_days) filter (where has_ended), 0)::int as saving, count(*) filter (where has_come) as arrived,
       count(*) filter (where has_ended) as finished
     from (
       select procedure, step, agency, waiting_days, working_days, alone_days, ${ended} as has_ended, ${opened} as has_come
       from step_fact where (${ended} or ${opened}) and ${done.among()} offset 0
     ) f group by 1, 2, 3`,
  );
  const open = statementOf(filter);
  const came = open.within(`(t.opened_at at time zone interval '7 hours')::date`);
  const waiting = await open.on<Queue & pg.QueryResultRow>(
    client,
    `select t.procedure, coalesce(t.step, t.kind) as step, t.agency, count(*) as queue, count(*) filter (where t.claimed_by is null) as unclaimed,
       min((t.opened_at at time zone interval '7 hours')::date) as "oldestSince", count(*) filter (where ${came}) as came
     from (select case_code, status, kind, procedure, step, agency, opened_at, claimed_by from task) t
     join (select case_code, lane, pathway, zone from case_fact where kind = 'green-lane') c using (case_code)
     where ${unfinished('t')} and t.procedure is not null and t.kind <> 'apology'
       and ${open.among()} group by 1, 2, 3`,
  );
  const [byPlace, queues] = [
    new Map(finished.map((one) => [place(one), one])),
    new Map(waiting.map((one) => [place(one), one])),
  ];
  const none: Spread = { n: 0, mean: null, median: null, p90: null };
  return [...new Set([...byPlace.keys(), ...queues.keys()])]
    .map((key): StepFigures => {
      const [procedure = '', step = '', agency = ''] = JSON.parse(key) as string[];
      const [done_, queue] = [byPlace.get(key), queues.get(key)];
      return {
        ...{ procedure, step, agency },
        waiting: done_?.waiting ?? none,
        working: done_?.working ?? none,
        saving: done_?.saving ?? 0,
        arrived: (done_?.arrived ?? 0) + (queue?.came ?? 0),
        finished: done_?.finished ?? 0,
        queue: queue?.queue ?? 0,
        unclaimed: queue?.unclaimed ?? 0,
        oldestSince: queue?.oldestSince ?? null,
      };
    })
    .sort((one, other) => other.saving - one.saving || other.queue - one.queue || (place(one) < place(other) ? -1 : 1));
}

function clauseFigures(client: pg.PoolClient, filter: DashboardFilter): Promise<ClauseFigures[]> {
  const statement = statementOf(filter);
  return statement.on<ClauseFigures & pg.QueryResultRow>(
    client,
    `select clause, ground, count(*) as n, sum(days)::int as days from clause_fact
     where ${statement.within('"on"')} and ${statement.among()} group by 1, 2 order by days desc, clause, ground`,
  );
}

function variants(client: pg.PoolClient, filter: DashboardFilter): Promise<Variant[]> {
  const statement = statementOf(filter);
  const meant = `kind = 'green-lane' and ${statement.within('ended_on')} and ${statement.among()}`;
  return statement.on<Variant & pg.QueryResultRow>(
    client,
    `select path, count(*) as n, ${spread('gross_days')} as "grossDays" from (
       select f.case_code, f.gross_days, array_agg(p.procedure || case when p.outcome = 'approved' then '' else ':' || p.outcome end
           order by p.closed_on, p.scope) as path
       from (select * from case_fact where ${meant}) f join procedure_fact p on p.case_code = f.case_code and p.closed_on is not null
       group by f.case_code, f.gross_days) taken
     group by path order by n desc, path limit ${mostVariants}`,
  );
}

/** Waiting at one place, of what was finished between two days, both counted; all lanes and pathways. */
export async function waitingAt(
  on: pg.Pool,
  { procedure, step, agency }: StepPlace,
  period: Pick<WaitingFigure, 'from' | 'to'>,
): Promise<WaitingFigure> {
  const [found] = await rows<{ n: number; median: number | null }>(
    on,
    `select count(*) as n, (${median('waiting_days')})::float8 as median
     from step_fact where procedure = $1 and step = $2 and agency = $3 and ended_on between $4::date and $5::date`,
    [procedure, step, agency, period.from, period.to],
    'waiting-at',
  );
  return { ...period, n: found?.n ?? 0, median: found?.median ?? null };
}

/** One piece of work behind the figures of a place. */
export interface StepCase {
  readonly case: string;
  readonly openedOn: PlainDate;
  readonly endedOn: PlainDate;
  readonly waitingDays: number;
  readonly workingDays: number;
  readonly aloneDays: number;
}

/** A page of what was finished at one place in the period, longest waits first, as far as this reader reads it; `n`: how many, whoever reads them. */
export const casesAt = (
  pool: pg.Pool,
  filter: DashboardFilter,
  { procedure, step, agency }: StepPlace,
  { reader, cursor, limit }: { readonly reader: Reader; readonly cursor?: string; readonly limit: number },
): Promise<Page<StepCase> & { readonly n: number }> =>
  inSnapshot(pool, async (client) => {
    const statement = statementOf(filter);
    const param = (value: unknown) => statement.param(value);
    const meant = `procedure = ${param(procedure)} and step = ${param(step)} and agency = ${param(agency)}
      and ${statement.within('ended_on')} and ${statement.among()}`;
    const [whole] = await statement.on<{ n: number }>(client, `select count(*) as n from step_fact where ${meant}`);
    const after = placeOf(cursor, ['number', 'text', 'number']);
    const further = after
      ? `(-waiting_days, case_code, n) > (-${param(after[0])}::int, ${param(after[1])}, ${param(after[2])}::int)`
      : 'true';
    const found = await statement.on<StepCase & { row: number } & pg.QueryResultRow>(
      client,
      `select case_code as case, n as row, opened_on as "openedOn", ended_on as "endedOn", waiting_days as "waitingDays",
         working_days as "workingDays", alone_days as "aloneDays"
       from step_fact f where ${meant} and ${further} and ${readsCase('f.case_code', reader, param)}
       order by -waiting_days, case_code, n limit ${param(limit + 1)}`,
    );
    const { items, next } = pageOf(found, limit, (one) => [String(one.waitingDays), one.case, String(one.row)]);
    return { n: whole?.n ?? 0, items: items.map(({ row: _row, ...item }) => item), next };
  });
