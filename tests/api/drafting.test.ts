import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { type Drafter, type Sentence } from '../../domain/drafting/words.js';
import { rulesDrafter } from '../../domain/drafting/rules.js';
import { consult, decisionTask, openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
/** Stands behind the port in place of our rules, where a test wants another one. */
let other: Drafter | undefined;
beforeAll(async () => {
  api = await startApi(() => ({ drafter: { draft: (subject) => (other ?? rulesDrafter).draft(subject) } }));
});
afterAll(() => api.close());

const officer = 'officer.shtp-board.1';
const head = 'head.shtp-board';
const file = async () => (await fileCase(api, 'besi', 'investor.besi', `Lô dự thảo ${++lot}`)).case;

interface Drafted {
  readonly sentences: readonly {
    readonly text: { readonly vi: string; readonly en: string };
    readonly source: { readonly kind: string; readonly of: string; readonly name: { vi: string; en: string } };
  }[];
}
const drafted = async (task: string, as: string) =>
  (await api.call<Drafted>('GET', `/tasks/${task}/drafted`, { as })).body.sentences;
const kindsOf = (sentences: Drafted['sentences']) => [...new Set(sentences.map(({ source }) => source.kind))].sort();
const complete = async (task: string, as: string, body: object) => {
  await api.call('POST', `/tasks/${task}/claim`, { as });
  const { status, body: answer } = await api.call('POST', `/tasks/${task}/completion`, { as, body });
  expect([status, answer]).toMatchObject([200, {}]);
};
interface Detail {
  readonly result: { readonly seen: string; readonly fields: readonly { code: string; proposed: string | null }[] };
  readonly work: readonly { step: string; people: readonly { drafted: { kept: number; of: number } | null }[] }[];
}
const detail = async (task: string, as: string) => (await api.call<Detail>('GET', `/tasks/${task}`, { as })).body;

it('drafts an appraisal and a decision from the file, each sentence with its source in words, and counts what was kept', async () => {
  const code = await file();
  const appraisal = await openAssessment(api, code);
  const lines = await drafted(appraisal, officer);
  expect(kindsOf(lines)).toEqual(['clause', 'document', 'fact', 'opinion', 'step']);
  for (const { text, source } of lines) {
    expect([text.vi, text.en, source.of, source.name.vi, source.name.en].every((said) => said.trim() !== '')).toBe(
      true,
    );
  }
  const [first, second] = lines;
  const edited = `${second?.text.vi.slice(0, -1)}, bản gốc.`;
  await complete(appraisal, officer, { outcome: 'done', reason: `${first?.text.vi}\n${edited}\nĐề nghị cấp.` });

  const decision = await openTask(api, procedureScope(code, procedure, 1), decisionTask);
  const { work, result } = await detail(decision, head);
  expect(work.find(({ step }) => step === 'assessment')?.people).toMatchObject([{ drafted: { kept: 1, of: 3 } }]);
  const reasons = await drafted(decision, head);
  expect(kindsOf(reasons)).toEqual(['clause', 'opinion', 'step']);
  const template = reasons.find(({ source }) => source.kind === 'clause');
  // The draft counts in the reasons of the content as it does in the words beside them.
  const content = {
    seen: result.seen,
    fields: Object.fromEntries(
      result.fields.flatMap(({ code: field, proposed }) => (proposed ? [[field, proposed]] : [])),
    ),
    reasons: [{ text: template?.text.vi, legalBasis: template?.source.name.vi }],
  };
  await complete(decision, head, { outcome: 'approve', reason: reasons[0]?.text.vi, content });
  const after = await detail(decision, head);
  expect(after.work.find(({ step }) => step === 'decision')?.people).toMatchObject([{ drafted: { kept: 2, of: 2 } }]);
  // What is answered is drafted no more.
  expect(await drafted(decision, head)).toEqual([]);
});

it('drafts an opinion for the agency that is asked, from the dossier and the facts', async () => {
  const code = await file();
  const scope = await consult(api, code);
  const about = { key: 'opinion/dost', kind: 'opinion', agency: 'dost', role: 'officer', step: null } as const;
  const task = await openTask(api, scope, about);
  const lines = await drafted(task, 'officer.dost.1');
  expect(kindsOf(lines)).toEqual(['document', 'fact']);
  expect((await api.refused('GET', `/tasks/${task}/drafted`, { as: officer })).body.code).toBe('TASK_NOT_YOURS');
  await complete(task, 'officer.dost.1', { outcome: 'agree', reason: lines[0]?.text.vi });
});

it('refuses a draft with a sentence that nothing in the file supports, and lets the task be answered all the same', async () => {
  const task = await openAssessment(api, await file());
  const invented: Sentence = {
    text: { vi: 'Nhà đầu tư có uy tín.', en: 'The investor has a good name.' },
    source: { kind: 'document', code: 'reference-letter' },
  };
  other = { draft: (subject) => [...rulesDrafter.draft(subject), invented] };
  try {
    const { status, body } = await api.refused('GET', `/tasks/${task}/drafted`, { as: officer });
    expect([status, body.code]).toEqual([500, 'DRAFT_UNSOURCED']);
    expect(await detail(task, officer)).toMatchObject({ task: { status: 'open' } });
    await complete(task, officer, { outcome: 'done', reason: invented.text.vi });
  } finally {
    other = undefined;
  }
});
