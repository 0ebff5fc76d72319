import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { refuse } from '../../domain/errors.js';
import { measureList } from '../../domain/measures/catalogue.js';
import { Agency } from '../../domain/schemas/agency.js';
import { PlainDate } from '../../domain/schemas/calendar.js';
import { PathwayDefinition } from '../../domain/schemas/pathway.js';
import { ProcedureDefinition } from '../../domain/schemas/procedure.js';
import { dateOf, type PlainDate as PlainDay } from '../../domain/time/instants.js';
import { coverageOfCalendar } from '../../domain/time/calendar-ahead.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Code, Day, Text } from '../schemas/common.js';

const auth = { kind: 'anyone' } as const;
const workedDay = z.strictObject({ date: Day, name: Text, source: z.string(), verified: z.boolean() });
const dayOff = workedDay.extend({
  closure: z
    .enum(['whole-day', 'half-day'])
    .optional()
    .describe('Only where the office was closed by an act that came no earlier than that day'),
});
const CalendarView = z
  .strictObject({
    code: z.string(),
    version: z.int(),
    name: Text,
    from: Day,
    to: Day,
    weekend: z.array(z.int()).describe('Days of rest, 0 = Sunday'),
    weekendBasis: z.strictObject({ source: z.string(), verified: z.boolean() }),
    daysOff: z.array(dayOff),
    makeUpDays: z.array(workedDay),
    officeHours: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    officeHoursBasis: z.strictObject({ source: z.string(), verified: z.boolean() }),
  })
  .meta({ id: 'Calendar' });
const CalendarAhead = z
  .strictObject({
    calendar: z.string(),
    coveredTo: Day.describe('The last day that can be counted, by the provisional days of the year after `to`'),
    daysOff: z.array(dayOff).describe('Of that year, until its document is published'),
    missing: z.array(z.int()).describe('Years whose document is missing; from 1 October also the next one'),
  })
  .meta({ id: 'CalendarAhead' });

const MeasureView = z
  .strictObject({
    code: z.string(),
    name: Text,
    unit: z.enum(['share', 'working-day', 'count', 'money', 'score']),
    definition: Text,
    population: Text.describe('Of what it speaks, and what is left out'),
    baseline: z
      .enum(['observed-or-law', 'law', 'observed', 'standard-lane', 'peers'])
      .nullable()
      .describe('What it is set against'),
  })
  .meta({ id: 'Measure' });

/** The law as the engine knows it, with its sources: public. */
export const catalogueRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/procedures',
    tag: 'Catalogue',
    summary: 'Procedures in force on a day, each figure with its legal basis',
    auth,
    request: { query: z.strictObject({ at: PlainDate.optional().describe('Today where it is left out') }) },
    responses: {
      200: {
        description: 'One version of each',
        schema: z
          .strictObject({ at: Day, items: z.array(ProcedureDefinition.meta({ id: 'Procedure' })) })
          .meta({ id: 'Procedures' }),
      },
    },
    handler: async ({ query, law, reply }) => {
      const at = query.at ?? dateOf(await businessNow(pool));
      const items = [...law().catalogue.procedures.values()].flatMap(
        (versions) =>
          versions.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at <= validTo)) ?? [],
      );
      return reply(200, { at, items });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/procedures/{code}',
    tag: 'Catalogue',
    summary: 'Every version of one procedure, newest first',
    auth,
    request: { params: z.strictObject({ code: Code }) },
    responses: {
      200: {
        description: 'Versions',
        schema: z.strictObject({ items: z.array(ProcedureDefinition) }).meta({ id: 'ProcedureVersions' }),
      },
    },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { code }, law, reply }) =>
      reply(200, { items: [...(law().catalogue.procedures.get(code) ?? refuse('NOT_FOUND', { procedure: code }))] }),
  }),
  defineRoute({
    method: 'get',
    path: '/pathways',
    tag: 'Catalogue',
    summary: 'Pathways with the conditions under which each is lawful',
    auth,
    responses: {
      200: {
        description: 'Pathways',
        schema: z
          .strictObject({ asOf: Day, items: z.array(PathwayDefinition.meta({ id: 'Pathway' })) })
          .meta({ id: 'Pathways' }),
      },
    },
    handler: async ({ law, reply }) => {
      const { asOf, pathways } = law().catalogue;
      return reply(200, { asOf, items: [...pathways] });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/agencies',
    tag: 'Catalogue',
    summary: 'Agencies that decide, handle or are asked',
    auth,
    responses: {
      200: {
        description: 'Agencies',
        schema: z.strictObject({ items: z.array(Agency.meta({ id: 'Agency' })) }).meta({ id: 'Agencies' }),
      },
    },
    handler: async ({ law, reply }) => reply(200, { items: [...law().catalogue.agencies.values()] }),
  }),
  defineRoute({
    method: 'get',
    path: '/measures',
    tag: 'Catalogue',
    summary: 'Every figure that is published: how it is computed, of what it speaks, and against what it is set',
    auth,
    responses: {
      200: {
        description: 'Measures',
        schema: z.strictObject({ items: z.array(MeasureView) }).meta({ id: 'Measures' }),
      },
    },
    handler: async ({ reply }) => reply(200, { items: [...measureList] }),
  }),
  defineRoute({
    method: 'get',
    path: '/calendars',
    tag: 'Catalogue',
    summary: 'Working calendars with the document behind each date',
    auth,
    responses: {
      200: {
        description: 'Calendars',
        schema: z
          .strictObject({ items: z.array(CalendarView), ahead: z.array(CalendarAhead) })
          .meta({ id: 'Calendars' }),
      },
    },
    handler: async ({ law, reply }) => reply(200, calendarsOf(law().catalogue, dateOf(await businessNow(pool)))),
  }),
];

const calendarsOf = ({ calendars }: Catalogue, today: PlainDay) => ({
  items: [...calendars.values()].map(({ data }) => data),
  ahead: [...calendars.values()].map(({ data, to: coveredTo, provisional }) => ({
    calendar: data.code,
    coveredTo,
    daysOff: [...provisional],
    missing: [...coverageOfCalendar(data, coveredTo, today).missing],
  })),
});
