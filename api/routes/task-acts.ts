import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { bindBulkRequest } from '../../db/register/bulk.js';
import { dropAnswerDrafts } from '../../db/people/task-marks.js';
import { assigneeFor } from '../../db/people/delegations.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { findCase } from '../../db/read/cases.js';
import { factsBehind } from '../../domain/case/procedure/state.js';
import { proposedContent } from '../../domain/case/result/rules.js';
import { findPerson } from '../../db/people/people.js';
import { interestsOf } from '../../db/read/words.js';
import { type Command } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { type ErrorCode, errors, Refusal, refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { type Act, bodyHashOf, createActs, withNearSites, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { actorOf, type Person } from '../auth/person.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { type ApiDeps } from '../deps.js';
import { onCurrentExtracts } from '../looks.js';
import { hashOf } from '../hashes.js';
import { given } from '../http/given.js';
import { type Language } from '../http/language.js';
import { defineRoute } from '../http/route.js';
import { CompletionBody, SupplementRequest } from '../schemas/commands.js';
import { CaseCode, Instant, many, Nothing, TaskId, Written } from '../schemas/common.js';
import { LaneHearingBody } from '../schemas/investor.js';
import { BulkAnswer, BulkBody, InterestBody, ReassignmentBody, ReturnBody } from '../schemas/tasks.js';

/** The case a task belongs to is the first part of its id. */
export const caseOfTask = (taskId: string): string => taskId.slice(0, taskId.lastIndexOf('.'));

const workers = ['receiving-officer', 'officer', 'head'] as const;
const working = { kind: 'person', roles: workers, scope: 'task:work' } as const;
/** Leadership answers what only leadership is asked. */
const answering = { ...working, roles: [...workers, 'leader'] } as const;
const always = [
  'TASK_NOT_YOURS',
  'TASK_CLOSED',
  'CASE_CLOSED',
  'PRECONDITION_FAILED',
  'NOT_FOUND',
  'ACTOR_RECUSED',
  'FOUR_EYES',
] as const satisfies readonly ErrorCode[];

/** What officers do with a task. The answer is in the register at once; what comes next is the engine's. */
export function taskActRoutes(deps: ApiDeps, access: Access) {
  const act = createActs(deps);
  const taskAct = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    commandOf: (taskId: string, body: z.output<B>, law: () => LoadedLaw, person: Person) => Command | Promise<Command>,
    refusals: readonly ErrorCode[],
    auth: typeof working | typeof answering = working,
  ) =>
    defineRoute({
      method: 'post',
      path: `/tasks/{id}/${name}`,
      tag: 'Tasks',
      summary,
      auth: { ...auth, access: access.workOnTask },
      idempotent: true,
      request: { params: z.strictObject({ id: TaskId }), body },
      responses: { 200: { description: 'Done, once', schema: Written } },
      refusals: [...always, ...refusals],
      handler: async (call) => {
        const { id } = call.params;
        const { as, onBehalfOf } = call.granted;
        const command = await commandOf(id, call.body, call.law, call.person);
        const caseCode = caseOfTask(id);
        const send = () => act({ ...call, person: as }, caseCode, command, onBehalfOf);
        const done =
          command.type === 'completeTask'
            ? await onCurrentExtracts(deps, { caseCode, taskId: id, signal: call.signal }, send)
            : await send();
        if (command.type === 'completeTask') await forgetDrafts(deps, [id]);
        return written(call, done);
      },
    });
  return [
    taskAct('claim', 'Take the task', Nothing, (taskId) => ({ type: 'claimTask', taskId }), ['CONFLICT']),
    taskAct('release', 'Give the task back', Nothing, (taskId) => ({ type: 'releaseTask', taskId }), []),
    taskAct(
      'completion',
      'Answer the task; which outcomes it has is said by the task',
      CompletionBody,
      async (taskId, body, law, person) => ({
        type: 'completeTask',
        taskId,
        completion: await completionOf(deps.pool, { law, person }, taskId, body),
      }),
      [
        ...(['CONFLICT', 'PROPOSER_CANNOT_APPROVE', 'ANSWER_TOO_LATE', 'CONDITIONS_CONTRADICT'] as const),
        ...(['SUPPLEMENT_LIMIT', 'REQUEST_WINDOW_CLOSED', 'FACT_DECIDED', 'UNKNOWN_VALUE'] as const),
        ...(['CONTENT_CHANGED', 'RESULT_INCOMPLETE', 'VERDICTS_DIFFER'] as const),
        ...(['EXTRACT_OUTDATED', 'REGISTER_DIFFERS'] as const),
      ],
      answering,
    ),
    taskAct(
      'supplement-request',
      'Ask the investor for more (form 02): the agency’s clock is suspended where the law says so',
      SupplementRequest,
      (taskId, { ground, items, reason, decision, reviewOn }) => ({
        type: 'requestSupplement',
        taskId,
        ground,
        items,
        reason,
        ...given({ decision, reviewOn }),
      }),
      ['CONFLICT', 'SUPPLEMENT_LIMIT', 'REQUEST_WINDOW_CLOSED', 'BREACHED'],
    ),
    taskAct(
      'return',
      'Send the work that this task rests on back, naming what is missing: that step is done anew',
      ReturnBody,
      (taskId, { step, items, reason }) => ({ type: 'returnTask', taskId, step: step ?? null, items, reason }),
      ['CONFLICT'],
    ),
    reassignment(deps, access),
    bulkCompletion(deps, access),
    ...interestRoutes(deps, access),
  ];
}

/** The act is done, whatever becomes of the drafts: those that stay are removed by their age. */
async function forgetDrafts({ pool, logger }: ApiDeps, tasks: readonly string[]): Promise<void> {
  try {
    await dropAnswerDrafts(pool, tasks);
  } catch (err) {
    logger.warn({ err, tasks }, 'drafts of answers were kept');
  }
}

/** A person is named by id; what they are is the register's to say. An approval that says nothing of its own grants what was filed. */
async function completionOf(
  pool: ApiDeps['pool'],
  { law, person }: { readonly law: () => LoadedLaw; readonly person: Person },
  taskId: string,
  { signatory, ...given }: z.output<typeof CompletionBody>,
): Promise<Completion> {
  for (const [n, { documentId }] of (given.attachments ?? []).entries())
    await requireOwnDocument(pool, showingAs(person, undefined), documentId, `/attachments/${n}/documentId`);
  const content = given.content ?? (given.outcome === 'approve' ? await filedContent(pool, law, taskId) : undefined);
  const completion = { ...given, ...(content && { content }) };
  if (signatory === undefined) return completion;
  const { id, role, agency } = (await findPerson(pool, signatory)) ?? refuse('UNKNOWN_VALUE', { field: 'signatory' });
  return { ...completion, signatory: { id, role, agency } };
}

/** What the result would say by the filing alone; undefined where its law asks for nothing, or the task decides nothing. */
async function filedContent(pool: ApiDeps['pool'], law: () => LoadedLaw, taskId: string) {
  const found = await findCase(pool, caseOfTask(taskId));
  const procedure = found && Object.values(found.state.procedures).find(({ tasks }) => Object.hasOwn(tasks, taskId));
  if (!found || !procedure) return undefined;
  const facts = factsBehind(found.state, procedure);
  const { content } = law().law.procedureVersion(procedure.procedure, procedure.version, facts);
  return content && proposedContent(content, found.state, procedure, found.filing);
}

const reassignment = (deps: ApiDeps, access: Access) =>
  defineRoute({
    method: 'post',
    path: '/tasks/{id}/reassign',
    tag: 'Tasks',
    summary: 'Give a task of the agency to somebody of it; while they are away, to whoever stands in for them',
    auth: { kind: 'person', roles: ['head'], scope: 'task:assign', access: access.headOfTask },
    idempotent: true,
    request: { params: z.strictObject({ id: TaskId }), body: ReassignmentBody },
    responses: { 200: { description: 'Done, once', schema: Written } },
    refusals: [...always, 'UNKNOWN_VALUE', 'PROPOSER_CANNOT_APPROVE'],
    handler: async (call) => {
      const { pool } = deps;
      const { id } = call.params;
      const named = await findPerson(pool, call.body.to);
      if (named === undefined || named.agency !== call.person.agency) refuse('UNKNOWN_VALUE', { field: 'to' });
      const to = await assigneeFor(pool, named, dateOf(await businessNow(pool)));
      const command = { type: 'reassignTask', taskId: id, to, reason: call.body.reason } as const;
      return written(call, await createActs(deps)(call, caseOfTask(id), command));
    },
  });

// Many at once --------------------------------------------------------------------------------------------------------------------------------

type BulkItem = z.output<typeof BulkBody>['tasks'][number];
type BulkResult = z.input<typeof BulkAnswer>['results'][number];

const bulkCompletion = (deps: ApiDeps, access: Access) =>
  defineRoute({
    method: 'post',
    path: '/tasks/bulk-completion',
    tag: 'Tasks',
    summary: 'Answer many tasks, each in a transaction of its own: what is valid is done, the rest is named',
    description:
      'A free task is taken on the way. `preview` applies the same rules to each task as its case stands now and writes nothing. Repeated under its Idempotency-Key, what was done is not done again.',
    auth: working,
    idempotent: 'own',
    request: { body: BulkBody },
    responses: { 200: { description: 'What became of each', schema: BulkAnswer } },
    handler: async (call) => {
      const { tasks, preview } = call.body;
      if (!preview) await bindBulkRequest(deps.pool, call.person.id, call.key, bodyHashOf(call));
      const seen = new Set<string>();
      const results: BulkResult[] = [];
      for (const item of tasks) {
        const twice = seen.has(item.id);
        seen.add(item.id);
        results.push(await oneOfMany(deps, access, call, item, twice));
      }
      const answered = results.filter(({ status }) => status === 'done').map(({ id }) => id);
      if (!preview) await forgetDrafts(deps, answered);
      const done = answered.length;
      return call.reply(200, { preview, done, refused: results.length - done, results });
    },
  });

async function oneOfMany(
  deps: ApiDeps,
  access: Access,
  call: Act & {
    readonly language: Language;
    readonly body: z.output<typeof BulkBody>;
    readonly law: () => LoadedLaw;
  },
  item: BulkItem,
  twice: boolean,
): Promise<BulkResult> {
  const { id } = item;
  try {
    if (twice) refuse('DUPLICATE_REQUEST', { taskId: id });
    const caseSeq = await completeOne(deps, access, call, item);
    return { id, status: 'done', caseSeq, code: null, title: null, details: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, details = {} } = error;
    const { http, title } = errors[code];
    const shown = http < 500 ? details : {};
    return { id, status: 'refused', caseSeq: null, code, title: title[call.language], details: shown };
  }
}

/** The case's sequence after the act; null for a preview. */
async function completeOne(
  deps: ApiDeps,
  access: Access,
  {
    person,
    key,
    body,
    law,
  }: Pick<Act, 'person' | 'key'> & { readonly body: { readonly preview: boolean }; readonly law: () => LoadedLaw },
  { id, completion }: BulkItem,
): Promise<number | null> {
  const { pool, door } = deps;
  const { as, onBehalfOf } = await access.workOnTask({ person, params: { id } });
  const envelope = {
    caseCode: caseOfTask(id),
    command: {
      type: 'completeTask',
      taskId: id,
      completion: await completionOf(pool, { law, person }, id, completion),
    },
    actor: actorOf(as, onBehalfOf),
    occurredAt: await businessNow(pool),
    operationId: `person/${person.id}/${key}/${id}`,
    bodyHash: hashOf({ id, completion }),
  } as const;
  const { caseCode } = envelope;
  if (!body.preview) return (await withNearSites(pool, caseCode, door.handle(envelope))).caseSeq;
  await withNearSites(pool, caseCode, door.preview(envelope));
  return null;
}

// Conflict of interest ------------------------------------------------------------------------------------------------------------------------

const InterestView = z
  .strictObject({
    person: z.strictObject({ id: z.string(), name: z.string().nullable() }),
    at: Instant,
    reason: z.string().nullable().describe('null once it was erased'),
  })
  .meta({ id: 'InterestDeclared' });

const interestRoutes = (deps: ApiDeps, access: Access) => [
  defineRoute({
    method: 'post',
    path: '/cases/{code}/interest-declarations',
    tag: 'Tasks',
    summary:
      'Declare a conflict of interest: the caller takes no part in this case any more, what they hold is free at once',
    auth: { ...working, access: access.declaringInCase },
    idempotent: true,
    request: { params: z.strictObject({ code: CaseCode }), body: InterestBody },
    responses: { 200: { description: 'Done, once', schema: Written } },
    refusals: ['CASE_NOT_YOURS', 'CASE_CLOSED', 'DUPLICATE_REQUEST'],
    handler: async (call) => {
      const command = { type: 'declareInterest', reason: call.body.reason } as const;
      return written(call, await createActs(deps)(call, call.params.code, command));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/cases/{code}/lane-hearings',
    tag: 'Tasks',
    summary: 'Hear the investor before the green lane is taken back: for whoever owns the lane',
    description:
      'The investor is told which tests are doubted and why, and has until `answerBy`; a task of the head follows, which somebody else than the caller decides.',
    auth: { ...working, roles: ['officer', 'head'] as const, access: access.agencyInCase },
    idempotent: true,
    request: { params: z.strictObject({ code: CaseCode }), body: LaneHearingBody },
    responses: { 200: { description: 'Done, once', schema: Written } },
    refusals: ['CASE_NOT_YOURS', 'CASE_CLOSED', 'FORBIDDEN', 'PRECONDITION_FAILED', 'DUPLICATE_REQUEST'],
    handler: async (call) => {
      const command = { type: 'openLaneHearing', ...call.body } as const;
      return written(call, await createActs(deps)(call, call.params.code, command));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/cases/{code}/interest-declarations',
    tag: 'Tasks',
    summary: 'Who declared a conflict of interest in this case',
    auth: { kind: 'person', roles: ['head', 'leader', 'auditor'], scope: 'case:read', access: access.readCase },
    request: { params: z.strictObject({ code: CaseCode }) },
    responses: {
      200: {
        description: 'Oldest first',
        schema: z.strictObject({ items: many(InterestView) }).meta({ id: 'InterestDeclarations' }),
      },
    },
    refusals: ['CASE_NOT_YOURS', 'ACTOR_RECUSED'],
    handler: async ({ params: { code }, reply }) => reply(200, { items: await interestsOf(deps.pool, code) }),
  }),
];
