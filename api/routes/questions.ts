import { z } from 'zod';
import { requireActQuota } from '../../db/people/act-quotas.js';
import { type CaseAccess, isParty } from '../../db/people/readers.js';
import { findCaseState } from '../../db/read/case-state.js';
import { questionsOf, type Said } from '../../db/read/questions.js';
import { aboutOf } from '../../domain/case/task/keys.js';
import { getAgency } from '../../domain/law/agency.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { caseReaders } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Written } from '../schemas/common.js';
import { QuestionBody, QuestionsView } from '../schemas/investor.js';

const ofCase = z.strictObject({ code: CaseCode });

/** Who said it. The investor's side reads which agency answered, not who in it. */
function whoOf({ by, name }: Said, access: CaseAccess) {
  const person = by.kind === 'person' ? by : undefined;
  const named = person !== undefined && (!isParty(access) || person.agency === null);
  return {
    id: named ? person.id : null,
    name: named ? name : null,
    role: person?.role ?? null,
    agency: person?.agency ?? null,
  };
}

/** Questions of the investor's side to whoever handles a procedure, or owns the green lane; each is somebody's task. */
export function questionRoutes(deps: ApiDeps, access: Access) {
  const { pool, limits } = deps;
  const act = createActs(deps);
  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/questions',
      tag: 'Filing',
      summary: 'Ask whoever handles the procedure, or the owner of the green lane about the case',
      auth: {
        kind: 'person',
        roles: ['investor', 'representative'],
        scope: 'case:file',
        access: access.partyInCase('askQuestion', 'any'),
      },
      idempotent: true,
      request: { params: ofCase, body: QuestionBody },
      responses: { 200: { description: 'Asked, once', schema: Written } },
      refusals: ['CASE_NOT_YOURS', 'OUTSIDE_POWER_OF_ATTORNEY', 'CASE_CLOSED', 'NOT_FOUND', 'QUOTA_EXCEEDED'],
      handler: async (call) => {
        const { code } = call.params;
        const { onBehalfOf } = await access.requireParty(call.person, code, 'askQuestion', call.body.procedure);
        await requireActQuota(pool, {
          quota: 'questions-per-day',
          type: 'questionAsked',
          most: limits.quotas.questionsPerDay,
          person: call.person.id,
          key: call.key,
          caseCode: code,
        });
        return written(call, await act(call, code, { type: 'askQuestion', ...call.body }, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/questions',
      tag: 'Cases',
      summary: 'What was asked and answered, oldest first',
      auth: { kind: 'person', roles: caseReaders, scope: 'case:read', access: access.readPart },
      request: { params: ofCase },
      responses: { 200: { description: 'All of them', schema: QuestionsView } },
      refusals: ['CASE_NOT_YOURS', 'ACTOR_RECUSED', 'OUTSIDE_POWER_OF_ATTORNEY', 'NOT_FOUND'],
      handler: async ({ params: { code }, granted, law, reply }) => {
        const tasks = Object.values((await findCaseState(pool, code))?.tasks ?? {});
        const { access: as, procedures } = granted;
        const all = await questionsOf(pool, code);
        const theirs = all.filter(
          ({ procedure: of }) => procedures === null || (of !== null && procedures.includes(of)),
        );
        const { agencies } = law().catalogue;
        const items = theirs.map(({ id, procedure, agency, asked, answered }) => ({
          id,
          // How an agency works within itself is not the investor's.
          task: isParty(as) ? null : (tasks.find((one) => aboutOf(one, 'question')?.questionId === id)?.id ?? null),
          procedure,
          agency,
          agencyName: getAgency(agencies, agency).name,
          text: asked.text,
          askedAt: asked.at,
          askedBy: whoOf(asked, as),
          answer: answered && {
            text: answered.text,
            answeredAt: answered.at,
            answeredBy: whoOf(answered, as),
          },
        }));
        return reply(200, { case: code, items });
      },
    }),
  ];
}
