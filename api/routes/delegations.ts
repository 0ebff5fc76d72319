import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import {
  answerDelegation,
  delegate,
  type Delegation,
  findDelegation,
  listDelegations,
  revokeDelegation,
} from '../../db/people/delegations.js';
import { writeNotices } from '../../db/outbound/notices.js';
import { findPerson } from '../../db/people/people.js';
import { inTransaction } from '../../db/pool.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { bodyHashOf, headersOf } from '../acts.js';
import { type Person } from '../auth/person.js';
import { type Law } from '../../domain/law/law.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { many, Nothing } from '../schemas/common.js';
import { DelegationBody, DelegationView } from '../schemas/tasks.js';

const workers = ['receiving-officer', 'officer', 'head'] as const;

/** A head sees the whole agency, auditors and administrators everybody, anybody else what concerns them. */
function whose({ id, role, agency }: Person) {
  if (role === 'auditor' || role === 'admin') return { all: true } as const;
  return role === 'head' && agency !== null ? { agency } : { person: id };
}

const statusOf = ({ acceptedAt, declinedAt, revokedAt }: Delegation) =>
  revokedAt !== null ? 'ended' : declinedAt !== null ? 'declined' : acceptedAt !== null ? 'accepted' : 'asked';
const view = (delegation: Delegation): z.input<typeof DelegationView> => ({
  ...delegation,
  status: statusOf(delegation),
});

/** Who is away: the caller, or whom the head of their agency names. */
async function absentOf({ pool }: ApiDeps, caller: Person, named: string | undefined): Promise<Person> {
  if (named === undefined || named === caller.id) return caller;
  const absent = caller.role === 'head' ? await findPerson(pool, named) : undefined;
  const known = absent !== undefined && absent.agency === caller.agency;
  return known ? absent : refuse('UNKNOWN_VALUE', { field: 'person' });
}

const ofDelegation = z.strictObject({ id: z.uuid() });

/** Who stands in for whom while they are away. Clocks do not notice. */
export const delegationRoutes = (deps: ApiDeps) => {
  const { pool } = deps;
  const answering = (name: 'acceptance' | 'refusal', summary: string) =>
    defineRoute({
      method: 'post',
      path: `/delegations/{id}/${name}`,
      tag: 'Tasks',
      summary,
      auth: { kind: 'person', roles: workers, scope: 'task:work' },
      idempotent: 'own',
      request: { params: ofDelegation, body: Nothing },
      responses: { 200: { description: 'Answered', schema: DelegationView } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
      handler: async ({ params: { id }, person, law, reply }) => {
        const found = await findDelegation(pool, id);
        if (found?.delegate.id !== person.id) refuse('NOT_FOUND', { delegation: id });
        const now = await businessNow(pool);
        const answered = await answerDelegation(pool, id, name === 'acceptance', now);
        await tell(pool, law().law, answered, 'delegation-answered', [answered.person.id, answered.notedBy], now);
        return reply(200, view(answered));
      },
    });
  return [
    defineRoute({
      method: 'post',
      path: '/delegations',
      tag: 'Tasks',
      summary: 'Ask somebody to stand in while the caller, or as head somebody of the agency, is away',
      description:
        'It holds once they have accepted it, for no longer than the setting of the City allows. On the first day what the absent person holds goes to the delegate, and until the last day so does what would come to them. An officer who stands in for a head signs on the head’s behalf. Afterwards what only the head may do falls free; the rest stays with whoever has it in hand.',
      auth: { kind: 'person', roles: workers, scope: 'task:work' },
      idempotent: 'own',
      request: { body: DelegationBody },
      responses: { 201: { description: 'Noted, once', schema: DelegationView } },
      refusals: ['DELEGATION_TO_SELF', 'UNKNOWN_VALUE', 'PRECONDITION_FAILED', 'TERM_TOO_LONG'],
      handler: async (call) => {
        const { person: named, ...term } = call.body;
        const person = await absentOf(deps, call.person, named);
        const { law } = call.law();
        const { longestDays } = law.settings.delegation;
        const asked = { ...term, person, by: call.person.id, longestDays, key: call.key, bodyHash: bodyHashOf(call) };
        const now = await businessNow(pool);
        const { delegation, replayed } = await delegate(pool, asked, now);
        if (!replayed) {
          const others = [delegation.delegate.id, delegation.person.id].filter((id) => id !== call.person.id);
          await tell(pool, law, delegation, 'delegation-asked', others, now);
        }
        return call.reply(201, view(delegation), headersOf({ replayed }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/delegations',
      tag: 'Tasks',
      summary:
        'Delegations: the caller’s own on either side; of the whole agency for its head, of all for auditors and administrators',
      auth: { kind: 'person', roles: [...workers, 'auditor', 'admin'], scope: 'case:read' },
      responses: {
        200: {
          description: 'Newest term first',
          schema: z.strictObject({ items: many(DelegationView) }).meta({ id: 'Delegations' }),
        },
      },
      handler: async ({ person, reply }) =>
        reply(200, { items: (await listDelegations(pool, whose(person))).map(view) }),
    }),
    answering('acceptance', 'Accept to stand in'),
    answering('refusal', 'Decline to stand in'),
    defineRoute({
      method: 'post',
      path: '/delegations/{id}/revocation',
      tag: 'Tasks',
      summary: 'End a delegation at once: the caller’s own on either side, or as head one of the agency',
      auth: { kind: 'person', roles: workers, scope: 'task:work' },
      idempotent: 'own',
      request: { params: ofDelegation, body: Nothing },
      responses: { 200: { description: 'Ended', schema: DelegationView } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
      handler: async ({ params: { id }, person, law, reply }) => {
        const found = await findDelegation(pool, id);
        const may =
          found &&
          (found.person.id === person.id ||
            found.delegate.id === person.id ||
            (person.role === 'head' && person.agency === found.agency));
        if (!may) refuse('NOT_FOUND', { delegation: id });
        const now = await businessNow(pool);
        const ended = await revokeDelegation(pool, id, person.id, now);
        const others = [ended.person.id, ended.delegate.id].filter((one) => one !== person.id);
        await tell(pool, law().law, ended, 'delegation-ended', others, now);
        return reply(200, view(ended));
      },
    }),
  ];
};

/** Both sides learn what the other one does; told again, it is one notice. */
async function tell(
  pool: ApiDeps['pool'],
  law: Law,
  delegation: Delegation,
  kind: 'delegation-asked' | 'delegation-answered' | 'delegation-ended',
  people: readonly (string | null)[],
  at: Instant,
): Promise<void> {
  const addressees = people.flatMap((id) => (id === null ? [] : [{ to: 'person', id } as const]));
  const vars = { from: delegation.from, date: delegation.to, outcome: statusOf(delegation) };
  const notice = { addressees, kind, urgency: 'soon', vars, ref: `delegation/${delegation.id}` } as const;
  await inTransaction(pool, (client) => writeNotices(client, law, [{ ...notice, caseCode: null, investor: null, at }]));
}
