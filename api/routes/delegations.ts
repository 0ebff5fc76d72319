import { z } from 'zod';
import { businessNow } from '../../db/business-clock.js';
import { delegate, findDelegation, listDelegations, revokeDelegation } from '../../db/delegations.js';
import { refuse } from '../../domain/errors.js';
import { bodyHashOf, headersOf } from '../acts.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { many, Nothing } from '../schemas/common.js';
import { DelegationBody, DelegationView } from '../schemas/tasks.js';

const workers = ['receiving-officer', 'officer', 'head'] as const;

/** A head sees the whole agency, an auditor everybody, anybody else what concerns them. */
function whose({ id, role, agency }: Person) {
  if (role === 'auditor') return { all: true } as const;
  return role === 'head' && agency !== null ? { agency } : { person: id };
}

/** Who stands in for whom while they are away. Clocks do not notice. */
export const delegationRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'post',
    path: '/delegations',
    tag: 'Tasks',
    summary: 'Name who stands in while the caller is away',
    description:
      'On the first day what the caller holds goes to the delegate, and until the last day so does what would come to the caller. An officer who stands in for a head signs on the head’s behalf. Afterwards nothing is taken back.',
    auth: { kind: 'person', roles: workers, scope: 'task:work' },
    idempotent: true,
    request: { body: DelegationBody },
    responses: { 201: { description: 'Noted, once', schema: DelegationView } },
    refusals: ['DELEGATION_TO_SELF', 'UNKNOWN_VALUE', 'PRECONDITION_FAILED'],
    handler: async (call) => {
      const asked = { ...call.body, person: call.person, key: call.key, bodyHash: bodyHashOf(call) };
      const { delegation, replayed } = await delegate(pool, asked, await businessNow(pool));
      return call.reply(201, delegation, headersOf({ replayed }));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/delegations',
    tag: 'Tasks',
    summary: 'Delegations: the caller’s own on either side; of the whole agency for its head',
    auth: { kind: 'person', roles: [...workers, 'auditor'], scope: 'case:read' },
    responses: {
      200: {
        description: 'Newest term first',
        schema: z.strictObject({ items: many(DelegationView) }).meta({ id: 'Delegations' }),
      },
    },
    handler: async ({ person, reply }) => reply(200, { items: await listDelegations(pool, whose(person)) }),
  }),
  defineRoute({
    method: 'post',
    path: '/delegations/{id}/revocation',
    tag: 'Tasks',
    summary: 'End a delegation at once: the caller’s own, or as head one of the agency',
    auth: { kind: 'person', roles: workers, scope: 'task:work' },
    idempotent: true,
    request: { params: z.strictObject({ id: z.uuid() }), body: Nothing },
    responses: { 200: { description: 'Ended', schema: DelegationView } },
    refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    handler: async ({ params: { id }, person, reply }) => {
      const found = await findDelegation(pool, id);
      const may =
        found && (found.person.id === person.id || (person.role === 'head' && person.agency === found.agency));
      if (!may) refuse('NOT_FOUND', { delegation: id });
      return reply(200, await revokeDelegation(pool, id, person.id, await businessNow(pool)));
    },
  }),
];
