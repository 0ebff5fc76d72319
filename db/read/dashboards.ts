import type pg from 'pg';
import { share, type Exclusion, type TargetState } from '../../domain/measures/facts.js';
import { type Interruption, interruptions } from '../../domain/measures/interruptions.js';
import { medianRanks } from '../../domain/measures/reduction.js';
import { ambition, commitment } from '../../domain/law/commitment.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { inTransaction } from '../pool.js';
import { FactStatement } from './fact-statement.js';

/** Both ends of the period are in it; `from` null: from the beginning. */
export interface DashboardFilter {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
  readonly lane?: string;
  readonly pathway?: string;
  readonly zone?: string;
}

/** Of `n` cases or procedures. `median`: of an even number the mean of the two in the middle; `p90` by nearest rank. null: none. */
export interface Spread {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/** How many of `n`. */
export interface Part {
  readonly n: number;
  readonly count: number;
  readonly share: number | null;
}

/** One of the two figures over the same cases. `overall`: 1 - all days / all baseline days. */
export interface OneFigure {
  readonly mean: number | null;
  readonly median: number | null;
  readonly overall: number | null;
}

/** Of each case the smaller of its two figures; `overall`: the smaller of the two over all. */
export interface Reduction extends Spread {
  readonly overall: number | null;
  readonly atLeast30: Part;
  readonly atLeast40: Part;
  readonly whole: OneFigure;
  readonly city: OneFigure;
}

/** The same as if every case that is left out had saved nothing. */
export interface ReductionBound {
  readonly n: number;
  readonly mean: number | null;
  readonly overall: number | null;
  readonly atLeast30: Part;
  readonly atLeast40: Part;
}

/** What stands beside the reduction so that nothing improves it unseen. Of the period, except `openPastBaseline` and `breachesOpen`: today. */
export interface Beside {
  readonly openPastBaseline: number;
  readonly breachesOpen: number;
  readonly casesWithBrokenTerms: number;
  readonly refiledCases: number;
  readonly withdrawnAfterBreach: number;
  readonly approvedInPart: number;
  readonly laneDecidedLate: number;
  readonly counterReturns: number;
  readonly receptionsRefused: number;
  readonly extensions: number;
  readonly suspensions: readonly { readonly ground: string; readonly n: number; readonly days: number }[];
}

/** The first hundred of `n`. */
export interface Listed<Item> {
  readonly n: number;
  readonly items: readonly Item[];
}

export interface LaneCounts {
  readonly lane: string;
  readonly opened: number;
  /** On the last day of the period. */
  readonly open: number;
  readonly approved: number;
  readonly approvedInPart: number;
  readonly refused: number;
  readonly withdrawn: number;
}

export interface ProcedureFigures {
  /** null: all procedures together. */
  readonly procedure: string | null;
  readonly net: Spread;
  readonly gross: Spread;
  readonly onTime: Part;
  /** Without extensions, from the filing that proved valid. */
  readonly onTimeStrict: Part;
  /** Today, whatever the period. */
  readonly overdueNow: number;
  readonly within30: Part;
  readonly within40: Part;
  readonly extensions: number;
  readonly supplements: number;
  readonly documents: number;
  readonly onceOnly: number;
  readonly filedOnline: Part;
}

export interface TargetItem {
  readonly case: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly agency: string;
  readonly target30: TargetState | null;
  readonly target30Due: PlainDate | null;
  readonly target40: TargetState | null;
  readonly target40Due: PlainDate | null;
}

export interface Summary {
  readonly lanes: readonly LaneCounts[];
  readonly timeToLicense: { readonly net: Spread; readonly gross: Spread };
  readonly timeToBuild: { readonly net: Spread; readonly gross: Spread };
  readonly reduction: {
    readonly all: Reduction;
    readonly verified: Reduction;
    readonly unverified: Reduction;
    /** Where the median of `all` lies with 95 %; null below six cases. */
    readonly interval: { readonly low: number; readonly high: number } | null;
    readonly bound: ReductionBound;
    /** Standard-lane cases that were measured in the same way. */
    readonly control: Omit<Reduction, 'p90'>;
    /** 1 - whole days / median of the peers, of the cases that have any. */
    readonly peers: Spread;
  };
  readonly beside: Beside;
  readonly excluded: Listed<{ readonly case: string; readonly reasons: readonly Exclusion[] }>;
  readonly exclusions: readonly { readonly reason: Exclusion; readonly n: number }[];
  readonly unverifiedCases: Listed<{ readonly case: string; readonly figures: readonly string[] }>;
  readonly procedures: readonly ProcedureFigures[];
  readonly targets: Record<'atRisk30' | 'missed30' | 'atRisk40' | 'missed40', number>;
  readonly targetItems: readonly TargetItem[];
  readonly fdi: {
    readonly n: number;
    readonly usd: string | null;
    readonly vnd: string | null;
    readonly withoutUsd: number;
  };
  readonly satisfaction: { readonly mean: number | null; readonly answers: Part; readonly atLeast4: Part };
}

export interface AgencyFigures {
  readonly agency: string;
  readonly onTime: Part;
  readonly holding: Spread;
  /** The same by lane; `cost`: days by which the median of the standard lane is longer than that of the green one, null while one of them has no case. */
  readonly priority: { readonly green: Spread; readonly standard: Spread; readonly cost: number | null };
  readonly tasks: { readonly open: number; readonly overdue: number };
  readonly procedures: {
    readonly open: number;
    readonly overdue: number;
    readonly atRisk30: number;
    readonly missed30: number;
  };
  readonly opinions: { readonly inTime: Part; readonly late: number; readonly silent: number };
  readonly returned: number;
  readonly counterReturns: number;
  readonly receptionsRefused: number;
  readonly extensions: number;
  readonly suspensions: { readonly n: number; readonly days: number };
}

/** Decided dossiers of a procedure by whom they were handled, and the substantive steps that were done in them. */
export interface HandlingCounts {
  readonly procedure: string;
  readonly n: number;
  readonly automatic: number;
  readonly partly: number;
  readonly manual: number;
  readonly doneByMachine: number;
  readonly doneAssisted: number;
  readonly doneByPerson: number;
}

const mostListed = 100;

const statementOf = (filter: DashboardFilter) => new FactStatement(filter, ['lane', 'pathway', 'zone']);

/**
 * The one place where means and percentiles are taken. `percentile_cont` at the half is the mean of the two in the middle, `percentile_disc` the
 * nearest rank: a value that some case really has.
 */
export const spread = (column: string, among = 'true'): string => {
  const rank = (function_: string, p: number) =>
    `${function_}(${p}) within group (order by ${column}) filter (where ${among})`;
  return `json_build_object('n', count(${column}) filter (where ${among}),
    'mean', (round(avg(${column}) filter (where ${among}), 4))::float8,
    'median', (round((${rank('percentile_cont', 0.5)})::numeric, 4))::float8, 'p90', (${rank('percentile_disc', 0.9)})::float8)`;
};

/** Late without having ended: on the last day of the period, or today where that lies ahead. A breach stands, so nothing that was late before is missing. */
function standingLate(
  statement: FactStatement<DashboardFilter>,
  { to }: DashboardFilter,
  today: PlainDate,
): { late: string; end: string } {
  const [last, end] = [statement.param(to), statement.param(to < today ? to : today)];
  const late = `((closed_on is null or closed_on > ${last}::date) and coalesce(breached_on, due_date + 1) <= ${end}::date)`;
  return { late, end };
}

const part = (count: number, n: number): Part => ({ n, count, share: share(count, n) });

/** Everything in one snapshot, so that the figures of one answer agree with each other. */
export const inSnapshot = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return work(client);
  });

