import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { openTask } from './engine-by-hand.js';
import { fileCase, startApi, upload, type Receipt, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const [one, two, investor] = ['officer.dof.1', 'officer.dof.2', 'investor.besi'];
interface Question {
  readonly id: string;
  readonly facts: readonly { fact: string; proposed: unknown; known: unknown; name: { vi: string; en: string } }[];
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly decision: string | null;
  readonly legalBasis: string | null;
}
interface Shown {
  readonly factQuestions: readonly Question[];
  readonly asked: readonly { readonly kind: string; readonly question?: string }[];
  readonly baseline: { readonly days: number; readonly corrected?: unknown };
  readonly predicates: readonly unknown[];
}
const shown = async (code: string, as: string) => (await api.call<Shown>('GET', `/cases/${code}`, { as })).body;
const taskOf = async (code: string): Promise<string> => {
  const { items } = (
    await api.call<{ items: { id: string; status: string }[] }>('GET', `/tasks?case=${code}&kind=fact`, { as: one })
  ).body;
  return items.find(({ status }) => status === 'open' || status === 'claimed')?.id ?? '';
};

it('makes an open question of «I don’t know», takes the answer with what shows it, and shows all of it to the investor', async () => {
  const { besi } = exampleProjects;
  const { site } = besi.project;
  const project = { ...besi.project, restrictedTechnology: null, site: { ...site, lot: 'Lô F-1' } };
  const { body: dry } = await api.call<{ unknown: string[] }>('POST', '/screenings', {
    as: investor,
    body: { ...besi, project },
  });
  expect(dry.unknown).toEqual(['project.restrictedTechnology']);
  const { body: receipt } = await api.call<Receipt>('POST', '/cases', { as: investor, body: { ...besi, project } });
  const { case: code } = receipt;
  const filed = await shown(code, investor);
  expect(filed.asked).toContainEqual(expect.objectContaining({ kind: 'fact', question: 'F1' }));
  expect(filed.factQuestions).toMatchObject([
    { id: 'F1', facts: [{ fact: 'project.restrictedTechnology', proposed: null, known: null }], outcome: null },
  ]);
  const documentId = await upload(api, investor, 'hồ sơ công nghệ');
  const correction = { facts: { 'project.restrictedTechnology': true }, reason: 'Theo hợp đồng' };
  const others = await upload(api, 'investor.cmc', 'của người khác');
  const say = (body: object, as = investor) => api.refused('POST', `/cases/${code}/corrections`, { as, body });
  expect((await say({ ...correction, documentId: others })).status).toBe(422);
  expect((await say({ ...correction, documentId, facts: { 'project.site.zone': 'MOON' } })).body.code).toBe(
    'VALIDATION_FAILED',
  );
  expect((await say({ ...correction, documentId })).status).toBe(200);
  const { items } = (await api.call<{ items: { id: string }[] }>('GET', `/tasks?case=${code}&kind=fact`, { as: one }))
    .body;
  expect(items).toHaveLength(2);
  const detail = (await api.call<{ factQuestion: Question | null }>('GET', `/tasks/${items[1]?.id}`, { as: one })).body;
  const second = detail.factQuestion?.id === 'F2' ? items[1] : items[0];
  const confirmed = await api.refused('POST', `/tasks/${second?.id}/completion`, {
    as: one,
    body: { outcome: 'confirm', reason: 'Khớp với hợp đồng', legalBasis: 'Danh mục công nghệ hạn chế' },
  });
  expect(confirmed.status).toBe(200);
  const after = await shown(code, investor);
  expect(after.baseline.days).toBeGreaterThan(filed.baseline.days);
  expect(after.factQuestions).toMatchObject([
    { id: 'F1', outcome: 'overtaken' },
    {
      id: 'F2',
      outcome: 'confirmed',
      reason: 'Theo hợp đồng',
      decision: 'Khớp với hợp đồng',
      legalBasis: 'Danh mục công nghệ hạn chế',
    },
  ]);
  expect(after.asked.map(({ kind }) => kind)).not.toContain('fact');
});

it('an officer puts a fact right, and another one confirms it', async () => {
  const { case: code } = await fileCase(api, 'besi', investor, 'Lô F-2');
  await openTask(api, caseScope(code), { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null });
  const body = { facts: { 'project.site.zone': 'HEPZA' }, reason: 'Trích lục bản đồ' };
  const put = (as: string) => api.refused('POST', `/cases/${code}/official-corrections`, { as, body });
  expect((await put(investor)).body.code).toBe('FORBIDDEN');
  expect((await put(one)).status).toBe(200);
  expect((await put(two)).body.code).toBe('DUPLICATE_REQUEST');
  const task = await taskOf(code);
  const confirm = (as: string) =>
    api.refused('POST', `/tasks/${task}/completion`, {
      as,
      body: { outcome: 'confirm', reason: 'Đúng', legalBasis: 'Bản đồ địa chính' },
    });
  expect((await confirm(one)).body.code).toBe('PROPOSER_CANNOT_APPROVE');
  expect((await confirm(two)).status).toBe(200);
  expect((await shown(code, investor)).factQuestions).toMatchObject([
    { outcome: 'confirmed', facts: [{ proposed: 'HEPZA', known: 'HEPZA' }] },
  ]);
});
