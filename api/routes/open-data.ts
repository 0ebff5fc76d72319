import { z } from 'zod';
import { agencyCards, type AgencyCard } from '../../db/read/dashboards/report-figures.js';
import { mostQuarters, publishedQuarters, timelinesIn } from '../../db/read/open-data.js';
import { businessNow } from '../../db/register/business-clock.js';
import { refuse } from '../../domain/errors.js';
import { getAgency } from '../../domain/law/agency.js';
import { agencyFigures, reportFigures } from '../../domain/leadership/report-figures.js';
import { definitionOf } from '../../domain/measures/catalogue.js';
import {
  openColumnNames,
  openColumns,
  openCsv,
  openTimelines,
  type OpenTimelines,
} from '../../domain/measures/open-timelines.js';
import { type Quarter } from '../../domain/measures/quarters.js';
import { isPublishable, leastCases } from '../../domain/measures/small-cells.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { keeping } from '../http/kept.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { writtenFigure } from '../views/reports.js';
import { OpenTimelineSet, QuarterCode, ScorecardQuery, Scorecards } from '../schemas/open-data.js';

const anyone = { kind: 'anyone' } as const;
/** What is published of a quarter that is over hardly ever changes. */
const keptMs = 10 * 60_000;
const kept = { 'Cache-Control': `public, max-age=${keptMs / 1_000}` };
const set = '/public/open-data/decision-timelines';

const quarterView = ({ code, from, to }: Quarter) => ({ quarter: code, from, to });
const figureView = ({ few, figure, n, count, value }: AgencyCard['figures'][number]) =>
  few
    ? { figure, few, n: null, count: null, value: null, written: null }
    : { figure, few, n, count, value, written: writtenFigure({ figure, n, count, value }) };

/** What anybody may hold agencies to, and reckon with: of quarters that are over, so that nothing tells one case by what was added since yesterday. */
export function openDataRoutes({ pool, limits, requestCounts }: ApiDeps) {
  const limiter = addressLimiter({
    name: 'open-data',
    perMinute: limits.publicPerMinute,
    shared: requestCounts,
  }).limit;
  const cards = keeping<AgencyCard[]>({ ms: keptMs, most: mostQuarters });
  const timelines = keeping<OpenTimelines>({ ms: keptMs, most: mostQuarters });
  const cardsOf = (quarter: Quarter) => cards(quarter.code, () => agencyCards(pool, quarter));
  const timelinesOf = (quarter: Quarter) =>
    timelines(quarter.code, async () => openTimelines(quarter.code, await timelinesIn(pool, quarter)));
  const quarters = async (): Promise<{ asOf: Instant; over: readonly Quarter[] }> => {
    const asOf = await businessNow(pool);
    return { asOf, over: await publishedQuarters(pool, dateOf(asOf)) };
  };
  const find = (over: readonly Quarter[], quarter: string): Quarter =>
    over.find(({ code }) => code === quarter) ?? refuse('NOT_FOUND', { quarter });

  return [
    defineRoute({
      method: 'get',
      path: '/public/scorecards',
      tag: 'Public',
      summary:
        'How each agency kept its terms in one quarter that is over, with definitions; figures of few cases are withheld',
      auth: anyone,
      limiter,
      request: { query: ScorecardQuery },
      responses: { 200: { description: 'The scorecards, by agency', schema: Scorecards } },
      refusals: ['NOT_FOUND'],
      handler: async ({ query: { quarter }, law, reply }) => {
        const { asOf, over } = await quarters();
        const shown = quarter === undefined ? over[0] : find(over, quarter);
        const { law: rules, catalogue } = law();
        const items = (shown ? await cardsOf(shown) : []).map(({ agency, figures }) => ({
          agency,
          name: getAgency(catalogue.agencies, agency).name,
          commandedByCity: rules.commandedByCity(agency),
          figures: figures.map(figureView),
        }));
        const figures = agencyFigures.map((figure) => {
          const { name, unit, measure } = reportFigures[figure];
          return { figure, name, unit, definition: definitionOf(measure) };
        });
        return reply(
          200,
          {
            asOf,
            leastCases,
            quarters: over.map(quarterView),
            shown: shown ? quarterView(shown) : null,
            figures,
            items,
          },
          kept,
        );
      },
    }),
    defineRoute({
      method: 'get',
      path: set,
      tag: 'Public',
      summary:
        'Open data: how long each procedure took that was decided, without anything that tells one; files and dictionary',
      description:
        'A file for each quarter that is over. Every row says the same as those of at least four other cases in the file; one that does not is made coarser, or withheld.',
      auth: anyone,
      limiter,
      responses: { 200: { description: 'The data set', schema: OpenTimelineSet } },
      handler: async ({ reply }) => {
        const { asOf, over } = await quarters();
        const files = [];
        for (const quarter of over) {
          const { published, withheld } = await timelinesOf(quarter);
          files.push({
            ...quarterView(quarter),
            address: `/api/v1${set}/${quarter.code}`,
            rows: published,
            withheld: isPublishable(withheld) ? withheld : null,
          });
        }
        const columns = openColumnNames.map((column) => ({ column, ...openColumns[column] }));
        return reply(200, { asOf, leastCases, columns, files }, kept);
      },
    }),
    defineRoute({
      method: 'get',
      path: `${set}/{quarter}`,
      tag: 'Public',
      summary: 'One quarter of the data set as CSV',
      auth: anyone,
      limiter,
      request: { params: z.strictObject({ quarter: QuarterCode }) },
      responses: { 200: { description: 'RFC 4180, UTF-8, with a heading', content: 'text/csv' } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { quarter }, reply }) => {
        const { over } = await quarters();
        return reply(200, openCsv(await timelinesOf(find(over, quarter))), {
          ...kept,
          'Content-Type': 'text/csv; charset=utf-8; header=present',
          'Content-Disposition': `attachment; filename="decision-timelines-${quarter}.csv"`,
        });
      },
    }),
  ];
}
