import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCallback } from '../../agencies/signature.js';
import { receiveMessage } from '../../db/outbound/inbox.js';
import { handleMessages } from '../../db/outbound/inbox-handler.js';
import { businessNow } from '../../db/register/business-clock.js';
import { noteCall } from '../../db/outbound/agency-calls.js';
import { foldCase } from '../../domain/case/fold.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { timelineOf } from '../../db/read/timeline.js';
import {
  consult,
  engineDoes,
  openAssessment,
  openIntake,
  openProcedure,
  procedure,
  receive,
} from './engine-by-hand.js';
import { fileCase, fileForm, hmacSecret, pdf, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const investor = { as: 'investor.besi' };
const stateOf = async (code: string) => {
  const { items } = await timelineOf(api.pool, code, { limit: 100 });
  return foldCase(
    code,
    items.map(({ event }) => event),
  );
};

describe('the investor', () => {
  it('files the dossier with what was uploaded and what a register knows already', async () => {
    const { case: code } = await fileCase(api);
    await openProcedure(api, code);
    const documentId = await upload(api, 'investor.besi');
    const file = (documents: object[]) =>
      api.refused('POST', `/cases/${code}/procedures/${procedure}/dossier`, { ...investor, body: { documents } });
    expect((await file([{ code: 'request', documentId: randomUUID() }])).body).toMatchObject({
      code: 'UNKNOWN_VALUE',
      errors: [{ pointer: '/documents/0/documentId' }],
    });
    expect((await file([{ code: 'request', obtainedFrom: 'national-business-register' }])).body).toMatchObject({
      code: 'UNKNOWN_VALUE',
      errors: [{ pointer: '/documents/0/obtainedFrom' }],
    });
    const documents = [
      { code: 'request', documentId },
      { code: 'location-right', obtainedFrom: 'national-land-database' },
    ];
    expect((await file(documents)).status).toBe(200);
    expect((await stateOf(code)).procedures[procedureScope(code, procedure, 1)]).toMatchObject({
      stage: 'intake',
      filings: [
        {
          documents: [
            { code: 'request', documentId, obtainedFrom: null },
            { code: 'location-right', documentId: null, obtainedFrom: 'national-land-database' },
          ],
        },
      ],
    });
    // Nobody has examined it: what is filed again takes the place of what was there.
    expect((await file(documents)).status).toBe(200);
    expect((await stateOf(code)).procedures[procedureScope(code, procedure, 1)]?.filings).toHaveLength(1);
  });

  it('cannot file what somebody else uploaded, and is told so before the door', async () => {
    const { case: code } = await fileCase(api);
    await openProcedure(api, code);
    const documentId = await upload(api, 'investor.cmc');
    const body = { documents: [{ code: 'request', documentId }] };
    const answer = await api.refused('POST', `/cases/${code}/procedures/${procedure}/dossier`, { ...investor, body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'UNKNOWN_VALUE' } });
  });

  it('gets the same answer for the same key, once done, and a refusal for the key with another body', async () => {
    const { case: code } = await fileCase(api);
    const send = (reason: string) =>
      api.refused('POST', `/cases/${code}/withdrawal`, { ...investor, body: { reason }, key: `withdraw-${code}` });
    const answers = await Promise.all([send('changed plans'), send('changed plans'), send('changed plans')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length).toBe(2);
    expect((await send('other plans')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const withdrawals = await api.pool.query(`select from case_event where case_code = $1 and type = 'caseWithdrawn'`, [
      code,
    ]);
    expect(withdrawals.rowCount).toBe(1);
  });

  it('is represented within the power of attorney, and the evidence says for whom', async () => {
    const { case: code } = await fileCase(api, 'besi', 'representative.besi');
    const [opened] = (await timelineOf(api.pool, code, { limit: 1 })).items;
    expect(opened?.event).toMatchObject({
      actor: { id: 'representative.besi', onBehalfOf: 'investor.besi' },
      payload: { investor: { personId: 'investor.besi' } },
    });
    expect((await api.call('GET', `/cases/${code}`, investor)).status).toBe(200);
  });

  it('shows the deposit, and a gate the plan does not have is refused', async () => {
    const { case: code } = await fileCase(api, 'cmc');
    const show = (gate: string) =>
      api.refused('POST', `/cases/${code}/gates/${gate}`, {
        as: 'investor.cmc',
        body: { evidence: { reference: 'UNC-2026-0001' } },
      });
    const gates = (await stateOf(code)).plan.flatMap((item) => item.gates);
    const gate = gates.find((one) => one !== 'online-declaration') ?? '';
    expect(gate).not.toBe('');
    expect((await show('online-declaration')).body.code).toBe('VALIDATION_FAILED');
    expect((await show(gate)).status).toBe(200);
    expect(Object.keys((await stateOf(code)).gatesMet)).toEqual([gate]);
    expect((await show('moon-landed')).body.code).toBe('VALIDATION_FAILED');
  });

  it('answers a supplement request, withdraws, and says how it went', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openAssessment(api, code);
    const officer = { as: 'officer.shtp-board.1' };
    await api.call('POST', `/tasks/${taskId}/claim`, officer);
    await api.call('POST', `/tasks/${taskId}/supplement-request`, {
      ...officer,
      body: { ground: 'supplement', items: ['Báo cáo tài chính'], reason: 'Thiếu năm 2025' },
    });
    const asked = await api.call<{ asked: object[] }>('GET', `/cases/${code}`, investor);
    expect(asked.body.asked).toMatchObject([{ kind: 'supplement', procedure, requestId: 'S1' }]);
    const documents = [{ code: 'financial-capacity', documentId: await upload(api, 'investor.besi') }];
    const answer = (requestId: string) =>
      api.refused('POST', `/cases/${code}/supplements`, { ...investor, body: { procedure, requestId, documents } });
    expect((await answer('S9')).body.code).toBe('NOT_FOUND');
    expect((await answer('S1')).status).toBe(200);
    expect((await answer('S1')).body.code).toBe('PRECONDITION_FAILED');
    const survey = () => api.refused('POST', `/cases/${code}/survey`, { ...investor, body: { score: 4 } });
    expect((await survey()).body.code).toBe('PRECONDITION_FAILED');
    await api.call('POST', `/cases/${code}/withdrawal`, { ...investor, body: { reason: 'Đổi kế hoạch' } });
    expect((await survey()).status).toBe(200);
    expect((await survey()).body.code).toBe('DUPLICATE_REQUEST');
    expect(
      (await api.refused('POST', `/cases/${code}/withdrawal`, { ...investor, body: { reason: 'x' } })).body.code,
    ).toBe('CASE_CLOSED');
  });

  it('files again after a refusal at intake', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openIntake(api, code);
    const receiver = { as: 'receiving-officer.hcmc-pasc.1' };
    await api.call('POST', `/tasks/${taskId}/claim`, receiver);
    const refuse = { ...receiver, body: { outcome: 'refuse', reason: 'Không thuộc thẩm quyền' } };
    expect((await api.call('POST', `/tasks/${taskId}/completion`, refuse)).status).toBe(200);
    await engineDoes(api, procedureScope(code, procedure, 1), { type: 'closeProcedure' });
    const documents = [{ code: 'request', documentId: await upload(api, 'investor.besi') }];
    const answer = await api.call('POST', `/cases/${code}/procedures/${procedure}/refiling`, {
      ...investor,
      body: { documents },
    });
    expect(answer.status).toBe(200);
    expect(Object.keys((await stateOf(code)).procedures)).toContain(procedureScope(code, procedure, 2));
  });
});

describe('officers', () => {
  it('extend no term where no clause of the law lets them', async () => {
    const { case: code } = await fileCase(api);
    await receive(api, code);
    const extend = (as: string, days: number) =>
      api.refused('POST', `/cases/${code}/procedures/${procedure}/extension`, {
        as,
        body: { days, reason: 'Hồ sơ phức tạp' },
      });
    expect((await extend('officer.shtp-board.1', 2)).body.code).toBe('FORBIDDEN');
    expect((await extend('head.shtp-board', 0)).body.code).toBe('AMOUNT_OUT_OF_RANGE');
    expect((await extend('head.shtp-board', 2)).body.code).toBe('EXTENSION_LIMIT');
  });

  it('see in their worklist what they may do, due first, and open a task with all it needs', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openAssessment(api, code);
    const list = async (as: string, query = '') =>
      (
        await api.call<{ items: { id: string; case: string; status: string; procedureName: { en: string } }[] }>(
          'GET',
          `/tasks?case=${code}${query}`,
          { as },
        )
      ).body.items;
    expect((await list('officer.shtp-board.1')).map(({ id }) => id)).toEqual([taskId]);
    expect(await list('officer.dost.1')).toEqual([]);
    expect((await list('leader.hcmc-committee', '&status=done')).length).toBe(1);
    expect((await api.refused('GET', '/tasks?agency=dost', { as: 'officer.shtp-board.1' })).body.code).toBe(
      'TASK_NOT_YOURS',
    );
    await api.call('POST', `/tasks/${taskId}/claim`, { as: 'officer.shtp-board.1' });
    expect((await list('officer.shtp-board.1', '&mine=true')).map(({ status }) => status)).toEqual(['claimed']);
    expect(await list('officer.shtp-board.2', '&mine=true')).toEqual([]);
    const { status, body } = await api.call('GET', `/tasks/${taskId}`, { as: 'officer.shtp-board.2' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      case: code,
      task: {
        id: taskId,
        kind: 'step',
        claimedBy: { id: 'officer.shtp-board.1' },
        stepName: { vi: expect.any(String) as string },
      },
      outcomes: [{ code: 'done' }],
      facts: { 'project.site.zone': 'SHTP' },
      clock: { state: 'running' },
      ledger: [{ type: 'start' }],
      documents: [
        { code: 'request', fileName: 'giấy phép.pdf' },
        { code: 'location-right', obtainedFrom: 'national-land-database' },
      ],
      opinions: [
        { agency: 'dost', position: 'agree' },
        { agency: 'dpa', position: 'agree' },
      ],
    });
    await api.call('POST', `/tasks/${taskId}/release`, { as: 'officer.shtp-board.1' });
    expect((await list('officer.shtp-board.1', '&mine=true')).length).toBe(0);
  });
});

