import type pg from 'pg';
import { type Ending, endings, severities, type Severity } from '../../domain/law/trial-terms.js';
import { phases, type Phase } from '../../domain/case/trial/phases.js';
import { type PlainDate } from '../../domain/time/instants.js';
import type { Spread } from '../../domain/measures/spread.js';
import { inSnapshot, spread } from './dashboards/filter.js';
import { FactStatement } from './fact-statement.js';

/** Both ends of the period are in it; `from` null: from the beginning. */
export interface SandboxFilter {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
  readonly regime?: string;
  readonly field?: string;
}

/** All trials together, or those of one regime or field. */
export interface TrialFigures {
  readonly regime: string | null;
  readonly field: string | null;
  /** In the period. */
  readonly filed: number;
  readonly enterprisesFiled: number;
  readonly admitted: number;
  readonly enterprisesAdmitted: number;
  readonly refused: number;
  readonly withdrawnBefore: number;
  readonly ended: Readonly<Record<Ending, number>>;
  /** From filing to the last decision, of those decided in the period. */
  readonly daysToDecision: Spread;
  /** Now, whatever the period. */
  readonly now: Readonly<Record<Phase, number>>;
  readonly reportsOverdue: number;
}

export interface SandboxFigures {
  readonly trials: readonly TrialFigures[];
  readonly holds: Record<'placed' | 'open' | 'confirmed' | 'lifted' | 'unconfirmed', number>;
  /** By the severity that was reported. `unreported`: due, and not come yet; `late`: come after its hour. */
  readonly incidents: Record<Severity | 'unreported' | 'late', number>;
  readonly reports: Record<'due' | 'inTime' | 'late', number>;
  /** How many trials say that this rule should change, the most first. */
  readonly lessons: readonly { readonly act: string; readonly article: string; readonly trials: number }[];
}

const statementOf = (filter: SandboxFilter) => new FactStatement(filter, ['regime', 'field']);

/** What the City's leaders ask of its sandbox, from fact rows; everything of one answer in one snapshot. */
export const sandboxFigures = (pool: pg.Pool, filter: SandboxFilter): Promise<SandboxFigures> =>
  inSnapshot(pool, async (client) => ({
    trials: await trialFigures(client, filter),
    ...(await happenings(client, filter)),
    lessons: await lessons(client, filter),
  }));

interface RawFigures extends Omit<TrialFigures, 'ended' | 'now'> {
  readonly ended: Record<Ending, number>;
  readonly now: Record<Phase, number>;
}

function trialFigures(client: pg.PoolClient, filter: SandboxFilter): Promise<TrialFigures[]> {
  const statement = statementOf(filter);
  const [filed, admitted, ended] = ['filed_on', 'admitted_on', 'ended_on'].map((column) => statement.within(column));
  const notAdmitted = statement.within('not_admitted_on');
  const counts = (names: readonly string[], column: string, condition: string) =>
    `json_build_object(${names.map((name) => `'${name}', count(*) filter (where ${column} = '${name}' and ${condition})`).join(', ')})`;
  return statement.on<RawFigures & pg.QueryResultRow>(
    client,
    `select regime, field, count(*) filter (where ${filed}) as filed, count(distinct enterprise) filter (where ${filed}) as "enterprisesFiled",
       count(*) filter (where ${admitted}) as admitted, count(distinct enterprise) filter (where ${admitted}) as "enterprisesAdmitted",
       count(*) filter (where not_admitted = 'refused' and ${notAdmitted}) as refused,
       count(*) filter (where not_admitted = 'withdrawn' and ${notAdmitted}) as "withdrawnBefore",
       ${counts(endings, 'ending', ended ?? '')} as ended, ${counts(phases, 'phase', 'not_admitted is null')} as now,
       ${spread('decision_days', statement.within('decided_on'))} as "daysToDecision",
       coalesce(sum(reports_overdue), 0)::int as "reportsOverdue"
     from trial where ${statement.among()} group by grouping sets ((), (regime), (field)) order by regime nulls first, field nulls first`,
  );
}

async function happenings(
  client: pg.PoolClient,
  filter: SandboxFilter,
): Promise<Pick<SandboxFigures, 'holds' | 'incidents' | 'reports'>> {
  const statement = statementOf(filter);
  const period = statement.within('"on"');
  const count = (kind: string, condition: string) =>
    `count(*) filter (where kind = '${kind}' and ${condition} and ${period})`;
  const [found] = await statement.on<Pick<SandboxFigures, 'holds' | 'incidents' | 'reports'> & pg.QueryResultRow>(
    client,
    `select json_build_object('placed', ${count('hold', 'true')}, 'open', count(*) filter (where kind = 'hold' and result = 'placed'),
         'confirmed', ${count('hold', `result = 'confirmed'`)}, 'lifted', ${count('hold', `result = 'lifted'`)},
         'unconfirmed', ${count('hold', `result = 'lapsed'`)}) as holds,
       json_build_object(${severities.map((severity) => `'${severity}', ${count('incident', `subject = '${severity}'`)}`).join(', ')},
         'unreported', ${count('incident', `subject = 'unreported' and result = 'late'`)},
         'late', ${count('incident', `subject <> 'unreported' and result = 'late'`)}) as incidents,
       json_build_object('due', ${count('report', 'true')}, 'inTime', ${count('report', `result = 'in-time'`)},
         'late', ${count('report', `result = 'late'`)}) as reports
     from trial_fact where ${statement.among()}`,
  );
  if (!found) throw new Error('An aggregate gave no row');
  return found;
}

function lessons(client: pg.PoolClient, filter: SandboxFilter): Promise<SandboxFigures['lessons'][number][]> {
  const statement = statementOf(filter);
  return statement.on<SandboxFigures['lessons'][number] & pg.QueryResultRow>(
    client,
    `select subject as act, result as article, count(distinct case_code) as trials from trial_fact
     where kind = 'lesson' and ${statement.within('"on"')} and ${statement.among()}
     group by subject, result order by trials desc, act, article limit 100`,
  );
}
