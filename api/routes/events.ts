import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { lookAtTask } from '../../db/people/presence.js';
import { personRoles } from '../../domain/people/access-scopes.js';
import { type Access } from '../auth/access.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Instant, many, TaskId } from '../schemas/common.js';
import { createStreams } from '../streams.js';

const breathMs = 20_000;
const readers = ['receiving-officer', 'officer', 'head', 'leader', 'auditor', 'admin'] as const;

const PresenceView = z
  .strictObject({
    others: many(z.strictObject({ id: z.string(), name: z.string(), since: Instant.describe('Real time') })),
  })
  .meta({ id: 'Presence', description: 'Who else has the task open; forgotten within a minute' });

/** What pages hear while they are open: that something happened, and who else is looking. */
export function eventRoutes({ pool, news, logger }: ApiDeps, access: Access) {
  const onError = (err: unknown) => logger.warn({ err }, 'news was not told');
  const streams = news && createStreams({ pool, news, onError });
  return [
    defineRoute({
      method: 'get',
      path: '/events',
      tag: 'Service',
      summary:
        'Cases of the caller in which something happens, as it happens: server-sent events with identifiers only',
      description:
        'First `ready`, then `case` with `{case, caseSeq}` for each case the caller reads. What happened while nobody was connected is not sent again: after each `ready` read anew what is shown. It ends by itself, within seconds of the caller’s signing out or the end of their token, and whoever listens connects again; of more than 32 at once the oldest ends.',
      auth: { kind: 'person', roles: personRoles, scope: null },
      request: {
        query: z.strictObject({
          seconds: z.coerce.number().int().min(0).max(300).default(240).describe('How long it goes on'),
        }),
      },
      responses: { 200: { description: 'The stream', content: 'text/event-stream' } },
      handler: ({ person, signIn, query: { seconds }, signal, reply }) => {
        const stream = new PassThrough();
        const say = (text: string) => void (stream.writableEnded || stream.write(text));
        const end = () => void (stream.writableEnded || stream.end());
        const leave = streams?.join(person.id, {
          signIn,
          tell: (one) => say(`event: case\ndata: ${JSON.stringify(one)}\n\n`),
          end,
        });
        const breathing = setInterval(() => say(':\n\n'), breathMs);
        const over = setTimeout(end, seconds * 1_000);
        stream.once('close', () => {
          clearInterval(breathing);
          clearTimeout(over);
          leave?.();
        });
        signal.addEventListener('abort', () => stream.destroy(), { once: true });
        say('retry: 2000\nevent: ready\ndata: {}\n\n');
        return Promise.resolve(reply(200, stream, { 'Cache-Control': 'no-store, no-transform' }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/{id}/presence',
      tag: 'Tasks',
      summary: 'Who else has the task open; who asks has it open, too, for as long as they go on asking',
      auth: { kind: 'person', roles: readers, scope: 'case:read', access: access.readTask },
      request: { params: z.strictObject({ id: TaskId }) },
      responses: { 200: { description: 'The others', schema: PresenceView } },
      refusals: ['TASK_NOT_YOURS', 'NOT_FOUND'],
      handler: async ({ params: { id }, person, reply }) =>
        reply(200, { others: await lookAtTask(pool, id, person.id) }),
    }),
  ];
}
