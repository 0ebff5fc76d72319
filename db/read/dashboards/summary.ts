import type pg from 'pg';
import { type Exclusion } from '../../../domain/measures/facts.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import { type DashboardFilter, inSnapshot, type Listed, type Part, part, type Spread, statementOf } from './filter.js';
import { procedureFigures, type ProcedureFigures, type TargetItem, targetsNow } from './procedures.js';
import { type BaselineKind } from '../../../domain/measures/reduction.js';
import {
  type AgainstBaseline,
  type Beside,
  besideFigures,
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
