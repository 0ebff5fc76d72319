import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findAnswerDraft, keepAnswerDraft, markTaskSeen } from '../../db/people/task-marks.js';
import { noteDocumentRead } from '../../db/people/looks.js';
import { findCase } from '../../db/read/cases.js';
import { findCaseState } from '../../db/read/case-state.js';
import { similarCases } from '../../db/read/similar-cases.js';
import { consultationsOf } from '../../db/read/consultations.js';
import { exchangesOf } from '../../db/read/exchanges.js';
import { caseInstructions } from '../../db/read/instructions.js';
import { questionsOf } from '../../db/read/questions.js';
import { tasksDone } from '../../db/read/task-words.js';
import { countByRisk, findTask, listTasks } from '../../db/read/tasks.js';
import { admissionWords } from '../../db/read/trial-admission.js';
import { returnsOf } from '../../db/read/words.js';
import { nearSites } from '../../db/read/near-sites.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import { worklistRule } from '../../domain/lane/priority.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { InvalidRequest } from '../http/validation.js';
import { after, many, page, TaskId, Text } from '../schemas/common.js';
import { DraftedAnswerView } from '../schemas/drafting.js';
import { SimilarCasesView } from '../schemas/similar.js';
import { AnswerDraftBody, AnswerDraftView, ListedTaskView, RiskCounts, TaskDetailView } from '../schemas/tasks.js';
import { isOver } from '../../domain/case/task/state.js';
import { quotableDocuments } from '../documents/quotable.js';
import { namedFiles, withheldFrom } from '../documents/shown.js';
import { settle } from '../settled.js';
import { draftedAnswer } from '../views/drafting.js';
import { similarCaseViews } from '../views/similar.js';
import { documentsOf, taskDetailView, taskSummaryView } from '../views/tasks.js';
import { worklistOf, worklistQuery, worklistReaders } from '../worklist.js';
import { caseOfTask } from './task-acts.js';

const reading = { kind: 'person', roles: worklistReaders, scope: 'case:read' } as const;
const seesCounts = new Set<Person['role']>(['head', 'leader', 'auditor', 'admin']);

