import { z } from 'zod';
import { endWebSession, listWebSessions } from '../../db/people/web-sessions.js';
import { refuse } from '../../domain/errors.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Instant, many, Nothing } from '../schemas/common.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'engine:operate' } as const;

const SessionsView = z
  .strictObject({
    items: many(
      z.strictObject({
        id: z.string(),
        person: z.string(),
        name: z.string().nullable(),
        expiresAt: Instant.describe('Real time'),
      }),
    ),
  })
  .meta({ id: 'WebSessions' });

/** Who is signed in at the pages; programs carry tokens and have no session. */
export const sessionRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/sessions',
    tag: 'Operations',
    summary: 'Who is signed in at the pages, by person',
    auth: admins,
    responses: { 200: { description: 'At most a thousand', schema: SessionsView } },
    handler: async ({ reply }) => reply(200, { items: await listWebSessions(pool) }),
  }),
  defineRoute({
    method: 'post',
    path: '/sessions/{id}/end',
    tag: 'Operations',
    summary: 'End a session: whoever carries it signs in again',
    auth: admins,
    idempotent: 'own',
    request: { params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/) }), body: Nothing },
    responses: {
      200: { description: 'Ended', schema: z.strictObject({ ended: z.literal(true) }).meta({ id: 'SessionEnded' }) },
    },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { id }, repeated, reply }) => {
      if (!(await endWebSession(pool, id)) && !repeated) refuse('NOT_FOUND', { session: id });
      return reply(200, { ended: true });
    },
  }),
];
