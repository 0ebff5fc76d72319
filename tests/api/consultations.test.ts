import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type z } from 'zod';
import { type ConsultationsView } from '../../api/schemas/consultations.js';
import { signCallback } from '../../agencies/signature.js';
import { noteCall } from '../../db/outbound/agency-calls.js';
import { businessNow, startRehearsal } from '../../db/register/business-clock.js';
import { findCaseState } from '../../db/read/case-state.js';
import { type Condition, type Position } from '../../domain/case/consultation/words.js';
import { procedureScope } from '../../domain/case/scope.js';
import { textsOf } from '../../db/register/texts.js';
import { at } from '../support/memory-register.js';
import { consult, engineDoes, openTask, procedure } from './engine-by-hand.js';
import { fileCase, hmacSecret, startApi, type TestApi } from './support.js';

type Agenda = z.output<typeof ConsultationsView>;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => api.close());

const officer = 'officer.shtp-board.1';
const head = 'head.shtp-board';
const pathOf = (code: string, rest: string) => `/cases/${code}/procedures/${procedure}/${rest}`;
const agendaOf = async (code: string, as = officer) => {
  const { status, body } = await api.call<Agenda>('GET', pathOf(code, 'consultations'), { as });
  expect(status).toBe(200);
  return body;
};

const answers = async (
  consultation: string,
  agency: string,
  position: Position,
  conditions: Condition[] = [],
): Promise<void> => {
  await api.deps.door.handle({
    caseCode: consultation.split('/')[1] ?? '',
    command: {
      type: 'giveOpinion',
      consultation,
      agency,
      position,
      conditions,
      legalBasis: 'Luật Bảo vệ môi trường',
      messageId: randomUUID(),
    },
    actor: { kind: 'agency-system', agency },
    occurredAt: await businessNow(api.pool),
    operationId: `agency/${agency}/${randomUUID()}`,
    bodyHash: '',
  });
};

/** Two opinions on waste water that cannot both be followed; the conference and its task are open. */
async function conferring() {
  const { case: code } = await fileCase(api);
  const consultation = await consult(api, code);
  await answers(consultation, 'dost', 'agree-with-conditions', [
    { subject: 'waste-water', direction: 'limits', value: '400' },
    { subject: 'data-location', direction: 'requires', value: 'in-vietnam' },
    { subject: 'other', direction: 'requires', value: 'trồng cây dọc ranh đất' },
  ]);
  await answers(consultation, 'dpa', 'agree-with-conditions', [
    { subject: 'waste-water', direction: 'requires', value: '500' },
  ]);
  await engineDoes(api, consultation, { type: 'openConference' });
  const taskId = await openTask(api, consultation, {
    key: 'conference',
    kind: 'conference',
    agency: 'shtp-board',
    role: 'head',
    step: null,
  });
  return { code, consultation, taskId };
}

const issue = 'conditions/waste-water/dost/dpa';
const decision = {
  resolutions: [{ issue, upholds: 'dost' }],
  dissent: [{ agency: 'dpa', reason: 'Quy hoạch cho phép 500 m³' }],
  reason: 'Trạm xử lý của khu chỉ nhận 400 m³ mỗi ngày',
};

