import type pg from 'pg';
import { ambition, commitment } from '../../../domain/law/commitment.js';
import type { Exclusion } from '../../../domain/measures/case-facts.js';
import type { Interruption } from '../../../domain/measures/interruptions.js';
import { medianRanks } from '../../../domain/measures/reduction.js';
import type { Spread } from '../../../domain/measures/spread.js';
import { addDays, type PlainDate } from '../../../domain/time/instants.js';
import { type DashboardFilter, mostListed, type Part, part, statementOf } from './filter.js';
import { savedPart, together, type TallyAsk, type Tallied, type Tallies } from './tallies.js';
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

/** The same as if no case that is left out had saved anything; what they lost is lost. */
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
  readonly resultsCorrected: number;
  readonly extensions: number;
  readonly suspensions: readonly { readonly ground: string; readonly n: number; readonly days: number }[];
}

const smallerOf = (whole: number | null, city: number | null): number | null =>
  whole === null || city === null ? null : Math.min(whole, city);

/** Where the measures of one kind of case stand. */
interface Of {
  readonly reduction: string;
  readonly of: string;
  /** Of the counted cases: whether they rest on what was verified. */
  readonly key?: 'verified' | 'unverified';
}

/** What the figures of cases are made of. */
export const caseAsks = ({ from, to }: DashboardFilter, today: PlainDate) =>
  ({
    licensed: { families: ['licensed'], from, to },
    built: { families: ['built'], from, to },
    reduction: { families: ['reduction'], from, to },
    ended: { families: ['ended'], from, to },
    registered: { families: ['registered'], from, to },
    closed: { families: ['closed'], from, to },
    standing: { families: ['standing'], from: null, to: addDays(today, -1) },
    doings: { families: ['doing by agency'], from, to },
    stops: { families: ['stop by ground'], from, to, by: 'key' },
  }) as const satisfies Readonly<Record<string, TallyAsk>>;

export function caseFigures(tallies: Tallies): Pick<Summary, 'timeToLicense' | 'timeToBuild' | 'reduction' | 'fdi'> {
  const [licensed, built, registered] = [tallies.of('licensed'), tallies.of('built'), tallies.of('registered')];
  const [counted, ended] = [tallies.of('reduction'), tallies.of('ended')];
  const figureOf = (name: 'whole' | 'city', source: Tallied, { of, key }: Of): OneFigure => {
    const { mean, median } = ended.spread(`${of}${name} reduction`, key);
    const baseline = name === 'whole' ? 'baseline days' : 'city baseline days';
    const overall = savedPart(source.amount(`${of}${name} days`, key), source.amount(`${of}${baseline}`, key));
    return { mean, median, overall };
  };
  const reductionOf = (source: Tallied, of: Of): Reduction => {
    const values = source.values(of.reduction, of.key);
    const [whole, city] = [figureOf('whole', source, of), figureOf('city', source, of)];
    return {
      ...values.spread(),
      overall: smallerOf(whole.overall, city.overall),
      atLeast30: part(values.atLeast(commitment / 100), values.n),
      atLeast40: part(values.atLeast(ambition / 100), values.n),
      whole,
      city,
    };
  };
  const against = (n: number, whole: number | null, city: number | null): AgainstBaseline => ({
    n,
    whole,
    city,
    overall: smallerOf(whole, city),
  });
  const ofCounted = { reduction: 'reduction', of: '' } as const;
  const { p90: _p90, ...control } = reductionOf(ended, { reduction: 'control reduction', of: 'control ' });
  const all = reductionOf(counted, ofCounted);
  const values = counted.values('reduction');
  const ranks = medianRanks(values.n);
  // Of what is left out a saving is none, and a loss is one.
  const withLost = (measure: string) => together(counted.amount(measure), ended.amount(`lost ${measure}`));
  const days = { whole: counted.amount('whole days'), city: counted.amount('city days') };
  const bound = {
    n: values.n + ended.n('lost'),
    whole: savedPart(withLost('whole days'), withLost('baseline days')),
    city: savedPart(withLost('city days'), withLost('city baseline days')),
  };
  const observed = (measure: string) => ended.amount(`observed ${measure}`);
  return {
    timeToLicense: { net: licensed.spread('net'), gross: licensed.spread('gross') },
    timeToBuild: { net: built.spread('net'), gross: built.spread('gross') },
    reduction: {
      all,
      verified: reductionOf(counted, { ...ofCounted, key: 'verified' }),
      unverified: reductionOf(counted, { ...ofCounted, key: 'unverified' }),
      // By the order of the values alone, whatever their distribution; the same cases always give the same interval.
      interval: ranks && { low: values.at(ranks.low), high: values.at(ranks.high) },
      bound: {
        n: bound.n,
        mean: values.and(ended.values('lost reduction')).mean(),
        overall: smallerOf(bound.whole, bound.city),
        atLeast30: part(all.atLeast30.count, bound.n),
        atLeast40: part(all.atLeast40.count, bound.n),
      },
      control,
      against: {
        law: against(
          values.n,
          savedPart(days.whole, ended.amount('law baseline days')),
          savedPart(days.city, ended.amount('law city baseline days')),
        ),
        observed: against(
          ended.n('observed'),
          savedPart(observed('whole days'), observed('baseline days')),
          savedPart(observed('city days'), observed('city baseline days')),
        ),
      },
      peers: ended.spread('against peers'),
    },
    fdi: {
      n: registered.n('foreign'),
      usd: registered.sumText('foreign usd'),
      vnd: registered.sumText('foreign vnd'),
      withoutUsd: registered.n('foreign') - registered.n('foreign usd'),
    },
  };
}

