import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { refuse } from '../../domain/errors.js';
import { fitsAt } from '../../domain/law/regime-fit.js';
import { newestFirst, regimesAt } from '../../domain/law/regime.js';
import { PlainDate } from '../../domain/schemas/calendar.js';
import { SandboxFiling } from '../../domain/schemas/trial.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Code, Day } from '../schemas/common.js';
import { FitAnswer, RegimeSummary, RegimeView } from '../schemas/regimes.js';
import { fitAnswer, regimeSummary, regimeView } from '../views/regimes.js';

const auth = { kind: 'anyone' } as const;

/** Under which regimes something may be tried, as the engine knows them: public. */
export const regimeRoutes = ({ pool }: Pick<ApiDeps, 'pool'>) => [
  defineRoute({
    method: 'get',
    path: '/regimes',
    tag: 'Sandbox',
    summary: 'The sandbox regimes, with whether each takes trials today and why not',
    auth,
    responses: {
      200: {
        description: 'One version of each: the one in force today, else the newest',
        schema: z.strictObject({ asOf: Day, items: z.array(RegimeSummary) }).meta({ id: 'Regimes' }),
      },
    },
    handler: async ({ law, reply }) => {
      const { catalogue } = law();
      const today = dateOf(await businessNow(pool));
      const items = regimesAt(catalogue.regimes.values(), today).map((one) => regimeSummary(catalogue, one, today));
      return reply(200, { asOf: today, items });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/regimes/{code}',
    tag: 'Sandbox',
    summary: 'One regime: every figure with its source, its limits, its texts, and what nobody has verified',
    auth,
    request: {
      params: z.strictObject({ code: Code }),
      query: z.strictObject({
        version: z
          .string()
          .max(100)
          .regex(/^[a-z0-9-]+@([0-9-]{10}|undated)$/)
          .optional()
          .describe('`<code>@<date>`; the newest where it is left out'),
      }),
    },
    responses: { 200: { description: 'The regime', schema: RegimeView } },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { code }, query: { version }, law, reply }) => {
      const { catalogue } = law();
      const versions = newestFirst(catalogue.regimes.values(), code);
      const found = version === undefined ? versions[0] : versions.find(({ rules }) => rules.version === version);
      const one = found ?? refuse('NOT_FOUND', { regime: code });
      const today = dateOf(await businessNow(pool));
      const known = versions.map(({ rules }) => rules.version);
      return reply(200, regimeView(catalogue, one, { today, versions: known }));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/regimes/fit',
    tag: 'Sandbox',
    summary: 'Dry run: what every regime says about a solution, and which would take it; nothing is kept',
    auth,
    request: {
      query: z.strictObject({ at: PlainDate.optional().describe('Day of filing; today where it is left out') }),
      body: SandboxFiling,
    },
    responses: { 200: { description: 'Verdicts with reasons', schema: FitAnswer } },
    handler: async ({ body, query, law, reply }) => {
      const at = query.at ?? dateOf(await businessNow(pool));
      return reply(200, fitAnswer(fitsAt(law().catalogue.regimes.values(), body, at), body.regime, at));
    },
  }),
];
