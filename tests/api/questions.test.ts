import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseScope } from '../../domain/case/scope.js';
import { openProcedure, openTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Questions {
  readonly items: readonly {
    readonly id: string;
    readonly agency: string;
    readonly text: string | null;
    readonly askedBy: { readonly id: string | null; readonly name: string | null };
    readonly answer: {
      readonly text: string | null;
      readonly answeredBy: { readonly id: string | null; readonly name: string | null; readonly agency: string | null };
    } | null;
  }[];
}

let api: TestApi;
let code = '';
const words = 'Khi nào chúng tôi nhận được kết quả?';
const answerWords = 'Dự kiến ngày 20/7.';

beforeAll(async () => {
  api = await startApi();
  ({ case: code } = await fileCase(api));
  await openProcedure(api, code);
});
afterAll(() => api.close());

const ask = (body: Record<string, unknown>, caseCode = code) =>
  api.refused('POST', `/cases/${caseCode}/questions`, { as: 'investor.besi', body });
const read = async (as: string) => (await api.call<Questions>('GET', `/cases/${code}/questions`, { as })).body.items;

describe('a question', () => {
  it('goes to whoever handles the procedure, is answered, and is read with who and when', async () => {
    expect((await ask({ procedure: 'irc-ordinary', text: words })).status).toBe(200);
    const key = 'question/Q1';
    const taskId = await openTask(api, caseScope(code), {
      key,
      kind: 'question',
      agency: 'shtp-board',
      role: 'officer',
      step: null,
    });
    const officer = 'officer.shtp-board.1';
    expect(await read(officer)).toMatchObject([{ id: 'Q1', agency: 'shtp-board', text: words, answer: null }]);
    await api.call('POST', `/tasks/${taskId}/claim`, { as: officer });
    const complete = (body: unknown) => api.refused('POST', `/tasks/${taskId}/completion`, { as: officer, body });
    expect((await complete({ outcome: 'answer' })).body.code).toBe('VALIDATION_FAILED');
    expect((await complete({ outcome: 'answer', reason: answerWords })).status).toBe(200);
    const [byInvestor] = await read('investor.besi');
    expect(byInvestor).toMatchObject({
      text: words,
      askedBy: { id: 'investor.besi', name: 'Jan Voorbeeld' },
      answer: { text: answerWords, answeredBy: { id: null, name: null, agency: 'shtp-board' } },
    });
    const [byAuditor] = await read('auditor.1');
    expect(byAuditor?.answer?.answeredBy).toMatchObject({ id: officer, agency: 'shtp-board' });
    expect(byAuditor?.answer?.answeredBy.name).not.toBeNull();
  });

  it('leaves its words out of the evidence, and they can be erased from where they lie', async () => {
    const { rows } = await api.pool.query<{ n: number }>(
      `select count(*)::int as n from case_event where canonical like '%kết quả?%' or canonical like '%Dự kiến%'`,
    );
    expect(rows[0]?.n).toBe(0);
    await api.pool.query('update case_text set body = null, salt = null, sealed = null where case_code = $1', [code]);
    const [erased] = await read('investor.besi');
    expect(erased).toMatchObject({ text: null, answer: { text: null } });
  });

  it('about a procedure that is not in the plan, or without words, is refused', async () => {
    expect((await ask({ procedure: 'land-lease', text: words })).body.code).toBe('NOT_FOUND');
    expect((await ask({ text: '   ' })).body.code).toBe('VALIDATION_FAILED');
    expect((await ask({})).body.code).toBe('VALIDATION_FAILED');
  });

  it('is refused once the case is closed', async () => {
    const { case: closed } = await fileCase(api);
    await api.call('POST', `/cases/${closed}/withdrawal`, { as: 'investor.besi', body: { reason: 'thôi' } });
    expect((await ask({ text: words }, closed)).body.code).toBe('CASE_CLOSED');
  });
});
