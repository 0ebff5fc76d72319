import type pg from 'pg';
import type { Exclusion } from '../../../domain/measures/case-facts.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import type { Spread } from '../../../domain/measures/spread.js';
import { type DashboardFilter, inSnapshot, type Listed, type Part, part } from './filter.js';
import { procedureAsks, procedureFigures, type ProcedureFigures, type TargetItem, targetsNow } from './procedures.js';
import { readTallies, type Tallied, type Tallies } from './tallies.js';
import { type BaselineKind } from '../../../domain/measures/reduction.js';
import {
  type AgainstBaseline,
  type Beside,
  besideFigures,
  caseAsks,
  caseFigures,
  excludedCases,
  type Reduction,
  type ReductionBound,
  unverifiedCases,
} from './reduction.js';

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
    /** The counted cases against the law, and those of them that have a baseline of today against that. */
    readonly against: Readonly<Record<BaselineKind, AgainstBaseline>>;
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

/** What leaders see first. Targets are those of now; everything else is of the period. */
export const dashboardSummary = (pool: pg.Pool, filter: DashboardFilter, today: PlainDate): Promise<Summary> =>
  inSnapshot(pool, async (client) => {
    const { from, to } = filter;
    const tallies = await readTallies(
      client,
      {
        ...caseAsks(filter, today),
        ...procedureAsks(filter, today),
        lanes: { families: ['opened', 'closed'], from, to, by: 'lane' },
        lanesUntil: { families: ['opened', 'closed'], from: null, to, by: 'lane' },
        lanesEver: { families: ['opened'], from: null, to: null, by: 'lane' },
        targets: { families: ['open by agency'], from: null, to: null },
        survey: { families: ['survey'], from, to },
      },
      filter,
    );
    const procedures = procedureFigures(tallies);
    const unverified = tallies.of('reduction').n('reduction', 'unverified');
    return {
      lanes: laneCounts(tallies),
      ...caseFigures(tallies),
      beside: besideFigures(tallies, procedures[0]?.overdueNow ?? 0),
      ...(await excludedCases(client, filter, tallies.of('ended'))),
      unverifiedCases: await unverifiedCases(client, filter, unverified),
      procedures,
      ...(await targetsNow(client, filter, tallies.of('targets'))),
      satisfaction: satisfaction(tallies.of('survey')),
    };
  });

const laneCounts = (tallies: Tallies): LaneCounts[] =>
  tallies.parts('lanesEver').map((lane) => {
    const [within, until] = [tallies.of('lanes', lane), tallies.of('lanesUntil', lane)];
    return {
      lane,
      opened: within.n('opened'),
      open: until.n('opened') - until.n('closed'),
      approved: within.n('closed', 'approved'),
      approvedInPart: within.n('closed', 'approved-in-part'),
      refused: within.n('closed', 'refused'),
      withdrawn: within.n('closed', 'withdrawn'),
    };
  });

function satisfaction(survey: Tallied): Summary['satisfaction'] {
  const scores = survey.values('score');
  return {
    mean: scores.mean(),
    answers: part(scores.n, survey.n('asked')),
    atLeast4: part(scores.atLeast(4), scores.n),
  };
}
