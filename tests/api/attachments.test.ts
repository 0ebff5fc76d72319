import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { decisionTask, engineDoes, openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, fileForm, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const officer = { as: 'officer.shtp-board.1' };
const investor = { as: 'investor.besi' };
const head = { as: 'head.shtp-board' };

async function assessing() {
  const { case: code } = await fileCase(api, 'besi', 'investor.besi', `Lô kèm theo ${++lot}`);
  return { code, task: await openAssessment(api, code) };
}
const send = (task: string, as: string, text: string) =>
  api.refused('POST', `/tasks/${task}/documents`, { as, raw: fileForm(pdf(text)) });
async function upload(task: string, as: string, text: string): Promise<string> {
  const { status, body } = await api.call<{ id: string }>('POST', `/tasks/${task}/documents`, {
    as,
    raw: fileForm(pdf(text)),
  });
  expect(status).toBe(201);
  return body.id;
}
const answer = (task: string, as: string, body: object) =>
  api.refused('POST', `/tasks/${task}/completion`, { as, body });
const download = async (id: string, as: string) => (await api.refused('GET', `/documents/${id}`, { as })).status;

it('an officer who is not on the case uploads nothing to its tasks', async () => {
  const { task } = await assessing();
  for (const as of ['officer.dost.1', 'head.dost', 'receiving-officer.hcmc-pasc.1']) {
    expect([as, (await send(task, as, 'biên bản')).body.code]).toEqual([as, 'TASK_NOT_YOURS']);
  }
  expect((await send(task, investor.as, 'biên bản')).status).toBe(403);
});

it('nobody attaches what somebody else uploaded, nor to an answer that is part of no result', async () => {
  const { code, task } = await assessing();
  const theirs = await api.call<{ id: string }>('POST', '/documents', {
    ...investor,
    raw: fileForm(pdf('của nhà đầu tư')),
  });
  const attachments = [{ documentId: theirs.body.id }];
  expect((await answer(task, officer.as, { outcome: 'done', attachments })).body.code).toBe('UNKNOWN_VALUE');
  await api.call('POST', `/cases/${code}/questions`, { ...investor, body: { procedure, text: 'Bao giờ xong?' } });
  const question = { key: 'question/Q1', kind: 'question', agency: 'shtp-board', role: 'officer', step: null } as const;
  const asked = await openTask(api, `case/${code}`, question);
  const mine = [{ documentId: await upload(asked, officer.as, 'trả lời') }];
  const answered = await answer(asked, officer.as, { outcome: 'answer', reason: 'Tuần sau', attachments: mine });
  expect(answered.body.code).toBe('UNKNOWN_VALUE');
});

it('is read by the agencies of the case at once, and by the investor once the decision is signed', async () => {
  const { code, task } = await assessing();
  const id = await upload(task, officer.as, 'báo cáo thẩm định');
  expect(await download(id, officer.as)).toBe(200);
  expect(await download(id, head.as)).toBe(404);
  expect((await answer(task, officer.as, { outcome: 'done', attachments: [{ documentId: id }] })).status).toBe(200);
  const scope = procedureScope(code, procedure, 1);
  const decision = await openTask(api, scope, decisionTask);
  const { body } = await api.call<{ procedure: Shown }>('GET', `/tasks/${decision}`, head);
  expect(body.procedure.attachments).toMatchObject([{ documentId: id, agency: 'shtp-board', step: 'assessment' }]);
  expect(await download(id, head.as)).toBe(200);
  expect(await download(id, 'officer.city-tax.1')).toBe(404);
  expect(await download(id, investor.as)).toBe(404);
  expect(await attachmentsOf(code)).toEqual([]);

  expect((await answer(decision, head.as, { outcome: 'approve' })).status).toBe(200);
  expect(await download(id, investor.as)).toBe(404);
  const signed = { documentHash: 'h', signature: 's', algorithm: 'Ed25519', keyId: 'k' };
  await engineDoes(api, scope, { type: 'recordSignature', number: `${code}-KQ`, ...signed });
  expect(await download(id, investor.as)).toBe(200);
  expect(await attachmentsOf(code)).toEqual([id]);
});

interface Shown {
  readonly procedure: string;
  readonly attachments: readonly { readonly documentId: string }[];
}
async function attachmentsOf(code: string): Promise<string[]> {
  const { body } = await api.call<{ procedures: Shown[] }>('GET', `/cases/${code}`, investor);
  return body.procedures.flatMap(({ attachments }) => attachments.map(({ documentId }) => documentId));
}
