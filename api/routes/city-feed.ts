import { z } from 'zod';
import { readCityFeed } from '../../db/read/city-feed.js';
import { envelopeOf } from '../../domain/notices/webhook-envelope.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { CityFeedView } from '../schemas/city-feed.js';
import { followed } from '../schemas/common.js';

/** Everything that happens, for the City's operations centre (docs/operations-centre.md). */
export function cityFeedRoutes({ pool, publicUrl }: ApiDeps) {
  return [
    defineRoute({
      method: 'get',
      path: '/ioc/feed',
      tag: 'Operations centre',
      summary: 'Every event of every case in one order, from a cursor that loses nothing; no free text, no people',
      description:
        'Ask again with `next`. Events of one case come in their sequence; an event can come twice after a crash of the reader, never out of order, and its `id` tells. After a restore of the register a cursor may be gone (`CURSOR_UNKNOWN`): begin anew without one and pass over the ids you have.',
      auth: { kind: 'person', roles: ['leader', 'auditor'], scope: 'dashboard:read' },
      request: {
        query: z.strictObject({
          ...followed,
        }),
      },
      responses: { 200: { description: 'The next events', schema: CityFeedView } },
      refusals: ['CURSOR_UNKNOWN'],
      handler: async ({ query: { cursor, limit }, reply }) => {
        const { items, ...rest } = await readCityFeed(pool, { limit, ...given({ cursor }) });
        const events = items.map(({ event, recordedAt }) => {
          const { id, type, case: code, scope, seq, occurredAt, actor, payload } = envelopeOf(event);
          return {
            specversion: '1.0' as const,
            id,
            source: `${publicUrl}/api/v1/cases/${code}`,
            type: `vn.luong-xanh.${type}`,
            subject: scope,
            time: occurredAt,
            recordedtime: recordedAt,
            datacontenttype: 'application/json' as const,
            data: { case: code, seq, actor, payload },
          };
        });
        return reply(200, { items: events, ...rest });
      },
    }),
  ];
}
