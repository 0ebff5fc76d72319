import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { colleaguesOf } from '../../db/read/colleagues.js';
import { workloadOf } from '../../db/read/workload.js';
import { personRoles } from '../../domain/people/access-scopes.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Code, Day, many } from '../schemas/common.js';

const named = z.strictObject({ id: z.string(), name: z.string() });
const ColleaguesView = z
  .strictObject({
    agency: z.string(),
    items: many(
      named.extend({
        role: z.enum(personRoles),
        absentUntil: Day.nullable().describe('Last day of the absence they are in; null: they are there'),
        standIn: named.nullable().describe('Who stands in for them today; null where nobody has accepted to'),
      }),
    ),
  })
  .meta({ id: 'Colleagues' });

const WorkloadView = z
  .strictObject({
    agency: z.string(),
    items: many(
      z.strictObject({
        person: z.string().nullable().describe('Who holds them; null: nobody does'),
        held: z.int().describe('Unfinished tasks'),
        breached: z.int(),
        atRisk: z.int(),
        overdue: z.int().describe('Past the date of the task itself'),
      }),
    ),
  })
  .meta({ id: 'Workload' });

const insiders = ['receiving-officer', 'officer', 'head'] as const;

/** Whom a task can be given to, who can stand in, who can be named. */
export const colleagueRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/agencies/{agency}/people',
    tag: 'Tasks',
    summary: 'Who works in an agency: one’s own, and every one for the City’s leadership and administrators',
    auth: { kind: 'person', roles: [...insiders, 'leader', 'admin'], scope: 'case:read' },
    request: { params: z.strictObject({ agency: Code }) },
    responses: { 200: { description: 'Heads first', schema: ColleaguesView } },
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    handler: async ({ params: { agency }, person, law, reply }) => {
      const all = person.role === 'leader' || person.role === 'admin';
      if (!all && person.agency !== agency) refuse('FORBIDDEN', { agency: person.agency });
      if (!law().catalogue.agencies.has(agency)) refuse('NOT_FOUND', { agency });
      const items = await colleaguesOf(pool, agency, dateOf(await businessNow(pool)));
      return reply(200, { agency, items });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/agencies/{agency}/workload',
    tag: 'Tasks',
    summary: 'How much everybody of an agency has in hand, and what nobody has: for its head and the City’s leadership',
    auth: { kind: 'person', roles: ['head', 'leader', 'admin'], scope: 'case:read' },
    request: { params: z.strictObject({ agency: Code }) },
    responses: { 200: { description: 'By holder', schema: WorkloadView } },
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    handler: async ({ params: { agency }, person, law, reply }) => {
      if (person.role === 'head' && person.agency !== agency) refuse('FORBIDDEN', { agency: person.agency });
      if (!law().catalogue.agencies.has(agency)) refuse('NOT_FOUND', { agency });
      return reply(200, { agency, items: await workloadOf(pool, agency, dateOf(await businessNow(pool))) });
    },
  }),
];
