import { type z } from 'zod';
import { businessNow } from '../../db/business-clock.js';
import { feedLagSeconds } from '../../db/feed.js';
import { projectorReader } from '../../db/projector.js';
import {
  dashboardAgencies,
  type DashboardFilter,
  dashboardHandling,
  dashboardSummary,
} from '../../db/queries/dashboards.js';
import { dateOf } from '../../domain/time.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { InvalidRequest } from '../http/validation.js';
import { DashboardAgencies, DashboardAutomation, DashboardQuery, DashboardSummary } from '../schemas/dashboards.js';
import { agencyItems, automationOf, summaryOf } from '../views/dashboards.js';

const auth = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;
const request = { query: DashboardQuery };

/** What leaders, heads and auditors see of all cases together; no name of anybody is in it. */
export function dashboardRoutes(deps: ApiDeps) {
  const { pool } = deps;

  const asked = async ({ from, to, lane, pathway, zone }: z.output<typeof DashboardQuery>) => {
    const asOf = await businessNow(pool);
    const today = dateOf(asOf);
    const filter: DashboardFilter = { from: from ?? null, to: to ?? today, ...given({ lane, pathway, zone }) };
    if (filter.from !== null && filter.from > filter.to) {
      throw new InvalidRequest([{ in: 'query', pointer: '/from', code: 'INVALID', detail: 'later than `to`' }]);
    }
    const dataAgeSeconds = await feedLagSeconds(pool, projectorReader);
    return { filter, today, standing: { asOf, dataAgeSeconds, period: { from: filter.from, to: filter.to } } };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/dashboard/summary',
      tag: 'Dashboards',
      summary: 'Time to license, time per procedure, reduction, targets, investment and satisfaction',
      auth,
      request,
      responses: { 200: { description: 'The figures', schema: DashboardSummary } },
      handler: async ({ query, reply }) => {
        const { filter, standing } = await asked(query);
        return reply(200, { ...standing, ...summaryOf(await dashboardSummary(pool, filter), deps.catalogue) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/agencies',
      tag: 'Dashboards',
      summary: 'Each agency: terms kept, holding time, open and overdue work, opinions, returned work',
      auth,
      request,
      responses: { 200: { description: 'The figures, by agency', schema: DashboardAgencies } },
      handler: async ({ query, reply }) => {
        const { filter, today, standing } = await asked(query);
        const figures = await dashboardAgencies(pool, filter, today);
        return reply(200, { ...standing, items: agencyItems(figures, deps.catalogue) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/automation',
      tag: 'Dashboards',
      summary: 'Which processes are automated, and which dossiers were handled automatically',
      auth,
      request,
      responses: { 200: { description: 'The figures with their definitions', schema: DashboardAutomation } },
      handler: async ({ query, reply }) => {
        const { filter, today, standing } = await asked(query);
        return reply(200, {
          ...standing,
          ...automationOf(await dashboardHandling(pool, filter), deps.catalogue, today),
        });
      },
    }),
  ];
}
