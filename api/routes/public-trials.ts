import { z } from 'zod';
import { findPublicTrial, listPublicTrials, type PublicTrial } from '../../db/read/trials.js';
import { getAgency, type Text as Words } from '../../domain/law/agency.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { refuse } from '../../domain/errors.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { endings } from '../../domain/law/trial-terms.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Code, Day, DossierCode, many, page, pageOf, Text } from '../schemas/common.js';

const publicPhases = ['admitted', 'running', 'paused', 'assessment', 'transition', 'ended'] as const;

const Limit = z.strictObject({
  code: z.string(),
  name: Text,
  unit: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  inclusive: z.boolean().optional().describe('The bound itself is allowed'),
  values: many(z.union([z.string(), z.boolean()])).optional(),
});

const PublicTrialView = z
  .strictObject({
    code: z.string().describe('Dossier code of its admission'),
    solution: Text.nullable().describe('What is tried; null once the filing was erased'),
    holder: z
      .string()
      .nullable()
      .describe('The organisation that was admitted; null for a natural person, and once the filing was erased'),
    regime: z.string(),
    regimeName: Text,
    field: z.string(),
    fieldName: Text,
    authority: z.string(),
    authorityName: Text,
    supervisor: z.string(),
    supervisorName: Text,
    phase: z.enum(publicPhases).describe('`paused`: held or suspended, for whatever reason'),
    admittedOn: Day,
    startedOn: Day.nullable(),
    until: Day.describe('The last day of its term, counted'),
    endedOn: Day.nullable(),
    ending: z.enum(endings).nullable(),
    transitionUntil: Day.nullable(),
    certificate: z.string().nullable().describe('Number of the certificate of completion'),
    conditions: z.strictObject({
      areas: many(z.strictObject({ name: Text, site: z.string() })),
      limits: many(Limit).describe('A limit on money stands here without its amount'),
      reportEvery: z.strictObject({ amount: z.int(), unit: z.enum(['week', 'month']) }),
      dataLocation: z.enum(['none', 'in-country', 'abroad']),
    }),
  })
  .meta({ id: 'PublicTrial', description: 'A trial that was admitted: no measurement, incident, document or contact' });

/** The register of admitted trials, for anybody. */
export function publicTrialRoutes({ pool, limits, requestCounts }: ApiDeps) {
  const limiter = addressLimiter({
    name: 'public-trials',
    perMinute: limits.publicPerMinute,
    shared: requestCounts,
  }).limit;
  const auth = { kind: 'anyone' } as const;
  return [
    defineRoute({
      method: 'get',
      path: '/public/trials',
      tag: 'Public',
      summary: 'Trials of the sandbox, running and ended, admitted last first',
      auth,
      limiter,
      request: {
        query: z.strictObject({
          state: z.enum(['running', 'ended']).optional().describe('`running`: not ended yet'),
          regime: Code.optional(),
          field: Code.optional(),
          ...page,
        }),
      },
      responses: {
        200: {
          description: 'A page',
          schema: pageOf(PublicTrialView, 'PublicTrials'),
        },
      },
      handler: async ({ query: { limit, ...filter }, law, reply }) => {
        const { items, next } = await listPublicTrials(pool, { limit, ...given(filter) });
        const { catalogue } = law();
        return reply(200, { items: items.map((one) => viewOf(one, catalogue)), next });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/public/trials/{code}',
      tag: 'Public',
      summary: 'One trial of the sandbox, by the dossier code of its admission or the code of its case',
      auth,
      limiter,
      request: { params: z.strictObject({ code: z.union([CaseCode, DossierCode]) }) },
      responses: { 200: { description: 'The trial', schema: PublicTrialView } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { code }, law, reply }) => {
        const found = (await findPublicTrial(pool, code)) ?? refuse('NOT_FOUND', { trial: code });
        return reply(200, viewOf(found, law().catalogue));
      },
    }),
  ];
}

/** What a trial is held for is nobody's business before it was looked into: a hold reads like any other pause. */
const phaseOf: Readonly<Record<Phase, (typeof publicPhases)[number]>> = {
  admission: 'admitted',
  admitted: 'admitted',
  running: 'running',
  held: 'paused',
  suspended: 'paused',
  assessment: 'assessment',
  transition: 'transition',
  ended: 'ended',
  over: 'ended',
};

function viewOf(trial: PublicTrial, { regimes, agencies }: Catalogue): z.input<typeof PublicTrialView> {
  const { dossierCode: code, version, field, phase, authority, supervises, conditions, ...rest } = trial;
  const { regime } = regimes.get(version) ?? refuse('DEFINITION_UNKNOWN', { regime: version });
  const nameOf = (agency: string): Words => getAgency(agencies, agency).name;
  return {
    ...rest,
    code,
    regime: regime.code,
    regimeName: regime.name,
    field,
    fieldName: regime.fields.find((one) => one.code === field)?.name ?? { vi: field, en: field },
    authority,
    authorityName: nameOf(authority),
    supervisor: supervises,
    supervisorName: nameOf(supervises),
    phase: phaseOf[phase],
    conditions: {
      ...conditions,
      limits: conditions.limits.map(({ code: limit, name, unit, ...bounds }) => ({
        code: limit,
        name,
        unit,
        ...given(bounds),
      })),
    },
  };
}
