import type pg from 'pg';
import type { WaitingFigure } from '../../../domain/leadership/bottleneck.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { type Reader, readsCase } from '../../people/readers.js';
import { rows } from '../../pool.js';
import { type Page, pageOf, placeOf } from '../keyset.js';
import type { Spread } from '../../../domain/measures/spread.js';
import { type DashboardFilter, inSnapshot, median, statementOf } from './filter.js';
import { readTallies, type Tallies } from './tallies.js';

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
  inSnapshot(pool, async (client) => {
    const { from, to } = filter;
    const asked = (family: string) => ({ families: [family], from, to, by: 'key' }) as const;
    const asks = {
      ...{ steps: asked('step'), came: asked('queue'), clauses: asked('clause'), paths: asked('path') },
      queue: { ...asked('queue'), from: null, to: null },
    };
    const tallies = await readTallies(client, asks, filter);
    return {
      steps: await stepFigures(client, filter, tallies),
      clauses: clauseFigures(tallies),
      variants: variants(tallies),
    };
  });

/** As the tallies write a place. */
const samePlace = (key: string, of: StepPlace): boolean => JSON.stringify(JSON.parse(key)) === place(of);

/** Days on which work that still waits came, the first of each place. */
async function oldestOf(client: pg.PoolClient, filter: DashboardFilter): Promise<ReadonlyMap<string, PlainDate>> {
  const among = statementOf(filter);
  const found = await among.on<{ place: string; first: PlainDate }>(
    client,
    `select c.key as place, min(t.first) as first from tally t join tally_cell c on c.id = t.cell
     where t.family = 'queue' and t.span = 'day' and 'queue' = any (t.measures) and ${among.among()} group by c.key`,
  );
  return new Map(found.map(({ place, first }) => [place, first]));
}

async function stepFigures(client: pg.PoolClient, filter: DashboardFilter, tallies: Tallies): Promise<StepFigures[]> {
  const oldest = await oldestOf(client, filter);
  return [...new Set([...tallies.parts('steps'), ...tallies.parts('queue')])]
    .map((key): StepFigures => {
      const [procedure = '', step = '', agency = ''] = JSON.parse(key) as string[];
      const [done, came, queue] = [tallies.of('steps', key), tallies.of('came', key), tallies.of('queue', key)];
      return {
        ...{ procedure, step, agency },
        waiting: done.spread('waiting'),
        working: done.spread('working'),
        saving: done.total('alone'),
        arrived: done.n('came') + came.n('queue'),
        finished: done.n('waiting'),
        queue: queue.n('queue'),
        unclaimed: queue.n('unclaimed'),
        oldestSince: oldest.get(key) ?? null,
      };
    })
    .sort((one, other) => other.saving - one.saving || other.queue - one.queue || (place(one) < place(other) ? -1 : 1));
}

const clauseFigures = (tallies: Tallies): ClauseFigures[] =>
  tallies
    .parts('clauses')
    .map((key) => {
      const [clause = null, ground] = JSON.parse(key) as [string | null, string];
      const found = tallies.of('clauses', key);
      return { clause, ground, n: found.n('days'), days: found.total('days') };
    })
    .sort((one, other) => other.days - one.days || order(one.clause, other.clause) || order(one.ground, other.ground));

/** What names nothing comes last. */
const order = (one: string | null, other: string | null): number =>
  one === other ? 0 : one === null ? 1 : other === null ? -1 : one < other ? -1 : 1;

const variants = (tallies: Tallies): Variant[] =>
  tallies
    .parts('paths')
    .map((key) => {
      const found = tallies.of('paths', key);
      return { path: JSON.parse(key) as string[], n: found.n('path'), grossDays: found.spread('gross') };
    })
    .sort((one, other) => other.n - one.n || inOrder(one.path, other.path))
    .slice(0, mostVariants);

/** Step by step; of two that begin alike the shorter one first. */
function inOrder(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((step, i) => step !== other[i]);
  return at < 0 || other[at] === undefined ? one.length - other.length : order(one[at] ?? null, other[at]);
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
    const { from, to } = filter;
    const tallies = await readTallies(client, { steps: { families: ['step'], from, to, by: 'key' } }, filter);
    const at = tallies.parts('steps').find((one) => samePlace(one, { procedure, step, agency }));
    const whole = at === undefined ? 0 : tallies.of('steps', at).n('waiting');
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
    return { n: whole, items: items.map(({ row: _row, ...item }) => item), next };
  });
