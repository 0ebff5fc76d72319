import { findPeople } from '../../db/people/people.js';
import { readableAmong } from '../../db/people/readers.js';
import { conductBetween } from '../../db/read/conduct.js';
import { projectorReader } from '../../db/projection/projector.js';
import { businessNow } from '../../db/register/business-clock.js';
import { feedLagSeconds } from '../../db/register/feed.js';
import { questionsFrom } from '../../domain/integrity/questions.js';
import { integrityWords } from '../../domain/integrity/words.js';
import type { Text } from '../../domain/law/agency.js';
import { addDays, dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { periodAsked } from '../http/period.js';
import { refuseQuery } from '../http/validation.js';
import { IntegrityQuery, IntegrityQuestions } from '../schemas/integrity.js';
import { procedureName } from '../views/bottlenecks.js';

const mostDays = 366;

const notice: Text = {
  vi: 'Đây là câu hỏi để người giám sát đặt ra, kèm căn cứ; không phải kết luận về bất kỳ ai. Mỗi câu hỏi đều có thể có lý do chính đáng.',
  en: 'These are questions for a supervisor to put, with what they rest on; none is a finding about anybody. Each may have good reasons.',
};

/** Questions of integrity: for those who supervise, never for those who are supervised. */
export const integrityRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/integrity/questions',
    tag: 'Leadership',
    summary: 'What the register gives reason to ask about how cases were handled, with the cases it rests on',
    description:
      'Questions, never accusations; docs/integrity.md says how often each is asked where there is nothing to find.',
    auth: { kind: 'person', roles: ['leader', 'auditor'], scope: 'dashboard:read' },
    request: { query: IntegrityQuery },
    responses: { 200: { description: 'The questions, by rule', schema: IntegrityQuestions } },
    handler: async ({ query, person, law, reply }) => {
      const asOf = await businessNow(pool);
      const today = dateOf(asOf);
      const { from: first, to } = periodAsked(query, today);
      const from = first ?? addDays(to, 1 - mostDays);
      if (addDays(from, mostDays) <= to) refuseQuery('/from', `more than ${mostDays} days`);
      const questions = questionsFrom(await conductBetween(pool, { from, to }));
      const readable = await readableAmong(
        pool,
        { person, on: today },
        questions.flatMap(({ cases }) => cases),
      );
      const known = await findPeople(
        pool,
        questions.flatMap((one) => [one.person, one.party].filter((id) => id !== null)),
      );
      const who = (id: string | null) => (id === null ? null : { id, name: known.get(id)?.name ?? null });
      const { catalogue } = law();
      const items = questions
        .map((one) => ({
          ...integrityWords[one.rule],
          ...one,
          agencyName: one.agency === null ? null : (catalogue.agencies.get(one.agency)?.name ?? null),
          person: who(one.person),
          party: who(one.party),
          procedureName: one.procedure === null ? null : procedureName(catalogue, one.procedure),
          cases: one.cases.filter((code) => readable.has(code)),
        }))
        // Whoever has declared an interest in every case behind it is not asked to look into it.
        .filter(({ cases }) => cases.length > 0);
      const dataAgeSeconds = await feedLagSeconds(pool, projectorReader);
      return reply(200, { asOf, dataAgeSeconds, period: { from, to }, notice, items });
    },
  }),
];