/** What leaders see first. Targets are those of now; everything else is of the period. */
export const dashboardSummary = (pool: pg.Pool, filter: DashboardFilter, today: PlainDate): Promise<Summary> =>
  inSnapshot(pool, async (client) => ({
    lanes: await laneCounts(client, filter),
    ...(await caseFigures(client, filter)),
    beside: await besideFigures(client, filter, today),
    ...(await excludedCases(client, filter)),
    unverifiedCases: await unverifiedCases(client, filter),
    procedures: await procedureFigures(client, filter, today),
    ...(await targetsNow(client, filter)),
    satisfaction: await satisfaction(client, filter),
  }));

function laneCounts(client: pg.PoolClient, filter: DashboardFilter): Promise<LaneCounts[]> {
  const statement = statementOf(filter);
  const end = statement.param(filter.to);
  const closed = statement.within('closed_on');
  return statement.on<LaneCounts & pg.QueryResultRow>(
    client,
    `select lane, count(*) filter (where ${statement.within('opened_on')}) as opened,
       count(*) filter (where opened_on <= ${end}::date and (closed_on is null or closed_on > ${end}::date)) as open,
       ${Object.entries({
         approved: 'approved',
         'approved-in-part': '"approvedInPart"',
         refused: 'refused',
         withdrawn: 'withdrawn',
       })
         .map(([outcome, name]) => `count(*) filter (where outcome = '${outcome}' and ${closed}) as ${name}`)
         .join(', ')}
     from case_fact where kind = 'green-lane' and ${statement.among()} group by lane order by lane`,
  );
}