/** The worklist. */
export function taskRoutes(deps: ApiDeps, access: Access) {
  const { pool, logger } = deps;
  const drafting = {
    kind: 'person',
    roles: ['receiving-officer', 'officer', 'head', 'leader'],
    scope: 'task:work',
  } as const;
  return [
    defineRoute({
      method: 'get',
      path: '/tasks',
      tag: 'Tasks',
      summary: 'The worklist of the caller’s agency, in the order that `order` says',
      description: `${worklistRule.en} \`after\` needs \`case\`: the answer then waits until the engine has thought about that write.`,
      auth: reading,
      request: {
        query: z.strictObject({
          ...worklistQuery,
          ...page,
          ...after,
        }),
      },
      responses: {
        200: {
          description: 'A page',
          schema: z
            .strictObject({
              items: many(ListedTaskView),
              next: z.string().nullable().describe('Cursor of the next page'),
              counts: RiskCounts.nullable().describe(
                'Unfinished tasks by risk, whatever the filter; for heads and leaders, on the first page',
              ),
              order: Text.describe('The rule by which unfinished work is in order'),
              settled: z.boolean(),
            })
            .meta({ id: 'Tasks' }),
        },
      },
      refusals: ['TASK_NOT_YOURS', 'CASE_NOT_YOURS', 'ACTOR_RECUSED'],
      handler: async ({ person, askedAt, query, law, signal, reply }) => {
        const { case: caseCode, cursor, limit } = query;
        if (caseCode !== undefined) await access.readCase({ person, askedAt, params: { code: caseCode } });
        else if (query.after !== undefined) {
          throw new InvalidRequest([
            { in: 'query', pointer: '/case', code: 'MISSING', detail: '`after` needs `case`' },
          ]);
        }
        const settled = caseCode === undefined || (await settle(deps, caseCode, query, signal));
        // Whoever waited is answered as of now.
        const settledAt = caseCode === undefined ? askedAt : undefined;
        const { filter, agency, forHead, now } = await worklistOf(deps, access, person, query, settledAt);
        const { items, next } = await listTasks(pool, { ...filter, limit, ...given({ cursor }) });
        const counted = cursor === undefined && (seesCounts.has(person.role) || forHead);
        const counts = counted ? await countByRisk(pool, agency) : undefined;
        const { catalogue } = law();
        return reply(200, {
          items: items.map((task) => ({ ...taskSummaryView(task, catalogue, now), unread: task.unread })),
          next,
          counts: counts ? { none: counts[0], 'on-track': counts[1], 'at-risk': counts[2], breached: counts[3] } : null,
          order: worklistRule,
          settled,
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/{id}',
      tag: 'Tasks',
      summary: 'One task with what is needed to answer it',
      auth: { ...reading, access: access.readTask },
      request: { params: z.strictObject({ id: TaskId }), query: z.strictObject(after) },
      responses: { 200: { description: 'The task', schema: TaskDetailView } },
      refusals: ['TASK_NOT_YOURS', 'NOT_FOUND'],
      handler: async ({ params: { id }, person, query, law: read, signal, reply }) => {
        const settled = await settle(deps, caseOfTask(id), query, signal);
        const task = (await findTask(pool, id)) ?? refuse('NOT_FOUND', { task: id });
        const found = (await findCase(pool, task.caseCode)) ?? refuse('NOT_FOUND', { case: task.caseCode });
        const { state, filing, words: texts } = found;
        const { law, catalogue } = read();
        const withheld = await withheldFrom(pool, law, state, person);
        const documents = await namedFiles(pool, documentsOf(task, state), withheld);
        const now = await businessNow(pool);
        const returns = task.step === null ? [] : await returnsOf(pool, task.caseCode, task.scope, task.step);
        const procedure = scopeKind(task.scope) === 'case' ? '' : procedureScopeOf(task.scope);
        const consulted = await consultationsOf(pool, state, procedure);
        const words = await admissionWords(pool, state);
        const reader = { id: person.id, access: 'agency' } as const;
        const [exchanges, done, questions, instructions, near] = await Promise.all([
          exchangesOf(pool, task.caseCode),
          tasksDone(pool, task.caseCode),
          task.kind === 'question' ? questionsOf(pool, task.caseCode) : [],
          task.kind === 'instruction' ? caseInstructions(pool, { case: task.caseCode }, 1_000) : [],
          task.kind === 'intake' ? nearSites(pool, task.caseCode) : [],
        ]);
        const told = { exchanges, done, questions, instructions, near };
        const reading = {
          ...told,
          state,
          documents,
          catalogue,
          law,
          now,
          consulted,
          returns,
          words,
          texts,
          reader,
          filing,
        };
        const detail = taskDetailView(task, reading);
        // A mark is no reason not to show the task.
        await markTaskSeen(pool, person.id, task).catch((err: unknown) => {
          logger.warn({ err }, 'a task was not marked as seen');
        });
        return reply(200, {
          case: task.caseCode,
          caseSeq: found.summary.caseSeq,
          asOf: now,
          settled,
          ...detail,
          withheldDocuments: [...withheld],
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/{id}/drafted',
      tag: 'Tasks',
      summary: 'What the system drafted for the answer, each sentence with its source',
      description:
        'Of an appraisal, an opinion or a decision, by rules, from the dossier, the facts, answers of registers and agencies and the clauses, with quotes of what the documents that the reader may open say, each with its page; empty where nothing is drafted. What is kept of it is counted when the task is answered.',
      auth: { ...reading, access: access.readTask },
      request: { params: z.strictObject({ id: TaskId }) },
      responses: { 200: { description: 'The draft', schema: DraftedAnswerView } },
      refusals: ['TASK_NOT_YOURS', 'NOT_FOUND', 'DRAFT_UNSOURCED', 'DOCUMENT_DIFFERS', 'KEY_UNAVAILABLE'],
      handler: async ({ params: { id }, person, law: read, reply }) => {
        const task = (await findTask(pool, id)) ?? refuse('NOT_FOUND', { task: id });
        const { state } = (await findCase(pool, task.caseCode)) ?? refuse('NOT_FOUND', { case: task.caseCode });
        const { law } = read();
        const documents = isOver(task) ? [] : await quotableDocuments(pool, law, state, person, task);
        const sentences = draftedAnswer(task, state, law, deps.drafter, documents);
        const quoted = new Set(sentences.flatMap(({ source }) => (source.kind === 'page' ? source.of : [])));
        for (const document of quoted) await noteDocumentRead(pool, person, document);
        return reply(200, { asOf: await businessNow(pool), sentences });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/{id}/similar',
      tag: 'Tasks',
      summary: 'Earlier cases in which the same procedure was decided, with what they have in common with this one',
      description:
        'Of those that the caller reads. Compared are field, zone, pathway, lane, country of the investor and what the conditions of agencies were about.',
      auth: { ...reading, access: access.readTask },
      request: { params: z.strictObject({ id: TaskId }) },
      responses: { 200: { description: 'The likest ones', schema: SimilarCasesView } },
      refusals: ['TASK_NOT_YOURS', 'NOT_FOUND'],
      handler: async ({ params: { id }, person, law: read, reply }) => {
        const { procedure, caseCode } = (await findTask(pool, id)) ?? refuse('NOT_FOUND', { task: id });
        const state = (await findCaseState(pool, caseCode)) ?? refuse('NOT_FOUND', { case: caseCode });
        const asOf = await businessNow(pool);
        const reader = { person, on: dateOf(asOf) };
        const found = procedure === null ? [] : await similarCases(pool, state, procedure, reader);
        return reply(200, { asOf, items: similarCaseViews(found, read().catalogue) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/{id}/draft',
      tag: 'Tasks',
      summary: 'What I have typed into the answer and not sent; nobody else reads it',
      auth: drafting,
      request: { params: z.strictObject({ id: TaskId }) },
      responses: { 200: { description: 'The draft', schema: AnswerDraftView } },
      handler: async ({ params: { id }, person, reply }) =>
        reply(200, (await findAnswerDraft(pool, person.id, id)) ?? { fields: {}, updatedAt: null }),
    }),
    defineRoute({
      method: 'post',
      path: '/tasks/{id}/draft',
      tag: 'Tasks',
      summary: 'Keep what I have typed into the answer; it is gone once the task is answered',
      description: 'The last one sent is what is kept: it needs no key.',
      auth: { ...drafting, access: access.workOnTask },
      request: { params: z.strictObject({ id: TaskId }), body: AnswerDraftBody },
      responses: {
        200: {
          description: 'Kept; `updatedAt` null: the task is over, there is nothing to keep',
          schema: AnswerDraftView,
        },
      },
      refusals: ['TASK_NOT_YOURS', 'NOT_FOUND'],
      handler: async ({ params: { id }, person, body: { fields }, reply }) => {
        const updatedAt = await keepAnswerDraft(pool, person.id, id, fields);
        return reply(200, { fields: updatedAt === null ? {} : fields, updatedAt });
      },
    }),
  ];
}
