import type pg from 'pg';
import type {
  ChapterFigures,
  MissedReason,
  ReportFigure,
  ReportFigureCode,
} from '../../../domain/leadership/report-figures.js';
import { agencyFigures, cityFigures, figureOf } from '../../../domain/leadership/report-figures.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { chainedActs, targetSubject } from '../../register/leadership-acts.js';
import { foldTargets, isMet } from '../../../domain/leadership/target.js';
import { type Reader, readsCase } from '../../people/readers.js';
import { rows } from '../../pool.js';
import { type Page, pageOf, placeOf } from '../keyset.js';
import { share } from '../../../domain/measures/facts.js';
import { leastCases } from '../../../domain/measures/small-cells.js';
import { decimalText } from '../../../domain/measures/decimals.js';
import { inSnapshot } from './filter.js';
import { readTallies, savedPart, stillLate, type Tallied } from './tallies.js';

interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Which rows a figure is about and what of each it takes: the figure and the list of what stands behind it are made of the same. */
interface FigureSql {
  readonly table: string;
  /** What tells the rows of a case apart. */
  readonly row: string;
  readonly where: string;
  /** `where` as what each finds by an index of its own; a row that two of them find is found twice. */
  readonly parts?: readonly string[];
  /** Of a share: whether the row counts. */
  readonly counted?: string;
  /** What the row adds. */
  readonly each?: string;
}

// $1 and $2: the first and the last day. What ended or began after the last one changes nothing.
const within = (column: string) => `${column} between $1::date and $2::date`;
const lateSince = 'coalesce(breached_on, due_date + 1)';
// The last condition follows from the others: by it the index of what ever stood late is found.
const late = `((closed_on is null or closed_on > $2::date) and ${lateSince} <= $2::date and (closed_on is null or closed_on >= ${lateSince}))`;
const ended = `on_time is not null and ${within('closed_on')}`;
const inTime = `coalesce(on_time and ${within('closed_on')}, false)`;
const ofProcedures = { table: 'procedure_fact', row: 'scope' };
const ofDoings = { table: `(select * from agency_fact where ${within('"on"')})`, row: 'n::text' };
const ofCases = { table: `(select * from case_fact where kind = 'green-lane')`, row: `''` };

const figureSql: Readonly<Record<ReportFigureCode, FigureSql>> = {
  opened: { ...ofCases, where: within('opened_on') },
  licensed: {
    ...ofCases,
    where: `not adjustment and ${within('licensed_on')}`,
    each: 'licence_net_days',
  },
  reduction: {
    ...ofCases,
    where: `reduction is not null and ${within('ended_on')}`,
    each: 'reduction',
  },
  onTime: {
    ...ofProcedures,
    where: `((${ended}) or ${late})`,
    parts: [ended, late],
    counted: inTime,
  },
  overdue: { ...ofProcedures, where: late },
  waiting: {
    table: 'step_fact',
    row: 'n::text',
    where: within('ended_on'),
    each: 'waiting_days',
  },
  opinions: {
    ...ofDoings,
    where: `kind = 'opinion' and (class is null or class in ('city', 'central'))`,
    counted: `result = 'in-time'`,
  },
  returned: { ...ofDoings, where: `kind = 'return'` },
  stopped: { ...ofDoings, where: `kind = 'suspension'`, each: 'days' },
  extensions: { ...ofDoings, where: `kind = 'extension'` },
  capital: { ...ofCases, where: within('fdi_registered_on'), each: 'capital_vnd' },
  jobs: { ...ofCases, where: within('fdi_registered_on'), each: 'jobs' },
  fdi: {
    ...ofCases,
    where: `foreign_share > 0 and ${within('fdi_registered_on')}`,
    each: 'capital_usd * foreign_share',
  },
  satisfaction: {
    table: 'survey_fact',
    row: 'subject',
    where: `score is not null and ${within('asked_on')}`,
    each: 'score',
  },
};

/** Tallies of one agency, or of all. */
interface Counted {
  readonly cases: Tallied;
  readonly licensed: Tallied;
  readonly terms: Tallied;
  readonly late: Tallied;
  readonly steps: Tallied;
  readonly doings: Tallied;
  readonly survey: Tallied;
}

interface Found {
  readonly n: number;
  readonly count?: number;
  readonly value: string | null;
}