describe('the agenda of a conference', () => {
  it('shows every opinion side by side, with the names of what is contested and the options', async () => {
    const { code } = await conferring();
    const { items, procedure: about, attempt } = await agendaOf(code);
    expect([about, attempt, items.length]).toEqual([procedure, 1, 1]);
    const [consultation] = items;
    expect(consultation).toMatchObject({ n: 1, step: 'opinions', lead: 'shtp-board', closedAt: null, reopenings: [] });
    expect(consultation?.opinions.map(({ agency }) => agency)).toEqual(['dost', 'dpa']);
    expect(consultation?.opinions[0]).toMatchObject({
      channel: 'worklist',
      status: 'given',
      weighed: true,
      late: false,
      legalEffect: 'deemed-agreed',
      legalBasis: 'Luật Bảo vệ môi trường',
      conditions: [
        {
          subject: 'waste-water',
          subjectName: { en: 'Waste-water volume' },
          direction: 'limits',
          value: '400',
          unit: 'm³/d',
        },
        { subject: 'data-location', value: 'in-vietnam', valueName: { en: 'In Viet Nam' } },
        { subject: 'other', subjectName: null, value: 'trồng cây dọc ranh đất' },
      ],
    });
    expect(consultation?.conference).toMatchObject({
      chair: 'shtp-board',
      dueDate: '2026-07-09',
      decidedAt: null,
      reason: null,
    });
    expect(consultation?.conference?.issues).toMatchObject([
      {
        id: issue,
        kind: 'contradiction',
        subjectName: { vi: 'Lưu lượng nước thải' },
        options: [
          { upholds: 'dost', conditions: [{ value: '400' }] },
          { upholds: 'dpa', conditions: [{ value: '500' }] },
          { upholds: null },
        ],
        resolution: null,
      },
    ]);
  });

  it('is not for the investor, whose timeline does not tell of the conference either', async () => {
    const { code } = await conferring();
    const { status } = await api.refused('GET', pathOf(code, 'consultations'), { as: 'investor.besi' });
    expect(status).toBe(403);
    const types = async (as: string) => {
      const { body } = await api.call<{ items: { type: string }[] }>('GET', `/cases/${code}/timeline?limit=100`, {
        as,
      });
      return body.items.map(({ type }) => type);
    };
    expect(await types('investor.besi')).not.toContain('conferenceOpened');
    expect(await types('investor.besi')).toContain('opinionGiven');
    const { body } = await api.call('GET', `/cases/${code}/timeline?limit=100`, { as: 'investor.besi' });
    expect(JSON.stringify(body)).not.toMatch(/"position"|"conditions"|"objected"/);
    expect(await types(officer)).toContain('conferenceOpened');
  });

  it('of a procedure that is not open is not found', async () => {
    const { case: code } = await fileCase(api);
    const path = `/cases/${code}/procedures/enterprise-registration/consultations`;
    expect((await api.refused('GET', path, { as: 'auditor.1' })).body.code).toBe('NOT_FOUND');
  });
});

describe('the decision of a conference', () => {
  it('is taken by the head in one act, once, and shown to whoever goes on with it', async () => {
    const { code, consultation, taskId } = await conferring();
    const key = randomUUID();
    const decide = () => api.call('POST', pathOf(code, 'conference'), { as: head, body: decision, key });
    const [first, again] = [await decide(), await decide()];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await api.refused('POST', pathOf(code, 'conference'), { as: head, body: decision })).body.code).toBe(
      'TASK_CLOSED',
    );
    const { conference } = (await agendaOf(code)).items[0] ?? {};
    expect(conference).toMatchObject({
      reason: decision.reason,
      dissent: [{ agency: 'dpa', reason: 'Quy hoạch cho phép 500 m³' }],
      issues: [{ id: issue, resolution: { upholds: 'dost' } }],
    });
    await engineDoes(api, consultation, { type: 'closeConsultation' });
    const assessment = await openTask(api, procedureScope(code, procedure, 1), {
      key: 'step/assessment',
      kind: 'step',
      agency: 'shtp-board',
      role: 'officer',
      step: 'assessment',
    });
    const { body } = await api.call<{ conferences: unknown[]; opinions: unknown[] }>('GET', `/tasks/${assessment}`, {
      as: officer,
    });
    expect(body.conferences).toMatchObject([
      { reason: decision.reason, issues: [{ resolution: { upholds: 'dost' } }] },
    ]);
    expect(body.opinions).toHaveLength(2);
    const { rows } = await api.pool.query<{ id: string }>('select id from case_text where case_code = $1', [code]);
    const words = await textsOf(
      api.pool,
      code,
      rows.map(({ id }) => id),
    );
    expect([...words.values()]).toEqual(expect.arrayContaining([decision.dissent[0]?.reason, decision.reason]));
    const { rows: events } = await api.pool.query('select canonical from case_event where case_code = $1', [code]);
    expect(JSON.stringify(events)).not.toContain('Trạm xử lý');
    expect((await api.refused('POST', `/tasks/${taskId}/claim`, { as: head })).body.code).toBe('TASK_CLOSED');
  });

  it.each<[string, object, number, string]>([
    ['no issue', { resolutions: [] }, 422, 'VALIDATION_FAILED'],
    ['no reason', { reason: ' ' }, 422, 'VALIDATION_FAILED'],
    ['an issue that is not there', { resolutions: [{ issue: 'objection/doc', upholds: null }] }, 422, 'UNKNOWN_VALUE'],
    ['an agency that took no part', { resolutions: [{ issue, upholds: 'doc' }] }, 422, 'UNKNOWN_VALUE'],
    ['an unknown field', { votes: 3 }, 422, 'UNKNOWN_FIELD'],
  ])('with %s is refused, and the task stays free', async (_what, change, status, code) => {
    const conference = await conferring();
    const path = pathOf(conference.code, 'conference');
    const refused = await api.refused('POST', path, { as: head, body: { ...decision, ...change } });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    const { rows } = await api.pool.query('select status from task where id = $1', [conference.taskId]);
    expect(rows).toEqual([{ status: 'open' }]);
  });

  it('is the chair’s alone, and there must be a conference', async () => {
    const { code } = await conferring();
    const codeFor = async (as: string, of = code) =>
      (await api.refused('POST', pathOf(of, 'conference'), { as, body: decision })).body.code;
    expect(await codeFor(officer)).toBe('TASK_NOT_YOURS');
    expect(await codeFor('officer.dost.1')).toBe('TASK_NOT_YOURS');
    const { case: other } = await fileCase(api);
    await consult(api, other);
    expect(await codeFor(head, other)).toBe('PRECONDITION_FAILED');
  });
});

