import { Readable } from 'node:stream';
import { type z } from 'zod';
import { casesAt, dashboardBottlenecks } from '../../db/read/dashboards/bottlenecks.js';
import type { DashboardFilter } from '../../db/read/dashboards/filter.js';
import { tracesOf } from '../../db/read/event-log.js';
import { projectorReader } from '../../db/projection/projector.js';
import { businessNow } from '../../db/register/business-clock.js';
import { feedLagSeconds } from '../../db/register/feed.js';
import { xesHead, xesTail, xesTrace } from '../../domain/measures/xes.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { periodAsked } from '../http/period.js';
import { defineRoute } from '../http/route.js';
import { DashboardBottlenecks, StepCases, StepPlaceQuery } from '../schemas/bottlenecks.js';
import { DashboardQuery } from '../schemas/dashboards.js';
import { bottleneckView } from '../views/bottlenecks.js';

const roles = ['leader', 'auditor', 'head'] as const;
const auth = { kind: 'person', roles, scope: 'dashboard:read' } as const;

/** Where files wait and what it would save to take them at once; the cases behind it; the log of events for process mining. */
export function bottleneckRoutes({ pool, security }: ApiDeps) {
  const asked = async ({ from, to, lane, pathway, zone }: z.output<typeof DashboardQuery>) => {
    const asOf = await businessNow(pool);
    const today = dateOf(asOf);
    const period = periodAsked({ from, to }, today);
    const filter: DashboardFilter = { ...period, ...given({ lane, pathway, zone }) };
    const dataAgeSeconds = await feedLagSeconds(pool, projectorReader);
    return { today, filter, period, freshness: { asOf, dataAgeSeconds, period } };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/dashboard/bottlenecks',
      tag: 'Dashboards',
      summary:
        'Waiting against working time per step and agency, queues, days lost per clause, and the paths that cases took',
      auth,
      request: { query: DashboardQuery },
      responses: { 200: { description: 'The figures', schema: DashboardBottlenecks } },
      handler: async ({ query, law, reply }) => {
        const { filter, freshness } = await asked(query);
        return reply(200, {
          ...freshness,
          ...bottleneckView(await dashboardBottlenecks(pool, filter), law().catalogue),
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/bottlenecks/cases',
      tag: 'Dashboards',
      summary: 'The work behind the figures of one step at one agency; as far as the caller reads it',
      auth,
      request: { query: StepPlaceQuery },
      responses: { 200: { description: 'A page', schema: StepCases } },
      handler: async ({ query, person, reply }) => {
        const { procedure, step, agency, cursor, limit, ...rest } = query;
        const { filter, freshness, today } = await asked(rest);
        const reading = { reader: { person, on: today }, limit, ...given({ cursor }) };
        return reply(200, { ...freshness, ...(await casesAt(pool, filter, { procedure, step, agency }, reading)) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/event-log',
      tag: 'Dashboards',
      summary:
        'The events of the cases opened in the period that the caller reads, as XES for process mining: no person, no words',
      description:
        'XES (IEEE 1849-2016): one trace per case; `org:group` is the agency that acted. `lane`, `pathway` and `zone` are not asked here.',
      auth: { kind: 'person', roles: ['leader', 'auditor'], scope: 'dashboard:read' },
      request: { query: DashboardQuery.pick({ from: true, to: true }) },
      responses: { 200: { description: 'The log', content: 'application/xml' } },
      handler: async ({ query, person, reply }) => {
        const { period, today } = await asked(query);
        // However many cases it holds: whoever takes it has all of them.
        security?.note({ kind: 'bulk-export', account: person.id });
        const log = async function* () {
          yield xesHead;
          for await (const trace of tracesOf(pool, period, { person, on: today })) yield xesTrace(trace);
          yield xesTail;
        };
        const headers = { 'Content-Disposition': `attachment; filename="luong-xanh-${period.to}.xes"` };
        return reply(200, Readable.from(log()), headers);
      },
    }),
  ];
}