const text = (value: number | null): string | null => (value === null ? null : String(value));
const shareOf = (count: number, n: number): Found => ({ n, count, value: text(share(count, n)) });
const many = (n: number): Found => ({ n, value: String(n) });
/** Of nothing there is no value. */
const valued = (n: number, value: string | null): Found => ({ n, value: n === 0 ? null : value });

/** Each figure of its tallies, as `figureSql` has it of its rows. */
const tallied: Readonly<Record<ReportFigureCode, (of: Counted) => Found>> = {
  opened: ({ cases }) => many(cases.n('opened')),
  licensed: ({ licensed }) => valued(licensed.n('licensed'), text(licensed.spread('net').median)),
  reduction: ({ cases }) => {
    const whole = savedPart(cases.amount('whole days'), cases.amount('baseline days'));
    const city = savedPart(cases.amount('city days'), cases.amount('city baseline days'));
    return valued(cases.n('reduction'), whole === null || city === null ? null : String(Math.min(whole, city)));
  },
  onTime: ({ terms, late }) => {
    const { n, count } = terms.share('on time');
    return shareOf(count, n + stillLate(late));
  },
  overdue: ({ late }) => many(stillLate(late)),
  waiting: ({ steps }) => valued(steps.n('waiting'), text(steps.spread('waiting').median)),
  opinions: ({ doings }) =>
    shareOf(
      doings.n('opinion in-time'),
      ['in-time', 'late', 'silent', ''].reduce((n, result) => n + doings.n(`opinion ${result}`), 0),
    ),
  returned: ({ doings }) => many(doings.n('return')),
  stopped: ({ doings }) => valued(doings.n('suspension'), doings.sumText('suspended days')),
  extensions: ({ doings }) => many(doings.n('extension')),
  capital: ({ cases }) => valued(cases.n('registered'), cases.sumText('capital')),
  jobs: ({ cases }) => valued(cases.n('registered'), cases.sumText('jobs')),
  fdi: ({ cases }) => valued(cases.n('foreign'), cases.sumText('foreign usd')),
  satisfaction: ({ survey }) => {
    const scores = survey.values('score');
    return { n: scores.n, value: scores.n === 0 ? null : decimalText(scores.meanWith(2)) };
  },
};

const figureFrom = (code: ReportFigureCode, of: Counted): ReportFigure => {
  const { n, count: counted = null, value } = tallied[code](of);
  return { figure: code, n, count: counted, value };
};

interface CountedBy {
  /** All that any figure of an agency speaks of, by code. */
  readonly agencies: readonly string[];
  /** What was counted of one agency; null: of the City as a whole. */
  of(agency: string | null): Counted;
}

async function talliesOf(client: pg.PoolClient, { from, to }: Days): Promise<CountedBy> {
  const byAgency = { from, to, by: 'key' } as const;
  const tallies = await readTallies(
    client,
    {
      cases: { families: ['opened', 'reduction', 'registered'], from, to },
      licensed: { families: ['licensed'], from, to },
      terms: { families: ['term by agency'], ...byAgency },
      late: { families: ['late by agency'], ...byAgency, from: null },
      doings: { families: ['doing by agency'], ...byAgency },
      steps: { families: ['step'], ...byAgency },
      survey: { families: ['survey'], from, to },
    },
    {},
  );
  const ofCases = { cases: tallies.of('cases'), licensed: tallies.of('licensed'), survey: tallies.of('survey') };
  const agencyOfStep = (key: string) => (JSON.parse(key) as string[])[2] ?? '';
  const stepsAt = (agency: string) => tallies.parts('steps').filter((key) => agencyOfStep(key) === agency);
  const ofAgency = (agency: string): Counted => ({
    ...ofCases,
    terms: tallies.of('terms', agency),
    late: tallies.of('late', agency),
    steps: tallies.whole('steps', stepsAt(agency)),
    doings: tallies.of('doings', agency),
  });
  const named = new Set([
    ...(['terms', 'late', 'doings'] as const).flatMap((ask) => tallies.parts(ask)),
    ...tallies.parts('steps').map(agencyOfStep),
  ]);
  return {
    agencies: [...named]
      .filter((agency) => agencyFigures.some((code) => figureFrom(code, ofAgency(agency)).n > 0))
      .sort(),
    of: (agency) =>
      agency === null
        ? {
            ...ofCases,
            terms: tallies.whole('terms'),
            late: tallies.whole('late'),
            steps: tallies.whole('steps'),
            doings: tallies.whole('doings'),
          }
        : ofAgency(agency),
  };
}