interface CaseFigures {
  licence_net: Spread;
  licence_gross: Spread;
  build_net: Spread;
  build_gross: Spread;
  reductions: Record<'all' | 'verified' | 'unverified' | 'control', RawReduction>;
  bound: { n: number; mean: number | null; whole: number | null; city: number | null };
  peers: Spread;
  fdi: Summary['fdi'];
}

interface RawReduction {
  readonly spread: Spread;
  readonly whole: OneFigure;
  readonly city: OneFigure;
  readonly at30: number;
  readonly at40: number;
}

const smallerOf = (whole: number | null, city: number | null): number | null =>
  whole === null || city === null ? null : Math.min(whole, city);

const reductionOf = ({ spread: figures, whole, city, at30, at40 }: RawReduction): Reduction => ({
  ...figures,
  overall: smallerOf(whole.overall, city.overall),
  atLeast30: part(at30, figures.n),
  atLeast40: part(at40, figures.n),
  whole,
  city,
});

/** Of standard-lane cases, whose figure no list publishes: the smaller of the two as of any other. */
const ofControl = `exclusions = '{standard-lane}' and whole_reduction is not null and city_reduction is not null`;
/** Left out, and not because it is in the other lane: what it would have been if it had saved nothing. */
const leftOut = `cardinality(exclusions) > 0 and not ('standard-lane' = any (exclusions))`;