describe('an agency’s system', () => {
  const ask = async (scope: string, agency: string) => {
    const request = {
      scope,
      step: `opinion/${agency}`,
      system: 'land-planning',
      kind: 'consultation',
      agency,
    } as const;
    return (await noteCall(api.pool, request, await businessNow(api.pool))).correlationId;
  };
  const send = (agency: string, opinion: object, timestamp = String(Math.floor(Date.now() / 1000))) => {
    const raw = JSON.stringify(opinion);
    return api.call('POST', `/agency-callbacks/${agency}`, {
      raw,
      key: null,
      headers: {
        'content-type': 'application/json',
        'x-luong-xanh-timestamp': timestamp,
        'x-luong-xanh-signature': signCallback(hmacSecret, agency, timestamp, raw),
      },
    });
  };
  const opinion = (correlationId: string, change: object = {}) => ({
    messageId: randomUUID(),
    correlationId,
    kind: 'opinion',
    position: 'agree-with-conditions',
    conditions: [{ subject: 'fire-access-width', direction: 'requires', value: '3.5' }],
    legalBasis: 'Luật Quy hoạch',
    note: '',
    sentAt: '2026-03-04T03:00:00Z',
    ...change,
  });

  it('gives its opinion once, however often the message comes', async () => {
    const { case: code } = await fileCase(api);
    const scope = await consult(api, code);
    const correlationId = await ask(scope, 'dpa');
    const message = opinion(correlationId);
    const answers = [await send('dpa', message), await send('dpa', message)];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [202, { accepted: true, first: true }],
      [202, { accepted: true, first: false }],
    ]);
    expect((await stateOf(code)).consultations[scope]?.opinions['dpa']).toMatchObject({
      status: 'given',
      position: 'agree-with-conditions',
      messageIds: [message.messageId],
    });
    const second = opinion(correlationId, { position: 'object', conditions: [] });
    for (let times = 0; times < 2; times++) {
      const other = await send('dpa', second);
      expect([other.status, other.body]).toMatchObject([409, { code: 'DUPLICATE_REQUEST' }]);
    }
    const altered = await send('dpa', { ...message, position: 'object', conditions: [] });
    expect([altered.status, altered.body]).toMatchObject([422, { code: 'MESSAGE_ID_REUSED' }]);
    const { rows } = await api.pool.query('select status, error from inbox where agency = $1 order by id', ['dpa']);
    expect(rows).toEqual([
      { status: 'handled', error: null },
      { status: 'refused', error: 'DUPLICATE_REQUEST' },
    ]);
  });

  it('answers for itself alone: a correlation id of another agency is unknown to it', async () => {
    const { case: code } = await fileCase(api);
    const scope = await consult(api, code);
    const correlationId = await ask(scope, 'dost');
    expect((await send('dae', opinion(correlationId))).status).toBe(404);
    expect((await send('dost', opinion(correlationId, { position: 'perhaps' }))).status).toBe(422);
  });

  it('loses nothing when handling fails after the message was taken: the inbox is worked off later', async () => {
    const { case: code } = await fileCase(api);
    const scope = await consult(api, code);
    const correlationId = await ask(scope, 'dpa');
    const broken = await startApi((usual) => ({
      pool: api.pool,
      door: { ...usual.door, handle: () => Promise.reject(new Error('broken')) },
    }));
    const raw = JSON.stringify(opinion(correlationId));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const answer = await broken.call('POST', '/agency-callbacks/dpa', {
      raw,
      key: null,
      headers: {
        'content-type': 'application/json',
        'x-luong-xanh-timestamp': timestamp,
        'x-luong-xanh-signature': signCallback(hmacSecret, 'dpa', timestamp, raw),
      },
    });
    await broken.close();
    expect(answer.status).toBe(202);
    expect((await stateOf(code)).consultations[scope]?.opinions['dpa']?.status).toBe('asked');
    await api.pool.query(`update inbox set not_before = null where status = 'pending'`);
    expect(await handleMessages({ pool: api.pool, door: api.deps.door, limit: 10 })).toBe(1);
    expect((await stateOf(code)).consultations[scope]?.opinions['dpa']?.status).toBe('given');
  });

  it('that was taken and then comes too late to count is put before the lead agency', async () => {
    const { case: code } = await fileCase(api);
    const scope = await consult(api, code);
    const correlationId = await ask(scope, 'dpa');
    const second = opinion(correlationId, { position: 'object', conditions: [], legalBasis: 'Điều 7, lời riêng' });
    await receiveMessage(api.pool, {
      agency: 'dpa',
      messageId: second.messageId,
      body: second,
      receivedAt: await businessNow(api.pool),
    });
    // Meanwhile the first word is heard.
    expect((await send('dpa', opinion(correlationId))).status).toBe(202);
    await handleMessages({ pool: api.pool, door: api.deps.door, limit: 10 });
    const state = await stateOf(code);
    expect(state.consultations[scope]?.opinions['dpa']?.position).toBe('agree-with-conditions');
    const tasks = Object.values(state.procedures).flatMap((one) => Object.values(one.tasks));
    expect(tasks.filter(({ key }) => key === `by-hand/opinion/dpa/${second.messageId}`)).toMatchObject([
      { kind: 'by-hand', agency: state.consultations[scope]?.lead, role: 'officer', status: 'open' },
    ]);
    const { rows } = await api.pool.query<{ canonical: string }>(
      `select canonical from case_event where case_code = $1 and type = 'opinionUnheard'`,
      [code],
    );
    expect(rows[0]?.canonical).toContain('"position":"object"');
    expect(rows[0]?.canonical).not.toContain('lời riêng');
  });

  it('is known by a key derived from the master secret, as the agencies sign', () => {
    const key = createHmac('sha256', hmacSecret).update('dpa').digest();
    const expected = `sha256=${createHmac('sha256', key).update('1.{}').digest('hex')}`;
    expect(signCallback(hmacSecret, 'dpa', '1', '{}')).toBe(expected);
  });
});

