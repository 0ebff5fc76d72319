import type pg from 'pg';
import { commitment } from '../../../domain/law/commitment.js';
import type { CutDimension, CutFigure, CutPeriod } from '../../../domain/measures/cuts.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { type Reader, readsCase } from '../../people/readers.js';
import { rows } from '../../pool.js';
import { type Page, pageOf, placeOf } from '../keyset.js';
import type { Spread } from '../../../domain/measures/spread.js';
import { inSnapshot, type Part, part } from './filter.js';
import { earlier, readTallies, savedPart, stillLate, type TallyAsk, type Tallied } from './tallies.js';

/** The cases that are meant, whatever they are cut by. */
export interface CutFilter {
  readonly lane?: string;
  readonly pathway?: string;
  readonly zone?: string;
}

/** A sum over `n` projects; `known`: how many of them state the amount. */
export interface Sum {
  readonly n: number;
  readonly known: number;
  /** Decimal text; null: nobody states any. */
  readonly sum: string | null;
}

export interface CutReduction {
  readonly n: number;
  readonly whole: number | null;
  readonly city: number | null;
  /** The smaller of the two ratios of sums. */
  readonly overall: number | null;
  readonly atLeast30: Part;
}

/** The figures of one row and period. Those that the cut has not are null. */
export interface CutFigures {
  readonly opened: number | null;
  readonly licensed: Spread | null;
  readonly reduction: CutReduction | null;
  readonly onTime: Part;
  /** Today, whatever the period. */
  readonly overdueNow: number;
  readonly capital: Sum | null;
  readonly jobs: Sum | null;
  readonly fdi: Sum | null;
}

export interface CutRow {
  /** What the cut has there: a code, or `unknown`. */
  readonly key: string;
  /** One for each period that was asked for, in its order. */
  readonly periods: readonly CutFigures[];
}

/** What a row is told by. Case columns; for procedures, those of their case stand beside their own. */
const dimensionSql: Readonly<Record<CutDimension, string>> = {
  none: `'all'::text`,
  lane: 'lane',
  pathway: 'pathway',
  field: `coalesce(field, 'unknown')`,
  country: `coalesce(country, 'unknown')`,
  zone: `coalesce(zone, 'unknown')`,
  investor: `coalesce(investor_class, 'unknown')`,
  agency: 'agency',
};

/** SQL of one figure: which rows it is about, and what of each it takes. The aggregate and the list of its cases are made of the same. */
interface FigureSql {
  readonly of: 'case' | 'procedure';
  /** `from`, `to`, `today`: SQL of the ends of the period and of today. */
  where(from: string, to: string, today: string): string;
  /** What the row adds to the figure. */
  readonly value: string | null;
  /** Of a share: whether the row counts. */
  counted?(from: string, to: string): string;
}

const least = `${commitment}::numeric / 100`;
const within = (column: string, from: string, to: string) => `(${column} between ${from} and ${to})`;
const ended = (from: string, to: string) => `(on_time is not null and ${within('closed_on', from, to)})`;
const registered = (from: string, to: string) => within('fdi_registered_on', from, to);

const figureSql: Readonly<Record<CutFigure, FigureSql>> = {
  opened: { of: 'case', where: (from, to) => within('opened_on', from, to), value: null },
  licensed: {
    of: 'case',
    where: (from, to) => `(not adjustment and ${within('licensed_on', from, to)})`,
    value: 'licence_net_days',
  },
  reduction: {
    of: 'case',
    where: (from, to) => `(reduction is not null and ${within('ended_on', from, to)})`,
    value: 'reduction',
    counted: () => `reduction >= ${least}`,
  },
  onTime: {
    of: 'procedure',
    // As the summary has it: what ended, and what stood late at the end of the period.
    where: (from, to, today) =>
      `(${ended(from, to)} or ((closed_on is null or closed_on > ${to}) and coalesce(breached_on, due_date + 1) <= least(${to}, ${today})))`,
    value: null,
    counted: (from, to) => `coalesce(on_time and ${within('closed_on', from, to)}, false)`,
  },
  overdueNow: {
    of: 'procedure',
    where: (_from, _to, today) => `(closed_on is null and coalesce(breached_on, due_date + 1) <= ${today})`,
    value: null,
  },
  capital: { of: 'case', where: registered, value: 'capital_vnd' },
  jobs: { of: 'case', where: registered, value: 'jobs' },
  fdi: {
    of: 'case',
    where: (from, to) => `(foreign_share > 0 and ${registered(from, to)})`,
    value: 'capital_usd * foreign_share',
  },
};

const sources = {
  case: `(select * from case_fact where kind = 'green-lane')`,
  procedure: 'procedure_fact',
} as const;

