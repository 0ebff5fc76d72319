import type pg from 'pg';
import { ambition, commitment } from '../../../domain/law/commitment.js';
import { type Interruption, interruptions } from '../../../domain/measures/interruptions.js';
import { type BaselineKind, medianRanks } from '../../../domain/measures/reduction.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import {
  type DashboardFilter,
  median,
  mostListed,
  type Part,
  part,
  type Spread,
  spread,
  statementOf,
} from './filter.js';
import { type Summary } from './summary.js';

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

/** The same cases against one baseline, each named; `overall`: the smaller of the two, null where none has that baseline. */
export interface AgainstBaseline {
  readonly n: number;
  readonly overall: number | null;
  readonly whole: number | null;
  readonly city: number | null;
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

interface CaseFigures {
  licence_net: Spread;
  licence_gross: Spread;
  build_net: Spread;
  build_gross: Spread;
  reductions: Record<'all' | 'verified' | 'unverified' | 'control', RawReduction>;
  bound: { n: number; mean: number | null; whole: number | null; city: number | null };
  against: Record<BaselineKind, Omit<AgainstBaseline, 'overall'>>;
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

const withOverall = (one: Omit<AgainstBaseline, 'overall'>): AgainstBaseline => ({
  ...one,
  overall: smallerOf(one.whole, one.city),
});

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

export async function caseFigures(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Pick<Summary, 'timeToLicense' | 'timeToBuild' | 'reduction' | 'fdi'>> {
  const statement = statementOf(filter);
  // Told once for each row: a hundred aggregates ask for them.
  const [licensed, built, registered] = ['is_licensed', 'is_built', 'is_registered'];
  const [counted, without, ofOtherLane] = ['is_counted', 'is_left_out', 'is_control'];
  const within = {
    licensed: statement.within('licensed_on'),
    built: statement.within('reached_on'),
    ended: statement.within('ended_on'),
    registered: statement.within('fdi_registered_on'),
  };
  const least = (percent: number) => `${statement.param(percent)}::numeric / 100`;
  const ratio = (days: string, baseline: string, among: string, more = '') =>
    `(round(1 - (sum(${days}) filter (where ${among})${more})::numeric / nullif(sum(${baseline}) filter (where ${among})${more}, 0), 4))::float8`;
  const oneFigure = (name: string, among: string) => `json_build_object(
    'mean', (round(avg(${name}_reduction) filter (where ${among}), 4))::float8,
    'median', (${median(`${name}_reduction`, among)})::float8,
    'overall', ${ratio(`${name}_days`, name === 'whole' ? 'baseline_days' : 'city_baseline_days', among)})`;
  const reductions = (among: string, of = 'reduction') => `json_build_object('spread', ${spread(of, among)},
    'whole', ${oneFigure('whole', among)}, 'city', ${oneFigure('city', among)},
    'at30', count(*) filter (where ${among} and ${of} >= ${least(commitment)}),
    'at40', count(*) filter (where ${among} and ${of} >= ${least(ambition)}))`;
  const lost = (baseline: string) => ` + coalesce(sum(${baseline}) filter (where ${without}), 0)`;
  const against = (
    among: string,
    whole: string,
    city: string,
  ) => `json_build_object('n', count(*) filter (where ${among}),
    'whole', ${ratio('whole_days', whole, among)}, 'city', ${ratio('city_days', city, among)})`;
  const total = (column: string) =>
    `trim_scale(round(sum(${column} * foreign_share) filter (where ${registered}), 2))::text`;
  const [found] = await statement.on<CaseFigures & pg.QueryResultRow>(
    client,
    `select ${spread('licence_net_days', licensed)} as licence_net, ${spread('licence_gross_days', licensed)} as licence_gross,
       ${spread('net_days', built)} as build_net, ${spread('gross_days', built)} as build_gross,
       json_build_object('all', ${reductions(counted)},
         'verified', ${reductions(`${counted} and cardinality(unverified) = 0`)},
         'unverified', ${reductions(`${counted} and cardinality(unverified) > 0`)},
         'control', ${reductions(ofOtherLane, 'least(whole_reduction, city_reduction)')}) as reductions,
       json_build_object('n', count(*) filter (where ${counted} or (${without})),
         'mean', (round(avg(coalesce(reduction, 0)) filter (where ${counted} or (${without})), 4))::float8,
         'whole', ${ratio('whole_days', 'baseline_days', counted, lost('baseline_days'))},
         'city', ${ratio('city_days', 'city_baseline_days', counted, lost('coalesce(city_baseline_days, baseline_days)'))}) as bound,
       json_build_object('law', ${against(counted, 'coalesce(law_baseline_days, baseline_days)', 'coalesce(law_city_baseline_days, city_baseline_days)')},
         'observed', ${against(`${counted} and baseline = 'observed'`, 'baseline_days', 'city_baseline_days')}) as against,
       ${spread('round(1 - whole_days / nullif(peers_whole_days, 0), 4)', `${counted} and peers > 0`)} as peers,
       json_build_object('n', count(*) filter (where ${registered}), 'usd', ${total('capital_usd')}, 'vnd', ${total('capital_vnd')},
         'withoutUsd', count(*) filter (where ${registered} and capital_usd is null)) as fdi
     from (
       select *, (not adjustment and ${within.licensed}) as ${licensed},
         (not adjustment and milestone = 'approvals' and not ('deferred' = any (exclusions)) and ${within.built}) as ${built},
         (reduction is not null and ${within.ended}) as ${counted}, (${leftOut} and ${within.ended}) as ${without},
         (${ofControl} and ${within.ended}) as ${ofOtherLane}, (foreign_share > 0 and ${within.registered}) as ${registered}
       from case_fact where kind = 'green-lane' and ${statement.among()} and (${Object.values(within).join(' or ')}) offset 0
     ) f`,
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
      against: { law: withOverall(found.against.law), observed: withOverall(found.against.observed) },
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
export async function besideFigures(client: pg.PoolClient, filter: DashboardFilter, today: PlainDate): Promise<Beside> {
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

export async function excludedCases(
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

export async function unverifiedCases(
  client: pg.PoolClient,
  filter: DashboardFilter,
): Promise<Summary['unverifiedCases']> {
  const among = statementOf(filter);
  const found = await among.on<Summary['unverifiedCases']['items'][number] & { n: number }>(
    client,
    `select case_code as case, unverified as figures, count(*) over () as n from case_fact
     where kind = 'green-lane' and reduction is not null and cardinality(unverified) > 0 and ${among.within('ended_on')} and ${among.among()}
     order by ended_on desc, case_code limit ${mostListed}`,
  );
  return { n: found[0]?.n ?? 0, items: found.map(({ n: _n, ...item }) => item) };
}
