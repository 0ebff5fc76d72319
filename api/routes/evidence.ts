import { z } from 'zod';
import { newestRoot } from '../../db/register/roots.js';
import { refuse } from '../../domain/errors.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Instant } from '../schemas/common.js';

const NewestRootView = z
  .strictObject({
    number: z.int().describe('From 1, without gaps'),
    writtenAt: Instant,
    root: z
      .string()
      .describe('SHA-256 over every case that moved since the root before, that root, and the count of all cases'),
    previous: z.string().describe('The root before it'),
    cases: z
      .int()
      .nullable()
      .describe('All cases that the roots cover; null where it was written before roots were signed'),
    signature: z.string().nullable().describe('Over the 32 bytes of `root`, base64'),
    algorithm: z.string().nullable(),
    keyId: z.string().nullable().describe('The start of the SHA-256 of the public key'),
    since: z
      .strictObject({ cases: z.int(), events: z.int() })
      .describe('What has happened since: not covered until the next root, an hour later at most'),
  })
  .meta({ id: 'ChainRoot' });

/** What an auditor writes down, to know later whether the evidence is still the same. */
export function evidenceRoutes({ pool }: ApiDeps) {
  return [
    defineRoute({
      method: 'get',
      path: '/evidence/root',
      tag: 'Evidence',
      summary:
        'The newest root over the chains of all cases: whoever keeps a copy outside can prove later that nothing under it was changed',
      auth: { kind: 'person', roles: ['auditor'], scope: 'evidence:read' },
      responses: { 200: { description: 'The newest root', schema: NewestRootView } },
      refusals: ['NOT_FOUND'],
      handler: async ({ reply }) => reply(200, (await newestRoot(pool)) ?? refuse('NOT_FOUND', { root: 'none yet' })),
    }),
  ];
}