function amongSql(filter: CutFilter, param: (value: unknown) => string): string {
  const given = (['lane', 'pathway', 'zone'] as const).filter((column) => filter[column] !== undefined);
  return ['true', ...given.map((column) => `${column} = ${param(filter[column])}`)].join(' and ');
}

/** Where the tallies of a cut stand: in the families of all cases, told apart by lane, pathway or zone, or in those of the cut itself. */
const ownCut: Readonly<Record<CutDimension, string | null>> = {
  ...{ none: null, lane: null, pathway: null, zone: null },
  ...{ field: 'field', country: 'country', investor: 'investor', agency: 'agency' },
};

const caseFamilies = ['opened', 'licensed', 'reduction', 'registered'] as const;

/** What the figures of one period are made of; `late` up to its last day, or today where that lies ahead. */
function asksOf(
  dimension: CutDimension,
  { from, to }: CutPeriod,
  today: PlainDate,
): Readonly<Record<string, TallyAsk>> {
  const own = ownCut[dimension];
  const by =
    own !== null
      ? ({ by: 'key' } as const)
      : dimension === 'lane' || dimension === 'pathway' || dimension === 'zone'
        ? { by: dimension }
        : {};
  const cases =
    dimension === 'agency' ? [] : caseFamilies.map((family) => (own === null ? family : `${family} by ${own}`));
  // Of procedures nothing is tallied without a cut: those of the agencies together are all of them.
  const procedures = own ?? 'agency';
  return {
    cases: { families: cases, from, to, ...by },
    terms: { families: [`term by ${procedures}`], from, to, ...by },
    late: { families: [`late by ${procedures}`], from: null, to: earlier(to, today), ...by },
  };
}

/** The figures of each period, cut by one dimension, rows by key; a row that has nothing in any period is not there. */
export const dashboardCuts = (
  pool: pg.Pool,
  dimension: CutDimension,
  periods: readonly CutPeriod[],
  filter: CutFilter,
  today: PlainDate,
): Promise<CutRow[]> =>
  inSnapshot(pool, async (client) => {
    const named = (i: number, ask: string) => `${i} ${ask}`;
    const asks = Object.fromEntries(
      periods.flatMap((period, i) =>
        Object.entries(asksOf(dimension, period, today)).map(([ask, of]) => [named(i, ask), of]),
      ),
    );
    const overdue = asksOf(dimension, { from: today, to: today }, today)['late'];
    if (!overdue) throw new Error('Overdue terms are asked for');
    const tallies = await readTallies(client, { ...asks, overdue }, filter);
    const late = (ask: string, part: string) => stillLate(tallies.of(ask, part));
    const isThere = (ask: string, part: string): boolean =>
      ask === 'overdue' || ask.endsWith(' late') ? late(ask, part) > 0 : !tallies.of(ask, part).isEmpty;
    const parts = [...Object.keys(asks), 'overdue'].flatMap((ask) =>
      tallies.parts(ask).filter((part) => isThere(ask, part)),
    );
    return [...new Set(parts)].sort().map((part) => ({
      key: dimension === 'none' ? 'all' : part,
      periods: periods.map((_one, i) => {
        const of = (ask: string) => tallies.of(named(i, ask), part);
        return figuresOf(dimension, of('cases'), of('terms').share('on time'), {
          late: late(named(i, 'late'), part),
          overdue: late('overdue', part),
        });
      }),
    }));
  });

function figuresOf(
  dimension: CutDimension,
  cases: Tallied,
  onTime: { readonly n: number; readonly count: number },
  open: { readonly late: number; readonly overdue: number },
): CutFigures {
  const ofCases = dimension !== 'agency';
  const sum = (measure: string, among: string): Sum | null =>
    ofCases ? { n: cases.n(among), known: cases.n(measure), sum: cases.sumText(measure) } : null;
  return {
    opened: ofCases ? cases.n('opened') : null,
    licensed: ofCases ? cases.spread('net') : null,
    reduction: ofCases ? reductionOf(cases) : null,
    onTime: part(onTime.count, onTime.n + open.late),
    overdueNow: open.overdue,
    capital: sum('capital', 'registered'),
    jobs: sum('jobs', 'registered'),
    fdi: sum('foreign usd', 'foreign'),
  };
}

function reductionOf(cases: Tallied): CutReduction {
  const values = cases.values('reduction');
  const whole = savedPart(cases.amount('whole days'), cases.amount('baseline days'));
  const city = savedPart(cases.amount('city days'), cases.amount('city baseline days'));
  const overall = whole === null || city === null ? null : Math.min(whole, city);
  return { n: values.n, whole, city, overall, atLeast30: part(values.atLeast(commitment / 100), values.n) };
}

