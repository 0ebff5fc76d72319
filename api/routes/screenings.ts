import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { Instant, PlainDate } from '../../domain/schemas/calendar.js';
import { Filing } from '../../domain/schemas/project.js';
import { screen } from '../../domain/lane/screening.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Screening, ScreeningLaw } from '../schemas/screening.js';
import { lawOfScreening } from '../views/screening-law.js';

/** The dry run: anybody may ask what a project would become; nothing is kept. */
export const screeningRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'post',
    path: '/screenings',
    tag: 'Filing',
    summary: 'Dry run: lane with reasons, lawful pathways with critical paths, baseline and target',
    auth: { kind: 'anyone' },
    request: {
      query: z.strictObject({
        at: Instant.optional().describe('Instant of filing; now where it is left out'),
        lawAt: PlainDate.optional().describe('Day whose law applies; the day of filing where it is left out'),
      }),
      body: Filing,
    },
    responses: { 200: { description: 'What it would become', schema: Screening } },
    refusals: ['CALENDAR_UNKNOWN', 'DEFINITION_UNKNOWN'],
    handler: async ({ body, query, law, reply }) => {
      const at = query.at ?? (await businessNow(pool));
      return reply(200, screen(body, at, law().catalogue, query.lawAt ?? dateOf(at)));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/screenings/law',
    tag: 'Filing',
    summary:
      'The law by which dry runs are made, for whoever makes them elsewhere: the pages do, as days and answers are changed',
    auth: { kind: 'anyone' },
    responses: {
      200: { description: 'Definitions, rules, calendars and settings as they hold now', schema: ScreeningLaw },
    },
    handler: ({ law, reply }) => Promise.resolve(reply(200, { law: lawOfScreening(law().catalogue) })),
  }),
];
