import { z } from 'zod';
import { newestSecurityEvents, readSecurityEvents, type SecurityEvent } from '../../db/people/security.js';
import { securityName, severityOf } from '../../domain/people/security.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { SecurityEvents, SecurityKindName } from '../schemas/security.js';
import { followed } from '../schemas/common.js';

const orNull = (text: string): string | null => (text === '' ? null : text);

const viewOf = ({ id, kind, account, subject, caller, firstAt, lastAt, times }: SecurityEvent) => ({
  id: String(id),
  kind,
  name: securityName(kind),
  severity: severityOf(kind, times),
  account: orNull(account),
  subject: orNull(subject),
  caller: orNull(caller),
  firstAt,
  lastAt,
  times,
});

/** What the City's security centre follows (docs/security-events.md). */
export const securityRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/security/events',
    tag: 'Security',
    summary:
      'What was refused, locked, forged or unusual, in one order, from a cursor; no person but the id of an account',
    description:
      'Ask again with `next`. The same thing within an hour is one event that is counted: it comes again, under its `id`, when it went on. After a restore of the register a cursor is gone (`CURSOR_UNKNOWN`): begin anew without one. `newest=true` gives the newest, newest first, without a cursor.',
    auth: { kind: 'person', roles: ['auditor', 'operator'], scope: ['evidence:read', 'engine:operate'] },
    request: {
      query: z.strictObject({
        ...followed,
        newest: z
          .enum(['true', 'false'])
          .default('false')
          .describe('true: the newest first; `cursor` is not looked at'),
        kind: SecurityKindName.optional(),
      }),
    },
    responses: { 200: { description: 'The next events', schema: SecurityEvents } },
    refusals: ['CURSOR_UNKNOWN'],
    handler: async ({ query: { cursor, newest, kind, limit }, reply }) => {
      if (newest === 'true') {
        const items = (await newestSecurityEvents(pool, { limit, ...given({ kind }) })).map(viewOf);
        return reply(200, { items, next: null, more: items.length === limit });
      }
      const { items, ...rest } = await readSecurityEvents(pool, { limit, ...given({ cursor, kind }) });
      return reply(200, { items: items.map(viewOf), ...rest });
    },
  }),
];