function placed() {
  const values: unknown[] = [];
  return { values, param: (value: unknown) => `$${values.push(value)}` };
}

// The cases behind a figure -------------------------------------------------------------------------------------------------------------------

/** One case, or one procedure, behind a figure, with what it adds. */
export interface FigureCase {
  readonly case: string;
  readonly procedure: string | null;
  readonly attempt: number | null;
  /** Days, reduction, money or people, as decimal text; null: the row is counted, or states nothing. */
  readonly value: string | null;
  /** Of a share: whether it is one of those that count; null: it is no share. */
  readonly counted: boolean | null;
  /** Of a reduction: what both ratios of sums are made of. */
  readonly days: {
    readonly whole: number;
    readonly city: number;
    readonly baseline: number;
    readonly cityBaseline: number | null;
  } | null;
}

/** Which figure of which row. */
export interface AskedFigure {
  readonly figure: CutFigure;
  readonly dimension: CutDimension;
  readonly key: string;
  readonly period: CutPeriod;
  readonly filter: CutFilter;
}

/** What of its tallies a figure is a figure of. */
const behind: Readonly<Record<CutFigure, (cases: Tallied, terms: Tallied, late: Tallied) => number>> = {
  opened: (cases) => cases.n('opened'),
  licensed: (cases) => cases.n('licensed'),
  reduction: (cases) => cases.n('reduction'),
  onTime: (_cases, terms, late) => terms.n('on time') + stillLate(late),
  overdueNow: (_cases, _terms, late) => stillLate(late),
  capital: (cases) => cases.n('registered'),
  jobs: (cases) => cases.n('registered'),
  fdi: (cases) => cases.n('foreign'),
};

async function countOf(
  client: pg.PoolClient,
  { figure, dimension, key, period, filter }: AskedFigure,
  today: PlainDate,
): Promise<number> {
  const asks = asksOf(dimension, figure === 'overdueNow' ? { from: today, to: today } : period, today);
  const tallies = await readTallies(client, asks, filter);
  const of = (ask: string) => tallies.of(ask, dimension === 'none' ? '' : key);
  return dimension === 'none' && key !== 'all' ? 0 : behind[figure](of('cases'), of('terms'), of('late'));
}

/**
 * A page of the cases behind one figure, by their codes, as far as this reader reads them; `n`: how many there are, whoever reads them. All pages together add up
 * to the figure.
 */
export const casesOfFigure = (
  pool: pg.Pool,
  { figure, dimension, key, period, filter }: AskedFigure,
  { reader, today, cursor, limit }: { reader: Reader; today: PlainDate; cursor?: string; limit: number },
): Promise<Page<FigureCase> & { readonly n: number }> =>
  inSnapshot(pool, async (client) => {
    const { of, where, value, counted } = figureSql[figure];
    const { values, param } = placed();
    // In a row of its own, so that it does not matter which of them a figure asks for.
    const asked = `(select ${param(period.from)}::date as "from", ${param(period.to)}::date as "to", ${param(today)}::date as today) w`;
    const [first, last] = ['w."from"', 'w."to"'];
    const meant = `${where(first, last, 'w.today')} and ${amongSql(filter, param)}
      and ${dimensionSql[dimension]} = ${param(key)}`;
    const n = await countOf(client, { figure, dimension, key, period, filter }, today);
    const place = placeOf(cursor, ['text', 'text']);
    const scope = of === 'procedure' ? 'scope' : `''`;
    const after = place ? `(case_code, ${scope}) > (${param(place[0])}, ${param(place[1])})` : 'true';
    const found = await rows<FigureCase & { scope: string } & pg.QueryResultRow>(
      client,
      `select case_code as case, ${scope} as scope, ${of === 'procedure' ? 'procedure, attempt' : 'null as procedure, null as attempt'},
         ${value === null ? 'null' : `trim_scale((${value})::numeric)::text`} as value,
         ${counted ? counted(first, last) : 'null::boolean'} as counted,
         ${figure === 'reduction' ? `json_build_object('whole', whole_days, 'city', city_days, 'baseline', baseline_days, 'cityBaseline', city_baseline_days)` : 'null::json'} as days
       from ${sources[of]} f cross join ${asked} where ${meant} and ${after} and ${readsCase('f.case_code', reader, param)}
       order by case_code, scope limit ${param(limit + 1)}`,
      values,
    );
    const { items, next } = pageOf(found, limit, (row) => [row.case, row.scope]);
    return { n, items: items.map(({ scope: _scope, ...item }) => item), next };
  });
