import { type WorkflowKind } from '../../domain/case/activities.js';
import { z } from 'zod';
import { scopesOf } from '../../engine/register/mailbox.js';
import { failedMessages } from '../../db/outbound/messages.js';
import { systemHealth } from '../../db/outbound/system-health.js';
import { listFaults } from '../../db/register/quarantine.js';
import { refuse } from '../../domain/errors.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Instant } from '../schemas/common.js';

const ScopeView = z
  .strictObject({
    scope: z.string().describe('Also the workflow id'),
    kind: z.enum(['case', 'trial', 'procedure', 'consultation']),
    generation: z.int(),
    lastSeq: z.int(),
    sentSeq: z.int(),
    doneSeq: z.int(),
    nextAt: Instant.nullable(),
    closed: z.boolean(),
    attempts: z.int().describe('Failed sendings since it last went well'),
    workflow: z.union([
      z.enum(['missing', 'unreachable', 'not-asked']),
      z.strictObject({
        generation: z.int(),
        seen: z.int(),
        waitingFor: z.array(z.string()),
        nextTimer: Instant.nullable(),
      }),
    ]),
    agrees: z
      .boolean()
      .nullable()
      .describe('Workflow and register say the same; null where the workflow could not be asked'),
  })
  .meta({ id: 'EngineScope' });

const FaultsView = z
  .strictObject({
    faults: z.array(
      z.strictObject({
        reader: z.string().describe('`projector`, `notifier` or `webhook/{id}`'),
        case: z.string(),
        event: z.int().nullable().describe('Its number in the case; null where the case as a whole is meant'),
        error: z.string(),
        attempts: z.int(),
        notBefore: Instant.describe('When it is tried again'),
        firstAt: Instant,
        lastAt: Instant,
      }),
    ),
    messages: z.array(
      z.strictObject({
        person: z.string(),
        channel: z.enum(['mail', 'sms']),
        error: z.string().describe('ADDRESS_UNUSABLE, NO_PHONE, or the code with which it was refused'),
        attempts: z.int(),
        at: Instant,
        cases: z.array(z.string()).describe('Which it told of'),
      }),
    ),
  })
  .meta({ id: 'EngineFaults' });
const SystemsView = z
  .strictObject({
    days: z.int().describe('Of calls made in so many last days'),
    items: z.array(
      z.strictObject({
        system: z.string(),
        calls: z.int(),
        waiting: z.int().describe('Called, and not answered yet'),
        failed: z.int(),
        answeredAt: Instant.nullable().describe('The latest answer, in real time'),
        failedAt: Instant.nullable(),
        error: z.string().nullable().describe('Of the latest failure'),
      }),
    ),
  })
  .meta({ id: 'AgencySystems' });
const mostListed = 200;
const healthDays = 30;

const operators = { kind: 'person', roles: ['operator', 'admin'], scope: 'engine:operate' } as const;

/** For operators: what the register holds beside what each workflow thinks. */
export const engineRoutes = ({ pool, engine }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/engine/faults',
    tag: 'Operations',
    summary: 'What the readers of events have set aside, and whom no message reaches',
    description:
      'Faults: an event or a case that could not be projected, told or sent on. Its reader goes on with the others and tries it again, at least every five ' +
      'minutes; it leaves this list when it is done. Messages: the last one to everybody who was not reached by it, until a later one is taken. ' +
      'At most two hundred of each.',
    auth: operators,
    responses: { 200: { description: 'The list', schema: FaultsView } },
    handler: async ({ reply }) => {
      const [faults, messages] = await Promise.all([listFaults(pool, mostListed), failedMessages(pool, mostListed)]);
      return reply(200, { faults, messages: messages.map(({ cases, ...rest }) => ({ ...rest, cases: [...cases] })) });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/engine/systems',
    tag: 'Operations',
    summary: 'How calls of the agencies’ systems go',
    auth: operators,
    responses: { 200: { description: 'By system', schema: SystemsView } },
    handler: async ({ reply }) => reply(200, { days: healthDays, items: await systemHealth(pool, healthDays) }),
  }),
  defineRoute({
    method: 'get',
    path: '/cases/{code}/engine',
    tag: 'Operations',
    summary: 'Mailboxes of a case compared with its workflows',
    auth: operators,
    request: { params: z.strictObject({ code: CaseCode }) },
    responses: {
      200: {
        description: 'Scopes',
        schema: z.strictObject({ case: z.string(), scopes: z.array(ScopeView) }).meta({ id: 'EngineView' }),
      },
    },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { code }, reply }) => {
      const known = await scopesOf<WorkflowKind>(pool, code);
      if (known.length === 0) refuse('NOT_FOUND', { case: code });
      const scopes = await Promise.all(
        known.map(async (progress) => {
          const { scope, kind, generation, lastSeq, sentSeq, doneSeq, nextAt, closed, attempts } = progress;
          const found = closed ? 'not-asked' : await engine.progress(scope);
          const asked = typeof found === 'string' ? null : found;
          const workflow = asked
            ? {
                generation: asked.generation,
                seen: asked.seen,
                waitingFor: [...asked.waitingFor],
                nextTimer: asked.nextTimer,
              }
            : (found as 'missing' | 'unreachable' | 'not-asked');
          const agrees =
            found === 'unreachable' || closed ? null : asked?.generation === generation && asked.seen === lastSeq;
          return { scope, kind, generation, lastSeq, sentSeq, doneSeq, nextAt, closed, attempts, workflow, agrees };
        }),
      );
      return reply(200, { case: code, scopes });
    },
  }),
];