/** The figures of the City as a whole. */
export const cityReportFigures = (pool: pg.Pool, period: Days): Promise<ReportFigure[]> =>
  inSnapshot(pool, async (client) => {
    const whole = (await talliesOf(client, period)).of(null);
    return cityFigures.map((code) => figureFrom(code, whole));
  });

/** What each of these agencies did, with what the register knows of why terms were missed, by agency. */
export const chapterFigures = (
  pool: pg.Pool,
  period: Days,
  agencies: readonly string[],
): Promise<ReadonlyMap<string, ChapterFigures>> =>
  inSnapshot(pool, async (client) => {
    const counted = await talliesOf(client, period);
    const figures = new Map(
      agencies.map((agency) => [agency, agencyFigures.map((code) => figureFrom(code, counted.of(agency)))]),
    );
    const reasons = await missedReasons(client, period);
    const targets = foldTargets(await chainedActs(client, targetSubject(Number(period.to.slice(0, 4)))));
    return new Map(
      [...figures].map(([agency, own]) => {
        const set = targets.flatMap((target) => {
          const { figure, value } = target;
          return target.agency === agency ? [{ figure, value, met: isMet(target, figureOf(own, figure)) }] : [];
        });
        return [agency, { figures: own, reasons: reasons.get(agency) ?? [], ...(set.length > 0 && { targets: set }) }];
      }),
    );
  });

/** What an agency did in a period, each figure with whether it is of so few cases that it tells of one of them. */
export interface AgencyCard {
  readonly agency: string;
  readonly figures: readonly (ReportFigure & { readonly few: boolean })[];
}

/** One card for each agency that any figure of the period speaks of, by code. */
export const agencyCards = (pool: pg.Pool, period: Days): Promise<AgencyCard[]> =>
  inSnapshot(pool, async (client) => {
    const { agencies, of } = await talliesOf(client, period);
    const cards = agencies.map((agency) => {
      const counted = of(agency);
      return { agency, figures: new Map(agencyFigures.map((code) => [code, figureFrom(code, counted)])) };
    });
    const enough = new Map<ReportFigureCode, ReadonlySet<string>>();
    for (const code of agencyFigures) {
      const asked = cards.flatMap(({ agency, figures }) => ((figures.get(code)?.n ?? 0) < leastCases ? [] : [agency]));
      enough.set(code, await ofEnoughCases(client, period, code, asked));
    }
    return cards.map(({ agency, figures }) => ({
      agency,
      figures: [...figures].map(([code, figure]) => ({
        ...figure,
        few: figure.n > 0 && !enough.get(code)?.has(agency),
      })),
    }));
  });

/** So many rows of a figure are looked at before all are. */
const mostLookedAt = 200;

/** Those of these agencies whose rows of a figure are of cases enough that it may be published: most show it by their first rows. */
async function ofEnoughCases(
  client: pg.PoolClient,
  { from, to }: Days,
  code: ReportFigureCode,
  agencies: readonly string[],
  most: number | null = mostLookedAt,
): Promise<ReadonlySet<string>> {
  if (agencies.length === 0) return new Set();
  const { table, where, parts = [where] } = figureSql[code];
  const each = parts.map(
    (part) => `(select case_code from ${table} f where f.agency = a.agency and ${part} limit $4::int)`,
  );
  const found = await rows<{ agency: string; looked: number; enough: boolean }>(
    client,
    `select a.agency, c.looked, c.enough from unnest($3::text[]) a (agency) cross join lateral (
       select count(*)::int as looked, count(distinct case_code) >= ${String(leastCases)} as enough from (${each.join(' union all ')}) r
     ) c where $1::date <= $2::date`,
    [from, to, agencies, most],
  );
  const enough = found.filter((one) => one.enough).map(({ agency }) => agency);
  if (most === null) return new Set(enough);
  const unsure = found.filter((one) => !one.enough && one.looked >= most).map(({ agency }) => agency);
  return new Set([...enough, ...(await ofEnoughCases(client, { from, to }, code, unsure, null))]);
}

