import type pg from 'pg';
import { commitment } from '../../../domain/law/commitment.js';
import type { CutDimension, CutFigure, CutPeriod } from '../../../domain/measures/cuts.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { type Reader, readsCase } from '../../people/readers.js';
import { rows } from '../../pool.js';
import { type Page, pageOf, placeOf } from '../keyset.js';
import { inSnapshot, type Part, part, type Spread, spread } from './filter.js';

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
  procedure: `(select p.*, c.field, c.country, c.investor_class from procedure_fact p join case_fact c using (case_code))`,
} as const;

function amongSql(filter: CutFilter, param: (value: unknown) => string): string {
  const given = (['lane', 'pathway', 'zone'] as const).filter((column) => filter[column] !== undefined);
  return ['true', ...given.map((column) => `${column} = ${param(filter[column])}`)].join(' and ');
}

interface CaseRow extends pg.QueryResultRow {
  readonly period: number;
  readonly key: string;
  readonly opened: number;
  readonly licensed: Spread;
  readonly reduction: Omit<CutReduction, 'overall' | 'atLeast30'> & { readonly at30: number };
  readonly capital: Sum;
  readonly jobs: Sum;
  readonly fdi: Sum;
}

interface ProcedureRow extends pg.QueryResultRow {
  readonly period: number;
  readonly key: string;
  readonly onTime: { readonly count: number; readonly n: number };
  readonly overdueNow: number;
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
    const cases = dimension === 'agency' ? [] : await caseRows(client, dimension, periods, filter);
    const procedures = await procedureRows(client, dimension, periods, filter, today);
    const at = <Row extends { readonly period: number; readonly key: string }>(all: readonly Row[]) =>
      new Map(all.map((row) => [`${row.period} ${row.key}`, row]));
    const [ofCases, ofProcedures] = [at(cases), at(procedures)];
    const keys = [...new Set([...cases, ...procedures].map(({ key }) => key))].sort();
    return keys.map((key) => ({
      key,
      periods: periods.map((_one, i) => {
        const place = `${i + 1} ${key}`;
        return figuresOf(dimension, ofCases.get(place), ofProcedures.get(place));
      }),
    }));
  });

const nothing: Spread = { n: 0, mean: null, median: null, p90: null };
const noSum: Sum = { n: 0, known: 0, sum: null };

function figuresOf(dimension: CutDimension, ofCases?: CaseRow, ofProcedures?: ProcedureRow): CutFigures {
  const cases = dimension !== 'agency';
  const { count, n } = ofProcedures?.onTime ?? { count: 0, n: 0 };
  return {
    opened: cases ? (ofCases?.opened ?? 0) : null,
    licensed: cases ? (ofCases?.licensed ?? nothing) : null,
    reduction: cases ? reductionOf(ofCases?.reduction) : null,
    onTime: part(count, n),
    overdueNow: ofProcedures?.overdueNow ?? 0,
    capital: cases ? (ofCases?.capital ?? noSum) : null,
    jobs: cases ? (ofCases?.jobs ?? noSum) : null,
    fdi: cases ? (ofCases?.fdi ?? noSum) : null,
  };
}

function reductionOf(found: CaseRow['reduction'] | undefined): CutReduction {
  const { n, whole, city, at30 } = found ?? { n: 0, whole: null, city: null, at30: 0 };
  const overall = whole === null || city === null ? null : Math.min(whole, city);
  return { n, whole, city, overall, atLeast30: part(at30, n) };
}

/** `p (period, "from", "to")`: the periods that were asked for. */
const periodsSql = (param: (value: unknown) => string, periods: readonly CutPeriod[]) =>
  `unnest(${param(periods.map((_one, i) => i + 1))}::int[], ${param(periods.map(({ from }) => from))}::date[],
     ${param(periods.map(({ to }) => to))}::date[]) p (period, "from", "to")`;
const [from, to] = ['p."from"', 'p."to"'];

function placed() {
  const values: unknown[] = [];
  return { values, param: (value: unknown) => `$${values.push(value)}` };
}

function caseRows(
  client: pg.PoolClient,
  dimension: CutDimension,
  periods: readonly CutPeriod[],
  filter: CutFilter,
): Promise<CaseRow[]> {
  const { values, param } = placed();
  const told = ['opened', 'licensed', 'reduction', 'capital', 'jobs', 'fdi'] as const;
  const meant = (figure: CutFigure) => figureSql[figure].where(from, to, 'null::date');
  // Told once for each row and period, not once for each aggregate.
  const whereOf = (figure: (typeof told)[number]) => `is_${figure}`;
  const sum = (figure: 'capital' | 'jobs' | 'fdi') => {
    const [where, value] = [whereOf(figure), figureSql[figure].value ?? 'null'];
    return `json_build_object('n', count(*) filter (where ${where}), 'known', count(${value}) filter (where ${where}),
      'sum', trim_scale(round((sum(${value}) filter (where ${where}))::numeric, 2))::text)`;
  };
  const ratio = (days: string, baseline: string, where: string) =>
    `(round(1 - (sum(${days}) filter (where ${where}))::numeric / nullif(sum(${baseline}) filter (where ${where}), 0), 4))::float8`;
  const counted = whereOf('reduction');
  const any = (['opened', 'licensed', 'reduction', 'capital'] as const).map(meant).join(' or ');
  return rows<CaseRow>(
    client,
    `select p.period, ${dimensionSql[dimension]} as key, count(*) filter (where ${whereOf('opened')}) as opened,
       ${spread('licence_net_days', whereOf('licensed'))} as licensed,
       json_build_object('n', count(*) filter (where ${counted}), 'whole', ${ratio('whole_days', 'baseline_days', counted)},
         'city', ${ratio('city_days', 'city_baseline_days', counted)},
         'at30', count(*) filter (where ${counted} and reduction >= ${least})) as reduction,
       ${sum('capital')} as capital, ${sum('jobs')} as jobs, ${sum('fdi')} as fdi
     from ${periodsSql(param, periods)} cross join lateral (
       select *, ${told.map((figure) => `coalesce(${meant(figure)}, false) as is_${figure}`).join(', ')}
       from ${sources.case} c where (${any}) and ${amongSql(filter, param)} offset 0
     ) f group by 1, 2`,
    values,
  );
}

function procedureRows(
  client: pg.PoolClient,
  dimension: CutDimension,
  periods: readonly CutPeriod[],
  filter: CutFilter,
  day: PlainDate,
): Promise<ProcedureRow[]> {
  const { values, param } = placed();
  const today = `${param(day)}::date`;
  const onTime = figureSql.onTime.where(from, to, today);
  const overdue = figureSql.overdueNow.where(from, to, today);
  return rows<ProcedureRow>(
    client,
    `select p.period, ${dimensionSql[dimension]} as key,
       json_build_object('n', count(*) filter (where ${onTime}),
         'count', count(*) filter (where ${onTime} and ${figureSql.onTime.counted?.(from, to) ?? 'true'})) as "onTime",
       count(*) filter (where ${overdue}) as "overdueNow"
     from ${periodsSql(param, periods)} join ${sources.procedure} f on ${onTime} or ${overdue}
     where ${amongSql(filter, param)} group by 1, 2`,
    values,
  );
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
    const [whole] = await rows<{ n: number }>(
      client,
      `select count(*)::int as n from ${sources[of]} f cross join ${asked} where ${meant}`,
      values,
    );
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
    return { n: whole?.n ?? 0, items: items.map(({ scope: _scope, ...item }) => item), next };
  });