async function caseFigures(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Pick<Summary, 'timeToLicense' | 'timeToBuild' | 'reduction' | 'fdi'>> {
  const statement = statementOf(filter);
  const licensed = `not adjustment and ${statement.within('licensed_on')}`;
  const built = `not adjustment and milestone = 'approvals' and not ('deferred' = any (exclusions)) and ${statement.within('reached_on')}`;
  const ended = statement.within('ended_on');
  const counted = `reduction is not null and ${ended}`;
  const without = `${leftOut} and ${ended}`;
  const registered = `foreign_share > 0 and ${statement.within('fdi_registered_on')}`;
  const least = (percent: number) => `${statement.param(percent)}::numeric / 100`;
  const ratio = (days: string, baseline: string, among: string, more = '') =>
    `(round(1 - (sum(${days}) filter (where ${among})${more})::numeric / nullif(sum(${baseline}) filter (where ${among})${more}, 0), 4))::float8`;
  const oneFigure = (name: string, among: string) => `json_build_object(
    'mean', (round(avg(${name}_reduction) filter (where ${among}), 4))::float8,
    'median', (round((percentile_cont(0.5) within group (order by ${name}_reduction) filter (where ${among}))::numeric, 4))::float8,
    'overall', ${ratio(`${name}_days`, name === 'whole' ? 'baseline_days' : 'city_baseline_days', among)})`;
  const reductions = (among: string, of = 'reduction') => `json_build_object('spread', ${spread(of, among)},
    'whole', ${oneFigure('whole', among)}, 'city', ${oneFigure('city', among)},
    'at30', count(*) filter (where ${among} and ${of} >= ${least(commitment)}),
    'at40', count(*) filter (where ${among} and ${of} >= ${least(ambition)}))`;
  const lost = (baseline: string) => ` + coalesce(sum(${baseline}) filter (where ${without}), 0)`;
  const total = (column: string) =>
    `trim_scale(round(sum(${column} * foreign_share) filter (where ${registered}), 2))::text`;
  const [found] = await statement.on<CaseFigures & pg.QueryResultRow>(
    client,
    `select ${spread('licence_net_days', licensed)} as licence_net, ${spread('licence_gross_days', licensed)} as licence_gross,
       ${spread('net_days', built)} as build_net, ${spread('gross_days', built)} as build_gross,
       json_build_object('all', ${reductions(counted)},
         'verified', ${reductions(`${counted} and cardinality(unverified) = 0`)},
         'unverified', ${reductions(`${counted} and cardinality(unverified) > 0`)},
         'control', ${reductions(`${ofControl} and ${ended}`, 'least(whole_reduction, city_reduction)')}) as reductions,
       json_build_object('n', count(*) filter (where ${counted} or (${without})),
         'mean', (round(avg(coalesce(reduction, 0)) filter (where ${counted} or (${without})), 4))::float8,
         'whole', ${ratio('whole_days', 'baseline_days', counted, lost('baseline_days'))},
         'city', ${ratio('city_days', 'city_baseline_days', counted, lost('coalesce(city_baseline_days, baseline_days)'))}) as bound,
       ${spread('round(1 - whole_days / nullif(peers_whole_days, 0), 4)', `${counted} and peers > 0`)} as peers,
       json_build_object('n', count(*) filter (where ${registered}), 'usd', ${total('capital_usd')}, 'vnd', ${total('capital_vnd')},
         'withoutUsd', count(*) filter (where ${registered} and capital_usd is null)) as fdi
     from case_fact where kind = 'green-lane' and ${statement.among()}`,
  );
  if (!found) throw new Error('An aggregate gave no row');
  const { all, verified, unverified, control } = found.reductions;
  const { n, mean, whole, city } = found.bound;
  const { p90: _p90, ...controlled } = reductionOf(control);
  return {
    timeToLicense: { net: found.licence_net, gross: found.licence_gross },
    timeToBuild: { net: found.build_net, gross: found.build_gross },
    reduction: {
      all: reductionOf(all),
      verified: reductionOf(verified),
      unverified: reductionOf(unverified),
      interval: await medianInterval(client, filter, all.spread.n),
      bound: { n, mean, overall: smallerOf(whole, city), atLeast30: part(all.at30, n), atLeast40: part(all.at40, n) },
      control: controlled,
      peers: found.peers,
    },
    fdi: found.fdi,
  };
}

/** By the order of the values alone, whatever their distribution; the same cases always give the same interval. */
async function medianInterval(
  client: pg.PoolClient,
  filter: DashboardFilter,
  n: number,
): Promise<Summary['reduction']['interval']> {
  const ranks = medianRanks(n);
  if (ranks === null) return null;
  const statement = statementOf(filter);
  const counted = `kind = 'green-lane' and reduction is not null and ${statement.within('ended_on')} and ${statement.among()}`;
  const at = (rank: number) => statement.param((rank - 0.5) / n);
  const [found] = await statement.on<{ low: number; high: number }>(
    client,
    `select (percentile_disc(${at(ranks.low)}::float8) within group (order by reduction))::float8 as low,
       (percentile_disc(${at(ranks.high)}::float8) within group (order by reduction))::float8 as high
     from case_fact where ${counted}`,
  );
  return found ?? null;
}

/** What leaders must see beside a reduction. */
async function besideFigures(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate): Promise<Beside> {
  const ofCases = statementOf(filter);
  const now = ofCases.param(today);
  const counted = `reduction is not null and ${ofCases.within('ended_on')}`;
  const closed = ofCases.within('closed_on');
  const [cases] = await ofCases.on<
    Omit<Beside, 'breachesOpen' | 'counterReturns' | 'receptionsRefused' | 'extensions' | 'suspensions'>
  >(
    client,
    `select count(*) filter (where lane = 'green' and ended_on is null and baseline_ends_on < ${now}::date) as "openPastBaseline",
       count(*) filter (where ${counted} and broken_terms > 0) as "casesWithBrokenTerms",
       count(*) filter (where refilings > 0 and ${ofCases.within('ended_on')}) as "refiledCases",
       count(*) filter (where outcome = 'withdrawn' and broken_terms > 0 and ${closed}) as "withdrawnAfterBreach",
       count(*) filter (where outcome = 'approved-in-part' and ${closed}) as "approvedInPart",
       count(*) filter (where lane_decided_late and ${ofCases.within('ended_on')}) as "laneDecidedLate"
     from case_fact where kind = 'green-lane' and ${ofCases.among()}`,
  );
  const ofProcedures = statementOf(filter);
  const late = `closed_on is null and coalesce(breached_on, due_date + 1) <= ${ofProcedures.param(today)}::date`;
  const [open] = await ofProcedures.on<{ n: number }>(
    client,
    `select count(*) as n from procedure_fact where ${late} and ${ofProcedures.among()}`,
  );
  const ofAgencies = statementOf(filter);
  const stops = await ofAgencies.on<{ kind: Interruption; ground: string | null; n: number; days: number }>(
    client,
    `select kind, ground, count(*) as n, coalesce(sum(days), 0)::int as days from agency_fact
     where kind = any (${ofAgencies.param([...interruptions])}::text[]) and ${ofAgencies.within('"on"')} and ${ofAgencies.among()}
     group by kind, ground order by kind, ground`,
  );
  const many = (kind: Interruption) => stops.filter((one) => one.kind === kind).reduce((sum, { n }) => sum + n, 0);
  if (!cases || !open) throw new Error('An aggregate gave no row');
  return {
    ...cases,
    breachesOpen: open.n,
    counterReturns: many('counter-return'),
    receptionsRefused: many('reception-refused'),
    extensions: many('extension'),
    suspensions: stops.flatMap(({ kind, ground, n, days }) =>
      kind === 'suspension' && ground !== null ? [{ ground, n, days }] : [],
    ),
  };
}

async function excludedCases(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Pick<Summary, 'excluded' | 'exclusions'>> {
  const among = statementOf(filter);
  const ended = `kind = 'green-lane' and cardinality(exclusions) > 0 and ${among.within('ended_on')} and ${among.among()}`;
  const items = await among.on<Summary['excluded']['items'][number] & pg.QueryResultRow>(
    client,
    `select case_code as case, exclusions as reasons from case_fact where ${ended}
     order by ended_on desc, case_code limit ${mostListed}`,
  );
  const exclusions = await among.on<Summary['exclusions'][number] & pg.QueryResultRow>(
    client,
    `select reason, count(*) as n from case_fact, unnest(exclusions) reason where ${ended} group by reason order by reason`,
  );
  const [whole] = await among.on<{ n: number }>(client, `select count(*) as n from case_fact where ${ended}`);
  return { excluded: { n: whole?.n ?? 0, items }, exclusions };
}

async function unverifiedCases(client: pg.PoolClient, filter: DashboardFilter): Promise<Summary['unverifiedCases']> {
  const among = statementOf(filter);
  const found = await among.on<Summary['unverifiedCases']['items'][number] & { n: number }>(
    client,
    `select case_code as case, unverified as figures, count(*) over () as n from case_fact
     where kind = 'green-lane' and reduction is not null and cardinality(unverified) > 0 and ${among.within('ended_on')} and ${among.among()}
     order by ended_on desc, case_code limit ${mostListed}`,
  );
  return { n: found[0]?.n ?? 0, items: found.map(({ n: _n, ...item }) => item) };
}

interface RawProcedure {
  procedure: string | null;
  net: Spread;
  gross: Spread;
  parts: Record<'onTime' | 'onTimeStrict' | 'within30' | 'within40' | 'filedOnline', { count: number; n: number }>;
  overdueNow: number;
  extensions: number;
  supplements: number;
  documents: number;
  onceOnly: number;
}

/** Of procedures that ended in the period; a share of terms kept counts those that were late without having ended, too. */
async function procedureFigures(
  client: pg.PoolClient,
  filter: DashboardFilter,
  today: PlainDate,
): Promise<ProcedureFigures[]> {
  const statement = statementOf(filter);
  const ended = statement.within('closed_on');
  const { late, end } = standingLate(statement, filter, today);
  const overdue = `(closed_on is null and coalesce(breached_on, due_date + 1) <= ${statement.param(today)}::date)`;
  const missed = (percent: number) =>
    `(closed_on is null and target${percent} = 'missed' and target${percent}_due < ${end}::date)`;
  const kept = (column: string, open: string) =>
    `json_build_object('count', count(*) filter (where ${column} and ${ended}),
       'n', count(*) filter (where (${column} is not null and ${ended}) or ${open}))`;
  const found = await statement.on<RawProcedure & pg.QueryResultRow>(
    client,
    `select procedure, ${spread('net_days', ended)} as net, ${spread('gross_days', ended)} as gross,
       json_build_object('onTime', ${kept('on_time', late)}, 'onTimeStrict', ${kept('on_time_strict', late)}, 'within30', ${kept('within30', missed(30))},
         'within40', ${kept('within40', missed(40))}, 'filedOnline', ${kept('filed_online', 'false')}) as parts,
       count(*) filter (where ${overdue}) as "overdueNow",
       coalesce(sum(extensions) filter (where ${ended}), 0)::int as extensions,
       coalesce(sum(supplements) filter (where ${ended}), 0)::int as supplements,
       coalesce(sum(documents) filter (where filed_on is not null and ${ended}), 0)::int as documents,
       coalesce(sum(once_only) filter (where ${ended}), 0)::int as "onceOnly"
     from procedure_fact where (${ended} or ${late} or ${overdue} or ${missed(30)} or ${missed(40)}) and ${statement.among()}
     group by grouping sets ((), (procedure)) order by procedure nulls first`,
  );
  return found.map(({ parts: { onTime, onTimeStrict, within30, within40, filedOnline }, ...rest }) => ({
    ...rest,
    onTime: part(onTime.count, onTime.n),
    onTimeStrict: part(onTimeStrict.count, onTimeStrict.n),
    within30: part(within30.count, within30.n),
    within40: part(within40.count, within40.n),
    filedOnline: part(filedOnline.count, filedOnline.n),
  }));
}

async function targetsNow(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Pick<Summary, 'targets' | 'targetItems'>> {
  const among = statementOf(filter);
  const warned = `(target30 is not null or target40 is not null) and ${among.among()}`;
  const [counts] = await among.on<Summary['targets']>(
    client,
    `select ${[30, 40]
      .map(
        (r) => `count(*) filter (where target${r} = 'at-risk') as "atRisk${r}",
        count(*) filter (where target${r} = 'missed') as "missed${r}"`,
      )
      .join(', ')} from procedure_fact where ${warned}`,
  );
  const targetItems = await among.on<TargetItem & pg.QueryResultRow>(
    client,
    `select case_code as case, procedure, attempt, agency, target30, target30_due as "target30Due", target40, target40_due as "target40Due"
     from procedure_fact where ${warned} order by coalesce(target30_due, target40_due), scope limit ${mostListed}`,
  );
  return { targets: counts ?? { atRisk30: 0, missed30: 0, atRisk40: 0, missed40: 0 }, targetItems };
}

async function satisfaction(client: pg.PoolClient, filter: DashboardFilter): Promise<Summary['satisfaction']> {
  const among = statementOf(filter);
  const [found] = await among.on<{ asked: number; answered: number; good: number; mean: number | null }>(
    client,
    `select count(*) as asked, count(score) as answered, count(*) filter (where score >= 4) as good, round(avg(score), 4)::float8 as mean
     from survey_fact where ${among.within('asked_on')} and ${among.among()}`,
  );
  const { asked = 0, answered = 0, good = 0, mean = null } = found ?? {};
  return { mean, answers: part(answered, asked), atLeast4: part(good, answered) };
}

// Agencies ----------------------------------------------------------------------------------------------------------------------------------

interface AgencyProcedures extends pg.QueryResultRow {
  agency: string;
  /** Decided in time, or late, decided or not. */
  term_ended: number;
  in_time: number;
  open: number;
  overdue: number;
  atRisk30: number;
  missed30: number;
}

interface AgencyDoings extends pg.QueryResultRow {
  agency: string;
  holding: Spread;
  green: Spread;
  standard: Spread;
  asked: number;
  in_time: number;
  late: number;
  silent: number;
  returned: number;
  counterReturns: number;
  receptionsRefused: number;
  extensions: number;
  suspensions: number;
  suspendedDays: number;
}

/** Per agency, by code. What is open is of `today`; the rest of the period. */
export const dashboardAgencies = (
  pool: pg.Pool,
  filter: DashboardFilter,
  today: PlainDate,
): Promise<readonly AgencyFigures[]> =>
  inSnapshot(pool, async (client) => {
    const handled = byAgency(await agencyProcedures(client, filter, today));
    const done = byAgency(await agencyDoings(client, filter));
    const tasks = byAgency(await agencyTasks(client, filter, today));
    const codes = [...new Set([...handled.keys(), ...done.keys(), ...tasks.keys()])].sort();
    return codes.map((agency) => figuresOf(agency, handled.get(agency), done.get(agency), tasks.get(agency)));
  });

const byAgency = <Row extends { agency: string }>(found: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(found.map((row) => [row.agency, row]));

const nothing: Spread = { n: 0, mean: null, median: null, p90: null };

function figuresOf(
  agency: string,
  handled: AgencyProcedures | undefined,
  done: AgencyDoings | undefined,
  tasks: { open: number; overdue: number } | undefined,
): AgencyFigures {
  const { open = 0, overdue = 0, atRisk30 = 0, missed30 = 0 } = handled ?? {};
  return {
    agency,
    onTime: part(handled?.in_time ?? 0, handled?.term_ended ?? 0),
    holding: done?.holding ?? nothing,
    priority: priorityOf(done?.green ?? nothing, done?.standard ?? nothing),
    tasks: { open: tasks?.open ?? 0, overdue: tasks?.overdue ?? 0 },
    procedures: { open, overdue, atRisk30, missed30 },
    opinions: { inTime: part(done?.in_time ?? 0, done?.asked ?? 0), late: done?.late ?? 0, silent: done?.silent ?? 0 },
    returned: done?.returned ?? 0,
    counterReturns: done?.counterReturns ?? 0,
    receptionsRefused: done?.receptionsRefused ?? 0,
    extensions: done?.extensions ?? 0,
    suspensions: { n: done?.suspensions ?? 0, days: done?.suspendedDays ?? 0 },
  };
}

const priorityOf = (green: Spread, standard: Spread): AgencyFigures['priority'] => {
  const known = green.median !== null && standard.median !== null;
  return { green, standard, cost: known ? Math.round((standard.median - green.median) * 10_000) / 10_000 : null };
};

function agencyProcedures(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate) {
  const statement = statementOf(filter);
  const closed = statement.within('closed_on');
  const { late } = standingLate(statement, filter, today);
  return statement.on<AgencyProcedures>(
    client,
    `select agency, count(*) filter (where (on_time is not null and ${closed}) or ${late}) as term_ended,
       count(*) filter (where on_time and ${closed}) as in_time,
       count(*) filter (where closed_on is null) as open,
       count(*) filter (where closed_on is null and coalesce(breached_on, due_date + 1) <= ${statement.param(today)}::date) as overdue,
       count(*) filter (where target30 = 'at-risk') as "atRisk30", count(*) filter (where target30 = 'missed') as "missed30"
     from procedure_fact where (closed_on is null or ${closed} or ${late}) and ${statement.among()} group by agency`,
  );
}

function agencyDoings(client: pg.PoolClient, filter: DashboardFilter) {
  const statement = statementOf(filter);
  const opinions = (result: string) => `count(*) filter (where kind = 'opinion' and ${result})`;
  const counting = (kind: string) => `count(*) filter (where kind = '${kind}')`;
  return statement.on<AgencyDoings>(
    client,
    `select agency, ${spread('days', `kind = 'holding'`)} as holding, ${spread('days', `kind = 'holding' and lane = 'green'`)} as green,
       ${spread('days', `kind = 'holding' and lane = 'standard'`)} as standard, ${opinions('true')} as asked,
       ${opinions(`result = 'in-time'`)} as in_time, ${opinions(`result = 'late'`)} as late, ${opinions(`result = 'silent'`)} as silent,
       ${counting('return')} as returned, ${counting('counter-return')} as "counterReturns", ${counting('reception-refused')} as "receptionsRefused",
       ${counting('extension')} as extensions, ${counting('suspension')} as suspensions,
       coalesce(sum(days) filter (where kind = 'suspension'), 0)::int as "suspendedDays"
     from agency_fact where (class is null or class in ('city', 'central')) and ${statement.within('"on"')} and ${statement.among()}
     group by agency`,
  );
}

function agencyTasks(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate) {
  const statement = statementOf(filter);
  const filtered = [filter.lane, filter.pathway, filter.zone].some((value) => value !== undefined);
  // Work is work, of a trial too; but a trial has neither lane nor pathway.
  const ofCase = filtered
    ? `case_code in (select case_code from case_fact where kind = 'green-lane' and ${statement.among()})`
    : 'true';
  return statement.on<{ agency: string; open: number; overdue: number }>(
    client,
    `select agency, count(*) as open, count(*) filter (where due_date < ${statement.param(today)}::date) as overdue
     from task where status in ('open', 'claimed', 'waiting') and ${ofCase} group by agency`,
  );
}

// Automation --------------------------------------------------------------------------------------------------------------------------------

/** By whom the dossiers decided in the period were handled, per procedure. */
export function dashboardHandling(pool: pg.Pool, filter: DashboardFilter): Promise<HandlingCounts[]> {
  const statement = statementOf(filter);
  const handled = (by: string) => `count(*) filter (where handled = '${by}') as ${by}`;
  return inSnapshot(pool, (client) =>
    statement.on<HandlingCounts & pg.QueryResultRow>(
      client,
      `select procedure, count(handled) as n, ${handled('automatic')}, ${handled('partly')}, ${handled('manual')},
         sum(done_by_machine)::int as "doneByMachine", sum(done_assisted)::int as "doneAssisted", sum(done_by_person)::int as "doneByPerson"
       from procedure_fact where handled is not null and ${statement.within('closed_on')} and ${statement.among()}
       group by procedure order by procedure`,
    ),
  );
}