/** What leaders must see beside a reduction. */
export function besideFigures(tallies: Tallies, breachesOpen: number): Beside {
  const [ended, closed, doings] = [tallies.of('ended'), tallies.of('closed'), tallies.of('doings')];
  return {
    openPastBaseline: tallies.of('standing').n('past baseline'),
    breachesOpen,
    casesWithBrokenTerms: ended.n('broken'),
    refiledCases: ended.n('refiled'),
    withdrawnAfterBreach: closed.n('withdrawn after breach'),
    approvedInPart: closed.n('closed', 'approved-in-part'),
    laneDecidedLate: ended.n('lane decided late'),
    counterReturns: doings.n('counter-return' satisfies Interruption),
    receptionsRefused: doings.n('reception-refused' satisfies Interruption),
    extensions: doings.n('extension' satisfies Interruption),
    resultsCorrected: doings.n('result-corrected' satisfies Interruption),
    suspensions: tallies.parts('stops').map((ground) => {
      const found = tallies.of('stops', ground);
      return { ground, n: found.n('suspension'), days: found.total('suspended days') };
    }),
  };
}

/** How many, why, and those that ended last. */
export async function excludedCases(
  client: pg.PoolClient,
  filter: DashboardFilter,
  ended: Tallied,
): Promise<Pick<Summary, 'excluded' | 'exclusions'>> {
  const n = ended.n('excluded');
  const exclusions = ended
    .keys('exclusion')
    .map((reason) => ({ reason: reason as Exclusion, n: ended.n('exclusion', reason) }));
  // Nothing to look for: a search that finds nothing would be the longest.
  if (n === 0) return { excluded: { n, items: [] }, exclusions };
  const among = statementOf(filter);
  const items = await among.on<Summary['excluded']['items'][number] & pg.QueryResultRow>(
    client,
    `select case_code as case, exclusions as reasons from case_fact
     where kind = 'green-lane' and cardinality(exclusions) > 0 and ${among.within('ended_on')} and ${among.among()}
     order by ended_on desc, case_code limit ${mostListed}`,
  );
  return { excluded: { n, items }, exclusions };
}

/** `n` of them, and those that ended last. */
export async function unverifiedCases(
  client: pg.PoolClient,
  filter: DashboardFilter,
  n: number,
): Promise<Summary['unverifiedCases']> {
  if (n === 0) return { n, items: [] };
  const among = statementOf(filter);
  const items = await among.on<Summary['unverifiedCases']['items'][number] & pg.QueryResultRow>(
    client,
    `select case_code as case, unverified as figures from case_fact
     where kind = 'green-lane' and reduction is not null and cardinality(unverified) > 0 and ${among.within('ended_on')} and ${among.among()}
     order by ended_on desc, case_code limit ${mostListed}`,
  );
  return { n, items };
}
