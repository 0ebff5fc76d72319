import type pg from 'pg';
import { createPool } from '../db/pool.js';
import { dashboardAgencies } from '../db/read/dashboards/agencies.js';
import { dashboardBottlenecks } from '../db/read/dashboards/bottlenecks.js';
import { dashboardCuts } from '../db/read/dashboards/cuts.js';
import { type DashboardFilter } from '../db/read/dashboards/filter.js';
import { dashboardHandling } from '../db/read/dashboards/procedures.js';
import { agencyCards, cityReportFigures } from '../db/read/dashboards/report-figures.js';
import { dashboardSummary } from '../db/read/dashboards/summary.js';
import { businessNow } from '../db/register/business-clock.js';
import { cutDimensions, periodsIn } from '../domain/measures/cuts.js';
import { addDays, dateOf, type PlainDate, plainDate } from '../domain/time/instants.js';
import { createDatabase } from '../scripts/platform/postgres.js';
import { prepareRegister } from '../scripts/platform/register.js';
import { type Seeded, seedVolume } from '../scripts/volume/seed.js';

/** A dashboard by name, and how long each look took, in milliseconds, over every period and filter. */
export interface TimedDashboard {
  readonly name: string;
  readonly ms: readonly number[];
}

interface Asked {
  readonly filter: DashboardFilter & { readonly from: PlainDate };
  readonly today: PlainDate;
}

const dashboards: Readonly<Record<string, (pool: pg.Pool, asked: Asked) => Promise<unknown>>> = {
  summary: (pool, { filter, today }) => dashboardSummary(pool, filter, today),
  agencies: (pool, { filter, today }) => dashboardAgencies(pool, filter, today),
  bottlenecks: (pool, { filter }) => dashboardBottlenecks(pool, filter),
  handling: (pool, { filter }) => dashboardHandling(pool, filter),
  ...Object.fromEntries(
    cutDimensions.map((dimension) => [
      dimension === 'none' ? 'cuts' : `cuts by ${dimension}`,
      (pool: pg.Pool, { filter, today }: Asked) => dashboardCuts(pool, dimension, [filter], filter, today),
    ]),
  ),
  trends: (pool, { filter, today }) => dashboardCuts(pool, 'none', periodsIn(filter, 'month'), filter, today),
  'figures of a report': (pool, { filter }) => cityReportFigures(pool, filter),
  scorecards: (pool, { filter }) => agencyCards(pool, filter),
};

const cancelled = '57014';

/** Time of one look; one that the register cut off took as long as it was let. */
async function timeOf(look: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  try {
    await look();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === cancelled)) throw error;
  }
  return performance.now() - from;
}

/**
 * A City's history in a database of its own beside the register, and how long each dashboard takes on it, `each` times with every period and filter: since the first
 * case, a quarter, a month, and a month of one lane and zone.
 */
export async function timeDashboards(
  { admin, url, ownerUrl }: { readonly admin: string; readonly url: string; readonly ownerUrl: string },
  { cases, openTasks, each }: { readonly cases: number; readonly openTasks: number; readonly each: number },
  say: (line: string) => void,
): Promise<{ readonly seeded: Seeded; readonly dashboards: readonly TimedDashboard[] }> {
  const name = 'history';
  const within = (of: string): string => {
    const at = new URL(of);
    at.pathname = `/${name}`;
    return at.href;
  };
  await createDatabase(admin, name);
  await prepareRegister(within(ownerUrl));
  const register = { url: within(url), ownerUrl: within(ownerUrl) };
  const seeded = await seedVolume(register, { cases, openTasks, seed: 1, histories: 400 }, say);
  const pool = createPool(register.url, { max: 2, applicationName: 'bench' });
  try {
    const today = dateOf(await businessNow(pool));
    const first = plainDate('2026-07-01');
    const filters: readonly Asked['filter'][] = [
      { from: first, to: today },
      { from: first, to: addDays(first, 91) },
      { from: addDays(first, 31), to: addDays(first, 61) },
      { from: addDays(first, 31), to: addDays(first, 61), lane: 'green', zone: 'SHTP' },
    ];
    const timed: TimedDashboard[] = [];
    for (const [dashboard, look] of Object.entries(dashboards)) {
      const ms: number[] = [];
      for (const filter of filters)
        for (let i = 0; i <= each; i += 1) {
          const took = await timeOf(() => look(pool, { filter, today }));
          // The first one plans, and fetches what lies on the disk.
          if (i > 0) ms.push(took);
        }
      timed.push({ name: dashboard, ms });
    }
    return { seeded, dashboards: timed };
  } finally {
    await pool.end();
  }
}
