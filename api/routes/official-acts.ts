import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findCaseState } from '../../db/read/case-state.js';
import { officialActs } from '../../domain/case/official-acts.js';
import { refuse } from '../../domain/errors.js';
import { type Access } from '../auth/access.js';
import { actorOf } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode } from '../schemas/common.js';
import { OfficialActsView } from '../schemas/official-acts.js';
import { officialActsView } from '../views/official-acts.js';

/** What an official may do in a case beside their tasks. */
export const officialActRoutes = ({ pool }: ApiDeps, access: Access) => [
  defineRoute({
    method: 'get',
    path: '/cases/{code}/acts',
    tag: 'Tasks',
    summary: 'What the caller may do in this case now, beside their tasks',
    description: 'Asked of the very rules that decide each act; where nothing is named, the act would be refused.',
    auth: {
      kind: 'person',
      roles: ['receiving-officer', 'officer', 'head'],
      scope: 'task:work',
      access: access.agencyInCase,
    },
    request: { params: z.strictObject({ code: CaseCode }) },
    responses: { 200: { description: 'The acts, each with what it may be done with', schema: OfficialActsView } },
    refusals: ['CASE_NOT_YOURS', 'ACTOR_RECUSED'],
    handler: async ({ params: { code }, person, law, reply }) => {
      const state = (await findCaseState(pool, code)) ?? refuse('CASE_NOT_YOURS');
      const loaded = law();
      const acts = officialActs(state, loaded.law, actorOf(person), await businessNow(pool));
      return reply(200, officialActsView(state, acts, loaded));
    },
  }),
];
