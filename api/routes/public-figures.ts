import { dashboardHandling } from '../../db/read/dashboards/procedures.js';
import { dashboardSummary } from '../../db/read/dashboards/summary.js';
import { projectorReader } from '../../db/projection/projector.js';
import { businessNow } from '../../db/register/business-clock.js';
import { feedLagSeconds } from '../../db/register/feed.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { PublicFigures } from '../schemas/dashboards.js';
import { automationOf, summaryOf } from '../views/dashboards.js';

/** What anybody may know of all cases together; it names no case. */
export const publicFigureRoutes = ({ pool, limits, requestCounts }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/public/figures',
    tag: 'Public',
    summary: 'Reduction, time to license, terms kept and automation since the beginning, each with of how many',
    description: 'The same figures as the City’s leadership sees; `GET /measures` says how each is computed.',
    auth: { kind: 'anyone' },
    limiter: addressLimiter({ name: 'public-figures', perMinute: limits.publicPerMinute, shared: requestCounts }).limit,
    responses: { 200: { description: 'The figures', schema: PublicFigures } },
    handler: async ({ law, reply }) => {
      const asOf = await businessNow(pool);
      const today = dateOf(asOf);
      const period = { from: null, to: today };
      const [summary, handling, dataAgeSeconds] = await Promise.all([
        dashboardSummary(pool, period, today),
        dashboardHandling(pool, period),
        feedLagSeconds(pool, projectorReader),
      ]);
      const { catalogue } = law();
      const { cases, reduction, timeToLicense, onTime, overdueNow, satisfaction } = summaryOf(summary, catalogue);
      const { opened, open, approved, refused, withdrawn } = cases;
      const { n, share, target } = automationOf(handling, catalogue, today).processes;
      return reply(200, {
        asOf,
        dataAgeSeconds,
        period,
        cases: { opened, open, approved, refused, withdrawn },
        reduction: {
          commitment: reduction.commitment,
          ambition: reduction.ambition,
          overall: reduction.all.overall,
          n: reduction.all.n,
          excluded: reduction.excluded.n,
        },
        timeToLicense: timeToLicense.net,
        onTime,
        overdueNow,
        automation: { n, share, target },
        satisfaction: { mean: satisfaction.mean, responseRate: satisfaction.responseRate },
      });
    },
  }),
];
