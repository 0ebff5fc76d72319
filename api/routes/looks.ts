import { z } from 'zod';
import { isWithoutTask, listLooks, type LookFilter, statedIn } from '../../db/people/looks.js';
import { type Access } from '../auth/access.js';
import { parties, readerRefusals } from '../auth/callers.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Code, line, page } from '../schemas/common.js';
import { LooksView } from '../schemas/looks.js';

/** Who looked into cases. An investor sees which agencies did in what role, an auditor who. */
export function lookRoutes({ pool }: ApiDeps, access: Access) {
  const answer = async (person: Person, filter: LookFilter): Promise<z.input<typeof LooksView>> => {
    const { items, next } = await listLooks(pool, filter);
    const isAuditor = person.role === 'auditor';
    return {
      items: items.map(({ caseCode, person: who, role, agency, kind, subject, firstAt, lastAt, times, why }) => {
        const task = isAuditor && why?.kind === 'task' ? why.task : null;
        const what = { person: isAuditor ? who : null, subject: isAuditor ? subject : '', task };
        const because = { why: why?.kind ?? null, reason: statedIn(why), withoutTask: isWithoutTask(why) };
        return { caseCode, role, agency, kind, firstAt, lastAt, times, ...what, ...because };
      }),
      next,
    };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/readings',
      tag: 'Cases',
      summary: 'Who looked into the case beside the investor’s side, newest first',
      auth: { kind: 'person', roles: [...parties, 'auditor'], scope: 'case:read', access: access.readCase },
      request: { params: z.strictObject({ code: CaseCode }), query: z.strictObject(page) },
      responses: { 200: { description: 'A page', schema: LooksView } },
      refusals: readerRefusals,
      handler: async ({ person, params: { code }, query: { limit, cursor }, reply }) =>
        reply(200, await answer(person, { caseCode: code, limit, ...given({ cursor }) })),
    }),
    defineRoute({
      method: 'get',
      path: '/readings',
      tag: 'Evidence',
      summary: 'Who looked into what, over all cases',
      auth: { kind: 'person', roles: ['auditor'], scope: 'evidence:read' },
      request: {
        query: z.strictObject({
          case: CaseCode.optional(),
          person: line(100).optional(),
          agency: Code.optional(),
          withoutTask: z.enum(['true', 'false']).optional().describe('true: of people without work on the case alone'),
          ...page,
        }),
      },
      responses: { 200: { description: 'A page', schema: LooksView } },
      refusals: [],
      handler: async ({ person, query: { case: caseCode, limit, withoutTask, ...filter }, reply }) =>
        reply(
          200,
          await answer(person, { limit, withoutTask: withoutTask === 'true', ...given({ caseCode, ...filter }) }),
        ),
    }),
  ];
}
