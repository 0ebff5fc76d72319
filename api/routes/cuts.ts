import type pg from 'pg';
import { z } from 'zod';
import { headsByAgency } from '../../db/read/colleagues.js';
import { casesOfFigure, type CutFilter, dashboardCuts } from '../../db/read/dashboards/cuts.js';
import { projectorReader } from '../../db/projection/projector.js';
import { businessNow } from '../../db/register/business-clock.js';
import { feedLagSeconds } from '../../db/register/feed.js';
import { definitionOf, measures } from '../../domain/measures/catalogue.js';
import {
  comparedTo,
  type CutFigure,
  type CutPeriod,
  cutFigures,
  figuresBy,
  periodsIn,
} from '../../domain/measures/cuts.js';
import { dateOf, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { periodAsked } from '../http/period.js';
import { defineRoute } from '../http/route.js';
import { refuseQuery } from '../http/validation.js';
import { CutQuery, DashboardCuts, FigureCases, FigureCasesQuery, FigureName } from '../schemas/cuts.js';
import { cutView, figureItems } from '../views/cuts.js';

const auth = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;
/** Before any case. */
const beginning = plainDate('1900-01-01');

type Query = z.output<typeof CutQuery>;

/** Both ends. */
function periodOf(query: Pick<Query, 'from' | 'to'>, today: PlainDate): CutPeriod {
  const { from, to } = periodAsked(query, today);
  return { from: from ?? beginning, to };
}

/** The periods that are asked for, oldest first. */
export function periodsOf({ every, against, ...query }: Query, today: PlainDate): CutPeriod[] {
  const period = periodOf(query, today);
  if (every === 'whole') {
    if (against === undefined) return [period];
    if (query.from === undefined) refuseQuery('/from', '`against` needs `from`');
    return [comparedTo(period, against), period];
  }
  if (against !== undefined) refuseQuery('/against', 'only with `every=whole`');
  if (query.from === undefined) refuseQuery('/from', `\`every=${every}\` needs \`from\``);
  return periodsIn(period, every);
}

/** Of all time where it has no beginning. */
export const shownPeriod = ({ from, to }: CutPeriod) => ({ from: from === beginning ? null : from, to });
export const cutFilterOf = ({ lane, pathway, zone }: Pick<Query, 'lane' | 'pathway' | 'zone'>): CutFilter =>
  given({ lane, pathway, zone });

/** The cases behind a figure, with what it is. */
export async function readFigureCases(
  pool: pg.Pool,
  figure: CutFigure,
  query: Pick<z.output<typeof FigureCasesQuery>, 'by' | 'key' | 'from' | 'to' | 'lane' | 'pathway' | 'zone'>,
  reading: Parameters<typeof casesOfFigure>[2],
) {
  const period = periodOf(query, reading.today);
  const { by: dimension, key } = query;
  if (!figuresBy(dimension).includes(figure)) refuseQuery('/by', `\`${dimension}\` has no such figure`);
  const found = await casesOfFigure(pool, { figure, dimension, key, period, filter: cutFilterOf(query) }, reading);
  const measure = cutFigures[figure];
  return { name: measures[measure].name, definition: definitionOf(measure), period: shownPeriod(period), found };
}

/** The figures cut by what tells cases apart, over months and quarters and against other periods; and the cases behind each. */
export function cutRoutes({ pool }: ApiDeps) {
  const freshness = async () => {
    const asOf = await businessNow(pool);
    return { asOf, today: dateOf(asOf), dataAgeSeconds: await feedLagSeconds(pool, projectorReader) };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/dashboard/cuts',
      tag: 'Dashboards',
      summary:
        'The figures by lane, pathway, field, country, zone, investor or agency; by month or quarter, or against another period',
      description: '`GET /dashboard/figures/{figure}/cases` gives the cases behind each figure; they add up to it.',
      auth,
      request: { query: CutQuery },
      responses: { 200: { description: 'The figures, rows by key', schema: DashboardCuts } },
      handler: async ({ query, law, reply }) => {
        const { asOf, today, dataAgeSeconds } = await freshness();
        const periods = periodsOf(query, today);
        const rows = await dashboardCuts(pool, query.by, periods, cutFilterOf(query), today);
        const heads = query.by === 'agency' ? await headsByAgency(pool) : new Map<string, string[]>();
        const view = cutView(query.by, rows, law().catalogue, heads);
        return reply(200, { asOf, dataAgeSeconds, periods: periods.map(shownPeriod), ...view });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/dashboard/figures/{figure}/cases',
      tag: 'Dashboards',
      summary: 'The cases behind a figure of a row, each with what it adds; as far as the caller reads them',
      auth,
      request: { params: z.strictObject({ figure: FigureName }), query: FigureCasesQuery },
      responses: { 200: { description: 'A page', schema: FigureCases } },
      handler: async ({ params: { figure }, query, person, law, reply }) => {
        const { asOf, today, dataAgeSeconds } = await freshness();
        const { cursor, limit } = query;
        const reading = { reader: { person, on: today }, today, limit, ...given({ cursor }) };
        const { definition, period, found } = await readFigureCases(pool, figure, query, reading);
        const { n, next } = found;
        const items = figureItems(found.items, law().catalogue);
        return reply(200, { asOf, dataAgeSeconds, figure, definition, period, n, items, next });
      },
    }),
  ];
}