/** Agencies that any figure of the period speaks of. */
export const agenciesIn = async (client: pg.PoolClient, period: Days): Promise<readonly string[]> =>
  (await talliesOf(client, period)).agencies;

const mostReasons = 3;

async function missedReasons(client: pg.PoolClient, { from, to }: Days): Promise<ReadonlyMap<string, MissedReason[]>> {
  const found = new Map<string, MissedReason[]>();
  const take = async <Row extends { agency: string } & pg.QueryResultRow>(
    sql: string,
    reason: (row: Row) => MissedReason,
  ): Promise<void> => {
    const placed = `select * from (select *, row_number() over (partition by agency order by weight desc, place) as rank from (${sql}) r) x
      where rank <= ${mostReasons} order by agency, rank`;
    for (const row of await rows<Row>(client, placed, [from, to]))
      found.set(row.agency, [...(found.get(row.agency) ?? []), reason(row)]);
  };
  await take<{ agency: string; procedure: string; n: number }>(
    `select agency, procedure, count(*)::int as n, count(*) as weight, procedure as place from procedure_fact
     where ${figureSql.onTime.where} and not ${inTime} group by agency, procedure`,
    ({ procedure, n }) => ({ kind: 'late', procedure, n }),
  );
  await take<{ agency: string; procedure: string; step: string; n: number; days: number }>(
    `select agency, procedure, step, count(*)::int as n, sum(waiting_days)::int as days, sum(waiting_days) as weight, procedure || step as place
     from step_fact where waiting_days > 0 and ${within('ended_on')} group by agency, procedure, step`,
    ({ procedure, step, n, days }) => ({ kind: 'waited', procedure, step, n, days }),
  );
  await take<{ agency: string; ground: string; clause: string | null; n: number; days: number }>(
    `select agency, ground, clause, count(*)::int as n, sum(days)::int as days, sum(days) as weight, ground || coalesce(clause, '') as place
     from clause_fact where days > 0 and ${within('"on"')} group by agency, ground, clause`,
    ({ ground, clause, n, days }) => ({ kind: 'stopped', ground, clause, n, days }),
  );
  await take<{ agency: string; n: number }>(
    `select agency, count(*)::int as n, count(*) as weight, '' as place from agency_fact
     where kind = 'opinion' and result <> 'in-time' and ${within('"on"')} group by agency`,
    ({ n }) => ({ kind: 'silent', n }),
  );
  return found;
}

/** One row behind a figure of a report, with what it adds. */
export interface ReportCase {
  readonly case: string;
  /** Decimal text; null: the row is counted. */
  readonly value: string | null;
  /** Of a share: whether it is one of those that count; null: it is no share. */
  readonly counted: boolean | null;
}

/** A page of what stands behind a figure, as far as this reader reads it; `n`: how much there is, whoever reads it. All pages together make the figure. */
export const casesOfReportFigure = (
  pool: pg.Pool,
  { from, to, figure, agency }: Days & { readonly figure: ReportFigureCode; readonly agency: string | null },
  { reader, cursor, limit }: { reader: Reader; cursor?: string; limit: number },
): Promise<Page<ReportCase> & { readonly n: number }> =>
  inSnapshot(pool, async (client) => {
    const { table, row, where, each, counted } = figureSql[figure];
    const values: unknown[] = [from, to];
    const param = (value: unknown) => `$${values.push(value)}`;
    const meant = `${where} and $1::date <= $2::date${agency === null ? '' : ` and agency = ${param(agency)}`}`;
    const { n } = figureFrom(figure, (await talliesOf(client, { from, to })).of(agency));
    const place = placeOf(cursor, ['text', 'text']);
    const after = place ? `(case_code, ${row}) > (${param(place[0])}, ${param(place[1])})` : 'true';
    const found = await rows<ReportCase & { row: string } & pg.QueryResultRow>(
      client,
      `select case_code as case, ${row} as row, ${each ? `trim_scale((${each})::numeric)::text` : 'null'} as value,
         ${counted ?? 'null::boolean'} as counted
       from ${table} f where ${meant} and ${after} and ${readsCase('f.case_code', reader, param)}
       order by 1, 2 limit ${param(limit + 1)}`,
      values,
    );
    const { items, next } = pageOf(found, limit, (one) => [one.case, one.row]);
    return { n, items: items.map(({ row: _row, ...item }) => item), next };
  });
