import { afterAll, beforeAll, expect, it } from 'vitest';
import { projected } from '../support/feed.js';
import { issueCertificate, procedure } from './engine-by-hand.js';
import { addRepresentative, fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let code = '';
let number = '';
let pin = '';
beforeAll(async () => {
  api = await startApi();
  await addRepresentative(api, agent, 'Lê Mới');
  const filed = await fileCase(api);
  code = filed.case;
  pin = filed.public.pin;
  number = await issueCertificate(api, code);
  await projected(api.deps);
});
afterAll(() => api.close());

const [officer, head, investor] = ['officer.shtp-board.2', 'head.shtp-board', 'investor.besi'];
const words = { reason: 'Diện tích ghi sai', legalBasis: 'NĐ 30/2020/NĐ-CP, Điều 18' };
const propose = (as: string, body: object) =>
  api.refused('POST', `/cases/${code}/procedures/${procedure}/result-changes`, { as, body });
const taskOf = async () => {
  const { body } = await api.call<{ items: { id: string; kindName: { vi: string } }[] }>(
    'GET',
    `/tasks?case=${code}&kind=result-change`,
    { as: head },
  );
  return body.items[0]?.id ?? '';
};
const decide = async (outcome: string) =>
  api.refused('POST', `/tasks/${await taskOf()}/completion`, { as: head, body: { outcome, reason: 'Đã kiểm tra' } });
const check = async (of: string) => {
  await projected(api.deps);
  return (await api.call<Record<string, unknown>>('GET', `/public/decisions/${encodeURIComponent(of)}`)).body;
};
const agent = 'representative.new';
async function represent(procedures: readonly string[]): Promise<void> {
  const [from, to] = ['2020-01-01', '2040-12-31'];
  const { status, body } = await api.call<{ id: string }>('POST', '/powers-of-attorney', {
    as: investor,
    body: { representative: agent, acts: ['answerResultHearing'], procedures, from, to },
  });
  expect([status, body]).toEqual([201, body]);
  await api.call('POST', `/powers-of-attorney/${body.id}/acceptance`, { as: agent });
}
const papers = async (as: string) =>
  (
    await api.call<{ items: { form: string; id: string; number: string | null }[] }>('GET', `/cases/${code}/forms`, {
      as,
    })
  ).body.items;

it('corrects a result by an act with its own number, which every look at the result names', async () => {
  expect(await check(number)).toMatchObject({ standing: 'in-force', changes: [] });
  const passages = [{ was: '10 ha', is: '11 ha' }];
  expect((await propose('officer.dost.1', { change: 'correction', passages, ...words })).body.code).toBe('FORBIDDEN');
  expect((await propose(officer, { change: 'correction', passages, ...words })).status).toBe(200);
  const task = await api.call('GET', `/tasks/${await taskOf()}`, { as: head });
  expect(task.body).toMatchObject({ resultChange: { of: number, passages, ...words, outcome: null } });
  expect((await decide('issue')).status).toBe(200);
  const act = `${number}-DC1`;
  const corrected = { number, standing: 'corrected', changes: [{ number: act, change: 'correction' }] };
  expect(await check(number)).toMatchObject(corrected);
  expect(await check(act)).toMatchObject(corrected);
  expect((await api.refused('GET', `/public/decisions/${number}-TH1`)).body.code).toBe('NOT_FOUND');
  const paper = (await papers(investor)).find(({ form }) => form === 'result-correction');
  expect(paper).toMatchObject({ number: act });
  const printed = await fetch(`${api.url}/api/v1/cases/${code}/forms/${paper?.id}`, {
    headers: { authorization: `Bearer ${await api.issuer.tokenOf(investor)}` },
  });
  expect([printed.status, printed.headers.get('content-type')]).toEqual([200, 'application/pdf']);
});

it('revokes it only after the investor was heard, and says so to everybody who looks', async () => {
  expect((await propose(officer, { change: 'revocation', ...words })).status).toBe(200);
  const early = await decide('issue');
  expect([early.status, early.body.code]).toEqual([409, 'REVOCATION_WITHOUT_HEARING']);
  const shown = await api.call<{ asked: { kind: string; change?: string }[] }>('GET', `/cases/${code}`, {
    as: investor,
  });
  const asked = shown.body.asked.find(({ kind }) => kind === 'result-hearing');
  expect(asked).toMatchObject({ of: number, ...words });
  const speak = (as: string, change = asked?.change) =>
    api.refused('POST', `/cases/${code}/result-changes/${change}/statement`, {
      as,
      body: { statement: 'Chúng tôi đã đo lại' },
    });
  expect((await speak(investor, 'R9')).body.code).toBe('NOT_FOUND');
  await represent(['enterprise-registration']);
  expect((await speak(agent)).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  // Of the certificate alone: it is asked of them, and they may speak.
  await represent([procedure]);
  const part = await api.call<{ asked: { kind: string }[] }>('GET', `/cases/${code}`, { as: agent });
  expect(part.body.asked.map(({ kind }) => kind)).toContain('result-hearing');
  const said = await speak(agent);
  expect(said.status).toBe(200);
  expect((await decide('issue')).status).toBe(200);
  expect(await check(number)).toMatchObject({
    standing: 'revoked',
    changes: [{ change: 'correction' }, { change: 'revocation', number: `${number}-TH1` }],
  });
  const byPin = await api.call('POST', '/public/case-status', { body: { code, pin }, key: null });
  expect(byPin.body).toMatchObject({ procedures: [{ procedure, standing: 'revoked' }] });
  const { body } = await api.call<{ procedures: { procedure: string }[] }>('GET', `/cases/${code}`, { as: investor });
  expect(body.procedures.find((one) => one.procedure === procedure)).toMatchObject({
    standing: 'revoked',
    resultChanges: [{ outcome: 'issued' }, { outcome: 'issued', statement: 'Chúng tôi đã đo lại' }],
  });
  expect((await papers(investor)).map(({ form }) => form)).toContain('result-revocation');
  expect((await propose(officer, { change: 'correction', passages: [{ was: 'a', is: 'b' }], ...words })).body).toEqual(
    expect.objectContaining({ code: 'PRECONDITION_FAILED' }),
  );
});
