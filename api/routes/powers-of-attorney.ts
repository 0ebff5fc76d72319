import { type z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { writeNotices } from '../../db/outbound/notices.js';
import { findPerson } from '../../db/people/people.js';
import { answerPower, grantPower, type Power, powersAround, revokePower } from '../../db/people/powers.js';
import { inTransaction } from '../../db/pool.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type Law } from '../../domain/law/law.js';
import { type Text } from '../../domain/law/agency.js';
import { type Language } from '../http/language.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { type FieldError, InvalidRequest } from '../http/validation.js';
import { Nothing } from '../schemas/common.js';
import { ofPower, PowerBody, Powers, PowerView } from '../schemas/investor.js';

/** What is wrong with a power that is asked for, and what to do. */
const unsound = {
  order: { vi: 'ngày cuối phải từ ngày đầu trở đi', en: 'the last day must not be before the first' },
  past: { vi: 'ngày cuối đã qua: hãy chọn từ hôm nay trở đi', en: 'the last day is over: choose today or later' },
  procedure: { vi: 'không có thủ tục này', en: 'there is no such procedure' },
  representative: {
    vi: 'không có người đại diện với mã tài khoản này: hãy hỏi lại mã ghi ở trang Tài khoản của họ',
    en: 'no representative has this account: ask for the id that their account page shows',
  },
} as const satisfies Record<string, Text>;

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
export function powerRoutes(deps: ApiDeps) {
  const { pool, limits } = deps;
  const today = async () => dateOf(await businessNow(pool));
  const view = (power: Power, on: PlainDate): z.input<typeof PowerView> => ({ ...power, state: stateOf(power, on) });

  async function requireSound(
    body: z.output<typeof PowerBody>,
    on: PlainDate,
    { procedures }: Catalogue,
    language: Language,
  ): Promise<void> {
    const errors: FieldError[] = [];
    const wrong = (pointer: string, code: FieldError['code'], detail: Text) =>
      errors.push({ in: 'body', pointer, code, detail: detail[language] });
    if (body.to < body.from) wrong('/to', 'INVALID', unsound.order);
    if (body.to < on) wrong('/to', 'INVALID', unsound.past);
    (body.procedures ?? []).forEach((code, i) => {
      if (!procedures.has(code)) wrong(`/procedures/${i}`, 'UNKNOWN_VALUE', unsound.procedure);
    });
    const representative = await findPerson(pool, body.representative);
    if (representative?.role !== 'representative') wrong('/representative', 'UNKNOWN_VALUE', unsound.representative);
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
      handler: async ({ params: { id }, person, law, reply }) => {
        const at = await businessNow(pool);
        const answered = await answerPower(pool, id, person.id, answer, at);
        await tell(pool, law().law, answered, 'power-answered', answered.grantor, at);
        return reply(200, view(answered, dateOf(at)));
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
        const { law, catalogue } = call.law();
        await requireSound(call.body, dateOf(grantedAt), catalogue, call.language);
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
        await tell(pool, law, power, 'power-offered', power.representative, grantedAt);
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
      handler: async ({ params: { id }, person, law, reply }) => {
        const at = await businessNow(pool);
        const revoked = await revokePower(pool, id, person.id, at);
        if (revoked.declinedAt === null)
          await tell(pool, law().law, revoked, 'power-ended', revoked.representative, at);
        return reply(200, view(revoked, dateOf(at)));
      },
    }),
  ];
}

/** Each side learns what the other one does; told again, it is one notice. */
async function tell(
  pool: ApiDeps['pool'],
  law: Law,
  { id, from, to, declinedAt }: Power,
  kind: 'power-offered' | 'power-answered' | 'power-ended',
  person: string,
  at: Instant,
): Promise<void> {
  const answer = kind === 'power-answered' && { outcome: declinedAt === null ? 'accepted' : 'declined' };
  const vars = { from, date: to, ...answer };
  const addressees = [{ to: 'person', id: person }] as const;
  const notice = { addressees, kind, urgency: 'soon', vars, ref: `power-of-attorney/${id}` } as const;
  await inTransaction(pool, (client) => writeNotices(client, law, [{ ...notice, caseCode: null, investor: null, at }]));
}