describe('a document', () => {
  it('is read by its uploader and by whoever may read a case that rests on it', async () => {
    const { case: code } = await fileCase(api);
    const text = `secret ${randomUUID()}`;
    const form = fileForm(pdf(text), 'Giấy chứng nhận (bản sao).pdf');
    const { body } = await api.call<{ id: string; bytes: number }>('POST', '/documents', { ...investor, raw: form });
    const read = (as: string) => api.call<string>('GET', `/documents/${body.id}`, { as });
    expect((await read('officer.shtp-board.1')).status).toBe(404);
    const own = await read('investor.besi');
    expect(own.body).toContain(text);
    expect(own.headers.get('content-type')).toBe('application/pdf');
    expect(own.headers.get('content-length')).toBe(String(body.bytes));
    expect(own.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20nh%E1%BA%ADn%20%28b",
    );
    expect(own.headers.get('content-security-policy')).toContain('sandbox');
    await engineDoes(api, caseScope(code), { type: 'openProcedure', procedure });
    expect((await read('officer.shtp-board.1')).status).toBe(404);
    await api.call('POST', `/cases/${code}/procedures/${procedure}/dossier`, {
      ...investor,
      body: { documents: [{ code: 'request', documentId: body.id }] },
    });
    expect((await read('officer.shtp-board.1')).status).toBe(200);
    expect((await read('officer.city-tax.1')).status).toBe(404);
  });

  it('of the same bytes is kept once', async () => {
    const text = `same ${randomUUID()}`;
    const [one, two] = [await upload(api, 'investor.besi', text), await upload(api, 'investor.cmc', text)];
    expect(one).not.toBe(two);
    const { rows } = await api.pool.query('select count(distinct sha256)::int as n from document where id = any ($1)', [
      [one, two],
    ]);
    expect(rows).toEqual([{ n: 1 }]);
  });
});
