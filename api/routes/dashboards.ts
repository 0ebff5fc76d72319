import { type z } from 'zod';
import { readableAmong, type Reader } from '../../db/people/readers.js';
import { businessNow } from '../../db/register/business-clock.js';
import { feedLagSeconds } from '../../db/register/feed.js';
import { projectorReader } from '../../db/projection/projector.js';
import { dashboardAgencies } from '../../db/read/dashboards/agencies.js';
import type { DashboardFilter } from '../../db/read/dashboards/filter.js';
import { dashboardHandling } from '../../db/read/dashboards/procedures.js';
import { dashboardSummary, type Summary } from '../../db/read/dashboards/summary.js';
import { sandboxFigures } from '../../db/read/trial-figures.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { periodAsked } from '../http/period.js';
import { defineRoute } from '../http/route.js';
import {
  DashboardAgencies,
  DashboardAutomation,
  DashboardQuery,
  DashboardSummary,
  SandboxQuery,
} from '../schemas/dashboards.js';
import { agencyItems, automationOf, summaryOf } from '../views/dashboards.js';
import { sandboxView } from '../views/sandbox-dashboard.js';
import { DashboardSandbox } from '../schemas/sandbox-dashboard.js';

const auth = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;
const request = { query: DashboardQuery };

/** What leaders, heads and auditors see of all cases together; no name of anybody is in it. */
export function dashboardRoutes(deps: ApiDeps) {
  const { pool } = deps;

  const inPeriod = async (query: Pick<z.output<typeof DashboardQuery>, 'from' | 'to'>) => {
    const asOf = await businessNow(pool);
    const today = dateOf(asOf);
    const period = periodAsked(query, today);
    const dataAgeSeconds = await feedLagSeconds(pool, projectorReader);
    return { period, today, freshness: { asOf, dataAgeSeconds, period } };
  };

  const asked = async ({ lane, pathway, zone, ...rest }: z.output<typeof DashboardQuery>) => {
    const { period, ...found } = await inPeriod(rest);
    const filter: DashboardFilter = { ...period, ...given({ lane, pathway, zone }) };
    return { filter, ...found };
  };

  /** The figures are of all cases; by its code a case is named to whoever reads it. */
  const namedFor = async (reader: Reader, figures: Summary): Promise<Summary> => {
    const { excluded, unverifiedCases, targetItems } = figures;
    const listed = [...excluded.items, ...unverifiedCases.items, ...targetItems];
    const readable = await readableAmong(
      pool,
      reader,
      listed.map((one) => one.case),
    );
    const seen = <T extends { readonly case: string }>(items: readonly T[]) =>
      items.filter((one) => readable.has(one.case));
    return {
      ...figures,
      excluded: { ...excluded, items: seen(excluded.items) },
      unverifiedCases: { ...unverifiedCases, items: seen(unverifiedCases.items) },
      targetItems: seen(targetItems),
    };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/dashboard/summary',
      tag: 'Dashboards',
      summary: 'Time to license, time per procedure, reduction, targets, investment and satisfaction',
      description: 'The figures are of all cases; single cases are listed as far as the caller reads them.',
      auth,
      request,
      responses: { 200: { description: 'The figures', schema: DashboardSummary } },
      handler: async ({ query, person, law, reply }) => {
        const { filter, today, freshness } = await asked(query);
        const figures = await namedFor({ person, on: today }, await dashboardSummary(pool, filter, today));
        return reply(200, { ...freshness, ...summaryOf(figures, law().catalogue) });
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
      handler: async ({ query, law, reply }) => {
        const { filter, today, freshness } = await asked(query);
        const figures = await dashboardAgencies(pool, filter, today);
        return reply(200, { ...freshness, items: agencyItems(figures, law().catalogue) });
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
      handler: async ({ query, law, reply }) => {
        const { filter, today, freshness } = await asked(query);
        return reply(200, {
          ...freshness,
          ...automationOf(await dashboardHandling(pool, filter), law().catalogue, today),
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/sandbox',
      tag: 'Dashboards',
      summary:
        'The sandbox: who registered and filed, what was tested and how it ended, holds, incidents, reports, lessons',
      auth,
      request: { query: SandboxQuery },
      responses: { 200: { description: 'The figures', schema: DashboardSandbox } },
      handler: async ({ query: { regime, field, ...rest }, law, reply }) => {
        const { period, freshness } = await inPeriod(rest);
        const figures = await sandboxFigures(pool, { ...period, ...given({ regime, field }) });
        return reply(200, { ...freshness, ...sandboxView(figures, law().catalogue) });
      },
    }),
  ];
}
