import { type z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findPerson } from '../../db/people/people.js';
import { answerPower, grantPower, type Power, powersAround, revokePower } from '../../db/people/powers.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { type FieldError, InvalidRequest } from '../http/validation.js';
import { Nothing } from '../schemas/common.js';
import { ofPower, PowerBody, Powers, PowerView } from '../schemas/investor.js';

const parties = ['investor', 'representative'] as const;

function stateOf(
  { from, to, acceptedAt, declinedAt, revokedAt }: Power,
  today: PlainDate,
): z.input<typeof PowerView>['state'] {
  if (revokedAt !== null) return 'revoked';
  if (declinedAt !== null) return 'declined';
  if (today > to) return 'ended';
  if (acceptedAt === null) return 'offered';
  return today < from ? 'future' : 'in-force';
}

/** For whom somebody may act, in what and how long. An investor grants and revokes, the representative accepts; nobody passes on what they were given. */
export function powerRoutes({ pool, catalogue, limits }: ApiDeps) {
  const today = async () => dateOf(await businessNow(pool));
  const view = (power: Power, on: PlainDate): z.input<typeof PowerView> => ({ ...power, state: stateOf(power, on) });

  async function requireSound(body: z.output<typeof PowerBody>, on: PlainDate): Promise<void> {
    const errors: FieldError[] = [];
    const wrong = (pointer: string, code: FieldError['code'], detail: string) =>
      errors.push({ in: 'body', pointer, code, detail });
    if (body.to < body.from) wrong('/to', 'INVALID', 'ends before it begins');
    if (body.to < on) wrong('/to', 'INVALID', 'in the past');
    (body.procedures ?? []).forEach((code, i) => {
      if (!catalogue.procedures.has(code)) wrong(`/procedures/${i}`, 'UNKNOWN_VALUE', 'no such procedure');
    });
    const representative = await findPerson(pool, body.representative);
    if (representative?.role !== 'representative') wrong('/representative', 'UNKNOWN_VALUE', 'not a representative');
    if (errors.length > 0) throw new InvalidRequest(errors);
  }

  const answerRoute = (name: string, answer: 'accepted' | 'declined', summary: string) =>
    defineRoute({
      method: 'post',
      path: `/powers-of-attorney/{id}/${name}`,
      tag: 'Powers of attorney',
      summary,
      auth: { kind: 'person', roles: ['representative'], scope: 'case:file' },
      idempotent: 'own',
      request: { params: ofPower, body: Nothing },
      responses: { 200: { description: 'The power of attorney, answered', schema: PowerView } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
      handler: async ({ params: { id }, person, reply }) => {
        const at = await businessNow(pool);
        return reply(200, view(await answerPower(pool, id, person.id, answer, at), dateOf(at)));
      },
    });

  return [
    defineRoute({
      method: 'post',
      path: '/powers-of-attorney',
      tag: 'Powers of attorney',
      summary: 'Let a representative act, in a scope and for a term',
      description: 'Nothing is done or read under it before the representative has accepted it.',
      auth: { kind: 'person', roles: ['investor'], scope: 'case:file' },
      idempotent: 'own',
      request: { body: PowerBody },
      responses: { 201: { description: 'The power of attorney', schema: PowerView } },
      refusals: ['QUOTA_EXCEEDED'],
      handler: async (call) => {
        const { representative, procedures, from, to } = call.body;
        const grantedAt = await businessNow(pool);
        await requireSound(call.body, dateOf(grantedAt));
        const grant = {
          id: uuidOf('power-of-attorney', call.person.id, call.key),
          grantor: call.person.id,
          representative,
          acts: [...new Set(call.body.acts)].sort(),
          procedures: procedures && [...new Set(procedures)].sort(),
          from,
          to,
          grantedAt,
        };
        const power = await grantPower(pool, grant, limits.quotas.openPowers);
        return call.reply(201, view(power, dateOf(grantedAt)));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/powers-of-attorney',
      tag: 'Powers of attorney',
      summary: 'What the caller granted or holds, ended and revoked ones too',
      auth: { kind: 'person', roles: parties, scope: 'case:read' },
      responses: { 200: { description: 'All of them', schema: Powers } },
      handler: async ({ person, reply }) => {
        const on = await today();
        return reply(200, { items: (await powersAround(pool, person.id)).map((power) => view(power, on)) });
      },
    }),
    answerRoute('acceptance', 'accepted', 'Accept it: from now on the representative acts and reads under it'),
    answerRoute('refusal', 'declined', 'Decline it: nothing is ever done under it'),
    defineRoute({
      method: 'post',
      path: '/powers-of-attorney/{id}/revocation',
      tag: 'Powers of attorney',
      summary: 'Take it back: from now on nothing more is done under it',
      auth: { kind: 'person', roles: ['investor'], scope: 'case:file' },
      idempotent: 'own',
      request: { params: ofPower, body: Nothing },
      responses: { 200: { description: 'The power of attorney, revoked', schema: PowerView } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, person, reply }) => {
        const at = await businessNow(pool);
        return reply(200, view(await revokePower(pool, id, person.id, at), dateOf(at)));
      },
    }),
  ];
}
