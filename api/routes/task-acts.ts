import { z } from 'zod';
import { type Command } from '../../domain/case/commands.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CompletionBody, SupplementRequest } from '../schemas/commands.js';
import { Nothing, TaskId, Written } from '../schemas/common.js';

/** The case a task belongs to is the first part of its id. */
export const caseOfTask = (taskId: string): string => taskId.slice(0, taskId.lastIndexOf('.'));

/** What officers do with a task. The answer is in the register at once; what comes next is the engine's. */
export function taskActRoutes(deps: ApiDeps, access: Access) {
  const act = createActs(deps);
  const taskAct = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    commandOf: (taskId: string, body: z.output<B>) => Command,
    refusals: readonly ('CONFLICT' | 'SUPPLEMENT_LIMIT' | 'BREACHED' | 'PROPOSER_CANNOT_APPROVE' | 'ANSWER_TOO_LATE')[],
  ) =>
    defineRoute({
      method: 'post',
      path: `/tasks/{id}/${name}`,
      tag: 'Tasks',
      summary,
      auth: {
        kind: 'person',
        roles: ['receiving-officer', 'officer', 'head'],
        scope: 'task:work',
        access: access.workOnTask,
      },
      idempotent: true,
      request: { params: z.strictObject({ id: TaskId }), body },
      responses: { 200: { description: 'Done, once', schema: Written } },
      refusals: ['TASK_NOT_YOURS', 'TASK_CLOSED', 'CASE_CLOSED', 'PRECONDITION_FAILED', 'NOT_FOUND', ...refusals],
      handler: async (call) => {
        const { id } = call.params;
        return written(call, await act(call, caseOfTask(id), commandOf(id, call.body)));
      },
    });
  return [
    taskAct('claim', 'Take the task', Nothing, (taskId) => ({ type: 'claimTask', taskId }), ['CONFLICT']),
    taskAct('release', 'Give the task back', Nothing, (taskId) => ({ type: 'releaseTask', taskId }), []),
    taskAct(
      'completion',
      'Answer the task; which outcomes it has is said by the task',
      CompletionBody,
      (taskId, completion) => ({ type: 'completeTask', taskId, completion }),
      ['CONFLICT', 'PROPOSER_CANNOT_APPROVE', 'ANSWER_TOO_LATE'],
    ),
    taskAct(
      'supplement-request',
      'Ask the investor for more (form 02): the agency’s clock is suspended where the law says so',
      SupplementRequest,
      (taskId, { ground, items, reason }) => ({ type: 'requestSupplement', taskId, ground, items, reason }),
      ['CONFLICT', 'SUPPLEMENT_LIMIT', 'BREACHED'],
    ),
  ];
}
