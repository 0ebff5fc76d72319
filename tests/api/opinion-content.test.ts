import { afterAll, beforeAll, expect, it } from 'vitest';
import { type z } from 'zod';
import { type ConsultationsView } from '../../api/schemas/consultations.js';
import { procedureScope } from '../../domain/case/scope.js';
import { consult, decisionTask, engineDoes, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const dost = { as: 'officer.dost.1' };
const lead = { as: 'officer.shtp-board.1' };
const investor = { as: 'investor.besi' };

interface Asked {
  readonly result: {
    readonly seen: string;
    readonly fields: readonly { readonly code: string; readonly kind: string; readonly proposed: string | null }[];
    readonly reasons: readonly {
      readonly outcome: string;
      readonly text: { readonly vi: string };
      readonly legalBasis: { readonly vi: string };
    }[];
  };
}

const papersOf = async (code: string, who: { readonly as: string }) =>
  (await api.call<{ items: { id: string; form: string; agency: string }[] }>('GET', `/cases/${code}/forms`, who)).body
    .items;
const opinions = async (code: string, who: { readonly as: string }) =>
  (await papersOf(code, who)).filter(({ form }) => form === 'opinion');

it('an opinion answers each question with its reasons; the conference reads it clause beside clause, the investor has its paper once the decision is signed', async () => {
  const { case: code } = await fileCase(api);
  const consultation = await consult(api, code);
  const about = { kind: 'opinion', role: 'officer', step: null } as const;
  const task = await openTask(api, consultation, { key: 'opinion/dost', agency: 'dost', ...about });
  await api.call('POST', `/tasks/${task}/claim`, dost);
  const { result } = (await api.call<Asked>('GET', `/tasks/${task}`, dost)).body;
  expect(result.fields.map(({ code: field, kind, proposed }) => [field, kind, proposed])).toEqual([
    ['technology', 'verdict', null],
    ['highTechCriteria', 'verdict', null],
  ]);
  const [template] = result.reasons.filter(({ outcome }) => outcome === 'refused');
  const reasons = [{ text: `${template?.text.vi ?? ''}(đã nêu rõ)`, legalBasis: template?.legalBasis.vi }];
  const fields = { technology: 'agree', highTechCriteria: 'object' };
  const give = (change: object) =>
    api.refused('POST', `/tasks/${task}/completion`, {
      ...dost,
      body: {
        ...{ outcome: 'object', reason: 'Chưa đạt', legalBasis: 'Luật Công nghệ cao' },
        content: { seen: result.seen, fields, reasons, ...change },
      },
    });
  const missing = await give({ fields: { technology: 'object' } });
  expect([missing.status, missing.body.code]).toEqual([422, 'RESULT_INCOMPLETE']);
  const milder = await give({ fields: { ...fields, highTechCriteria: 'agree' } });
  expect([milder.status, milder.body.code]).toEqual([422, 'VERDICTS_DIFFER']);
  expect((await give({ seen: 'd0' })).body.code).toBe('CONTENT_CHANGED');
  expect((await give({})).status).toBe(200);

  const dpa = await openTask(api, consultation, { key: 'opinion/dpa', agency: 'dpa', ...about });
  const agreed = { as: 'officer.dpa.1', body: { outcome: 'agree' } };
  expect((await api.refused('POST', `/tasks/${dpa}/completion`, agreed)).status).toBe(200);
  await engineDoes(api, consultation, { type: 'openConference' });
  const agenda = (
    await api.call<z.output<typeof ConsultationsView>>(
      'GET',
      `/cases/${code}/procedures/${procedure}/consultations`,
      lead,
    )
  ).body;
  const [first] = agenda.items;
  const content = {
    questions: [
      { code: 'technology', name: expect.any(Object) as object, verdict: 'agree' },
      { code: 'highTechCriteria', name: expect.any(Object) as object, verdict: 'object' },
    ],
    reasons,
  };
  expect(first?.opinions.map((one) => one.content)).toEqual([content, null]);
  expect(first?.conference?.issues[0]?.options.map((one) => one.content)).toEqual([content, null]);

  const [paper] = await opinions(code, lead);
  expect(paper?.agency).toBe('dost');
  expect(await opinions(code, investor)).toEqual([]);
  const early = await api.refused('GET', `/cases/${code}/forms/${paper?.id}`, investor);
  expect([early.status, early.body.code]).toEqual([404, 'NOT_FOUND']);

  const conference = { key: 'conference', kind: 'conference', agency: 'shtp-board', role: 'head', step: null } as const;
  await openTask(api, consultation, conference);
  const head = { as: 'head.shtp-board' };
  const resolutions = [{ issue: 'objection/dost', upholds: null }];
  const settled = { ...head, body: { resolutions, reason: 'Bổ sung điều kiện' } };
  const path = `/cases/${code}/procedures/${procedure}/conference`;
  expect((await api.refused('POST', path, settled)).status).toBe(200);
  await engineDoes(api, consultation, { type: 'closeConsultation' });
  const scope = procedureScope(code, procedure, 1);
  const step = {
    key: 'step/assessment',
    kind: 'step',
    agency: 'shtp-board',
    role: 'officer',
    step: 'assessment',
  } as const;
  const assessed = { ...lead, body: { outcome: 'done' } };
  expect((await api.refused('POST', `/tasks/${await openTask(api, scope, step)}/completion`, assessed)).status).toBe(
    200,
  );
  const decision = await openTask(api, scope, decisionTask);
  const approved = { ...head, body: { outcome: 'approve' } };
  expect((await api.refused('POST', `/tasks/${decision}/completion`, approved)).status).toBe(200);
  expect(await opinions(code, investor)).toEqual([]);
  const seal = { documentHash: 'ab'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
  await engineDoes(api, scope, { type: 'recordSignature', number: `${code}-KQ`, ...seal });
  expect(await opinions(code, investor)).toEqual([expect.objectContaining({ id: paper?.id })]);
});
