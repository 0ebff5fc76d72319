import { z } from 'zod';
import { findCaseState } from '../../db/read/case-state.js';
import { statusesOf } from '../../db/outbound/statuses.js';
import { refuse } from '../../domain/errors.js';
import { type Access } from '../auth/access.js';
import { readerRefusals, readingCase } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode } from '../schemas/common.js';
import { StatusesView } from '../schemas/statuses.js';
import { statusViews } from '../views/statuses.js';

/** What the National Portal and the City's procedure system were told of the dossiers of a case. */
export const statusRoutes = ({ pool }: ApiDeps, access: Access) => [
  defineRoute({
    method: 'get',
    path: '/cases/{code}/statuses',
    tag: 'Cases',
    summary: 'Which states of its dossiers other systems were told, when, and what waits',
    description:
      'Each of the portal’s ten states once, in order, to the National Public Service Portal and to the City’s procedure system. Once a day what they hold is compared with it.',
    auth: { ...readingCase, access: async (call) => void (await access.readCase(call)) },
    request: { params: z.strictObject({ code: CaseCode }) },
    responses: { 200: { description: 'The states', schema: StatusesView } },
    refusals: readerRefusals,
    handler: async ({ params: { code }, law, reply }) => {
      const state = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
      const items = statusViews(await statusesOf(pool, code), state, law().law);
      return reply(200, { case: code, items });
    },
  }),
];