describe('conditions that an agency’s system sends', () => {
  it('are refused to it at once where they contradict themselves: it must not seem silent', async () => {
    const { case: code } = await fileCase(api);
    const consultation = await consult(api, code);
    const request = {
      scope: consultation,
      step: 'opinion/dpa',
      system: 'land-planning',
      kind: 'consultation',
      agency: 'dpa',
    } as const;
    const { correlationId } = await noteCall(api.pool, request, await businessNow(api.pool));
    const send = async (conditions: Condition[]) => {
      const message = {
        messageId: randomUUID(),
        correlationId,
        kind: 'opinion',
        position: 'agree-with-conditions',
        conditions,
        legalBasis: 'Luật Quy hoạch',
        note: '',
        sentAt: '2026-07-06T03:00:00Z',
      };
      const raw = JSON.stringify(message);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const headers = {
        'content-type': 'application/json',
        'x-luong-xanh-timestamp': timestamp,
        'x-luong-xanh-signature': signCallback(hmacSecret, 'dpa', timestamp, raw),
      };
      return api.refused('POST', '/agency-callbacks/dpa', { raw, key: null, headers });
    };
    const both: Condition[] = [
      { subject: 'building-height', direction: 'requires', value: '30' },
      { subject: 'building-height', direction: 'limits', value: '25' },
    ];
    const refused = await send(both);
    expect([refused.status, refused.body.code]).toEqual([422, 'CONDITIONS_CONTRADICT']);
    expect((await send(both.slice(0, 1))).status).toBe(202);
    const state = await findCaseState(api.pool, code);
    expect(state?.consultations[consultation]?.opinions['dpa']?.conditions).toEqual(both.slice(0, 1));
  });
});

describe('weighing a late answer', () => {
  it('is refused for one that is not late, to other agencies, and for a consultation that is not there', async () => {
    const { case: code } = await fileCase(api);
    const consultation = await consult(api, code);
    await answers(consultation, 'dpa', 'object');
    const reopen = async (as: string, n: number, agency = 'dpa') =>
      (await api.refused('POST', pathOf(code, `consultations/${n}/reopening`), { as, body: { agency, reason: 'x' } }))
        .body.code;
    expect(await reopen(officer, 1)).toBe('PRECONDITION_FAILED');
    expect(await reopen(officer, 1, 'doc')).toBe('NOT_FOUND');
    expect(await reopen(officer, 2)).toBe('NOT_FOUND');
    expect(await reopen('officer.dost.1', 1)).toBe('TASK_NOT_YOURS');
  });

  it('has it count while the consultation is open, says why in the agenda, and cannot be done twice', async () => {
    const { case: code } = await fileCase(api);
    const consultation = await consult(api, code);
    const now = await businessNow(api.pool);
    await api.deps.door.handle({
      caseCode: code,
      command: { type: 'settle' },
      actor: { kind: 'clock' },
      occurredAt: at('2026-07-14 00:00'),
      operationId: `${code}/settle`,
      bodyHash: '',
    });
    expect(now < at('2026-07-14 00:00')).toBe(true);
    await answers(consultation, 'dpa', 'object');
    const body = { agency: 'dpa', reason: 'Quy hoạch mới được duyệt' };
    const path = pathOf(code, 'consultations/1/reopening');
    expect((await api.call('POST', path, { as: officer, body })).status).toBe(200);
    const [{ opinions, reopenings } = { opinions: [], reopenings: [] }] = (await agendaOf(code)).items;
    expect(opinions.find(({ agency }) => agency === 'dpa')).toMatchObject({
      late: true,
      weighed: true,
      status: 'given',
    });
    expect(reopenings).toMatchObject([{ agency: 'dpa', reason: body.reason }]);
    expect((await api.refused('POST', path, { as: officer, body })).body.code).toBe('PRECONDITION_FAILED');
  });
});
