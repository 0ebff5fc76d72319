import { z } from 'zod';
import { businessNow } from '../../db/business-clock.js';
import { findDocuments } from '../../db/documents.js';
import { findCase } from '../../db/queries/cases.js';
import { findTask, listTasks } from '../../db/queries/tasks.js';
import { type TaskRole } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { InvalidRequest } from '../http/validation.js';
import { after, CaseCode, Code, many, page, TaskId } from '../schemas/common.js';
import { TaskDetailView, TaskKindView, TaskSummaryView } from '../schemas/tasks.js';
import { settle } from '../settled.js';
import { documentsOf, taskDetailView, taskSummaryView } from '../views/tasks.js';
import { caseOfTask } from './task-acts.js';

const readers = ['receiving-officer', 'officer', 'head', 'leader', 'auditor', 'admin'] as const;
const reading = { kind: 'person', roles: readers, scope: 'case:read' } as const;

/** What of a worklist is this person's: whoever works in an agency sees what they may do there, whoever reads all cases sees every agency's. */
function ownPart(
  { role, agency }: Person,
  asked: string | undefined,
): { agency?: string; roles?: readonly TaskRole[] } {
  if (role === 'leader' || role === 'auditor' || role === 'admin') return given({ agency: asked });
  if (agency === null || (asked !== undefined && asked !== agency)) return refuse('TASK_NOT_YOURS', { agency: asked });
  return role === 'head' ? { agency } : { agency, roles: [role === 'officer' ? 'officer' : 'receiving-officer'] };
}

/** The worklist. */
export function taskRoutes(deps: ApiDeps, access: Access) {
  const { pool, catalogue, law } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/tasks',
      tag: 'Tasks',
      summary: 'The worklist of the caller’s agency: whatever is due first comes first',
      description: '`after` needs `case`: the answer then waits until the engine has thought about that write.',
      auth: reading,
      request: {
        query: z.strictObject({
          status: z
            .enum(['open', 'claimed', 'waiting', 'done', 'cancelled'])
            .optional()
            .describe('Everything unfinished where it is left out'),
          mine: z.enum(['true', 'false']).optional().describe('Only what I have claimed'),
          agency: Code.optional(),
          case: CaseCode.optional(),
          kind: TaskKindView.optional(),
          ...page,
          ...after,
        }),
      },
      responses: {
        200: {
          description: 'A page',
          schema: z
            .strictObject({
              items: many(TaskSummaryView),
              next: z.string().nullable().describe('Cursor of the next page'),
              settled: z.boolean(),
            })
            .meta({ id: 'Tasks' }),
        },
      },
      refusals: ['TASK_NOT_YOURS', 'CASE_NOT_YOURS'],
      handler: async ({ person, query, signal, reply }) => {
        const { status, mine, agency, case: caseCode, kind, cursor, limit } = query;
        const part = ownPart(person, agency);
        if (caseCode !== undefined) await access.readCase({ person, params: { code: caseCode } });
        else if (query.after !== undefined) {
          throw new InvalidRequest([
            { in: 'query', pointer: '/case', code: 'MISSING', detail: '`after` needs `case`' },
          ]);
        }
        const settled = caseCode === undefined || (await settle(pool, caseCode, query, signal));
        const filter = given({ status, caseCode, kind, cursor, claimedBy: mine === 'true' ? person.id : undefined });
        const { items, next } = await listTasks(pool, { ...part, ...filter, limit });
        return reply(200, { items: items.map((task) => taskSummaryView(task, catalogue)), next, settled });
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
      handler: async ({ params: { id }, query, signal, reply }) => {
        const settled = await settle(pool, caseOfTask(id), query, signal);
        const task = (await findTask(pool, id)) ?? refuse('NOT_FOUND', { task: id });
        const found = (await findCase(pool, task.caseCode)) ?? refuse('NOT_FOUND', { case: task.caseCode });
        const { state } = found;
        const documents = new Map((await findDocuments(pool, documentsOf(task, state))).map((one) => [one.id, one]));
        const now = await businessNow(pool);
        const detail = taskDetailView(task, { state, documents, catalogue, law, now });
        return reply(200, { case: task.caseCode, caseSeq: found.summary.caseSeq, asOf: now, settled, ...detail });
      },
    }),
  ];
}
