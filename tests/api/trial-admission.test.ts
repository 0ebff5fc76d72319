import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import { engineDoes } from './engine-by-hand.js';
import { at } from '../support/memory-register.js';
import { readingOf } from '../support/poppler.js';
import { AdmissionByHand, conditions, evaluator, experts, investor, secretary, signer } from './admission-by-hand.js';
import { startApi, type TestApi } from './support.js';

interface Named {
  readonly id: string;
  readonly name: string | null;
}
interface Member {
  readonly person: Named;
  readonly agency: string | null;
  readonly present: boolean | null;
  readonly recused: boolean;
  readonly voted: boolean;
  readonly vote: string | null;
  readonly reason: string | null;
}
interface Result {
  readonly recommends: string;
  readonly for: number;
  readonly dissent: readonly { readonly person: Named | null; readonly reason: string | null }[];
}
interface Council {
  readonly councilNeeded: boolean;
  readonly council: {
    readonly status: string;
    readonly quorum: number;
    readonly voters: number | null;
    readonly members: readonly Member[];
    readonly result: Result | null;
  } | null;
}
interface Limit {
  readonly code: string;
  readonly source: string;
  readonly max?: number;
}
interface Evaluation {
  readonly criteria: readonly {
    readonly criterion: string;
    readonly positive: object;
    readonly finding: string | null;
  }[];
  readonly longestTerm: { readonly value: number; readonly source: string } | null;
  readonly limits: readonly Limit[];
  readonly proposal: {
    readonly by: readonly Named[];
    readonly terms: { readonly months: number; readonly limits: readonly Limit[]; readonly visitEvery: number };
  } | null;
}

let api: TestApi;
let one: AdmissionByHand;

beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => api.close());

/** The code of the refusal; that nothing was written is looked at on the way. */
async function refused(act: string, as: string, body: unknown): Promise<string> {
  const before = await one.seq();
  const { status, body: problem } = await one.post(act, as, body);
  expect(await one.seq()).toBe(before);
  expect(status).toBeGreaterThanOrEqual(400);
  return problem.code;
}

const councilFor = async (as: string): Promise<Council> => (await one.get<Council>('/trial/council', as)).body;
const memberFor = async (as: string, id: string): Promise<Member | undefined> =>
  (await councilFor(as)).council?.members.find(({ person }) => person.id === id);

describe('the conditions of an admission', () => {
  let taskId = '';
  beforeAll(async () => {
    one = await AdmissionByHand.appraised(api);
    taskId = await one.hold('evaluation', evaluator);
  });
  const proposal = (change: object = {}) => ({ taskId, criteria: one.findings(), terms: { ...conditions, ...change } });

  it('are asked for with the criteria, what the regime allows, and nothing proposed yet', async () => {
    const { body } = await one.get<Evaluation>('/trial/terms', evaluator);
    expect(body.proposal).toBeNull();
    expect(body.criteria.map(({ finding }) => finding)).toEqual(body.criteria.map(() => null));
    expect(body.criteria[0]).toHaveProperty('negative.vi');
    expect(body.limits.find(({ code }) => code === 'altitude')).toMatchObject({ max: 200, source: 'law' });
    const task = await api.call<{ admission: { evaluation: Evaluation } }>('GET', `/tasks/${taskId}`, {
      as: evaluator,
    });
    expect(task.body.admission.evaluation.criteria).toEqual(body.criteria);
  });

  it('must be there before the evaluation is done', async () => {
    const { status, body } = await one.answer(taskId, evaluator, { outcome: 'done' });
    expect([status, body.code]).toEqual([409, 'PRECONDITION_FAILED']);
  });

  it('are refused where they go further than the regime, and nothing is written', async () => {
    const propose = (change: object) => refused('terms', evaluator, proposal(change));
    expect(await propose({ months: 600 })).toBe('TERM_TOO_LONG');
    expect(await propose({ limits: [{ code: 'altitude', max: 200, inclusive: true }] })).toBe(
      'LIMIT_LOOSER_THAN_REGIME',
    );
    expect(await propose({ limits: [{ code: 'altitude', unit: 'km', max: 0.1 }] })).toBe('LIMIT_LOOSER_THAN_REGIME');
    expect(await propose({ areas: [{ ...conditions.areas[0], site: 'HEPZA' }] })).toBe('OUTSIDE_TERRITORY');
    expect(await propose({ limits: [{ code: 'noise', max: 60 }] })).toBe('VALIDATION_FAILED');
    expect(await propose({ areas: [] })).toBe('VALIDATION_FAILED');
    expect(await propose({ areas: [conditions.areas[0], conditions.areas[0]] })).toBe('VALIDATION_FAILED');
    expect(await propose({ limits: [{ code: 'altitude', min: 5, max: 4 }] })).toBe('VALIDATION_FAILED');
    expect(await propose({ reportEvery: { amount: 60, unit: 'month' } })).toBe('AMOUNT_OUT_OF_RANGE');
    const criteria = one.findings().map((found) => ({ ...found, criterion: 'nonsense' }));
    expect(await refused('terms', evaluator, { ...proposal(), criteria })).toBe('UNKNOWN_VALUE');
    expect(await refused('terms', evaluator, { ...proposal(), criteria: [] })).toBe('VALIDATION_FAILED');
  });

  it('are proposed by whoever holds the task alone', async () => {
    expect(await refused('terms', 'officer.dost.2', proposal())).toBe('CONFLICT');
    expect(await refused('terms', 'officer.doj.1', proposal())).toBe('TASK_NOT_YOURS');
    expect(await refused('terms', 'officer.city-tax.1', proposal())).toBe('CASE_NOT_YOURS');
    expect(await refused('terms', investor, proposal())).toBe('FORBIDDEN');
    const foreign = `${taskId.slice(0, taskId.lastIndexOf('.'))}.9999`;
    expect(await refused('terms', evaluator, { ...proposal(), taskId: foreign })).toBe('NOT_FOUND');
  });

  it('hold with every limit of the regime and where each comes from; the participant does not read them yet', async () => {
    const first = await one.post<{ caseSeq: number }>('terms', evaluator, proposal(), 'the-same-key');
    expect(first.status).toBe(200);
    const again = await one.post<{ caseSeq: number }>('terms', evaluator, proposal(), 'the-same-key');
    expect([again.body.caseSeq, again.headers.get('idempotency-replayed')]).toEqual([first.body.caseSeq, 'true']);
    const { body } = await one.get<Evaluation>('/trial/terms', evaluator);
    const { terms, by } = body.proposal ?? {};
    expect(by).toEqual([{ id: evaluator, name: expect.any(String) as string }]);
    expect(terms).toMatchObject({ months: 9, visitEvery: 6 });
    const sources = new Map(terms?.limits.map(({ code, source }) => [code, source]));
    expect(sources.get('altitude')).toBe('admission');
    expect(sources.get('parcels-a-day')).toBe('admission');
    expect(sources.get('test-area')).toBe('law');
    expect(body.criteria.every(({ finding }) => finding === 'positive')).toBe(true);
    expect((await one.get('/trial/terms', investor)).status).toBe(403);
    const timeline = await one.get<{ items: { type: string }[] }>('/timeline?limit=100', investor);
    expect(timeline.body.items.map(({ type }) => type)).not.toContain('trialTermsProposed');
  });
});

describe('a council', () => {
  let taskId = '';
  beforeAll(async () => {
    one = await AdmissionByHand.appraised(api);
    taskId = await one.evaluated();
  });
  const called = (...people: string[]) => ({
    taskId,
    members: people.map((person, i) => ({ person, role: i === 0 ? 'chair' : 'member' })),
    meetsAt: '2026-07-08T09:00:00+07:00',
  });

  it('is asked for by the regime, with its quorum, before anybody is appointed', async () => {
    expect(await councilFor(secretary)).toMatchObject({ councilNeeded: true, council: null });
  });

  it('is convened of people whom the register knows and who may vote', async () => {
    expect(await refused('council', secretary, called('expert.1', 'expert.99'))).toBe('UNKNOWN_VALUE');
    expect(await refused('council', secretary, called('expert.1', 'investor.cmc'))).toBe('UNKNOWN_VALUE');
    expect(await refused('council', secretary, called('expert.1', 'receiving-officer.hcmc-pasc.1'))).toBe(
      'UNKNOWN_VALUE',
    );
    expect(await refused('council', secretary, called('expert.1', evaluator))).toBe('UNKNOWN_VALUE');
    expect(await refused('council', secretary, called('expert.1'))).toBe('NO_QUORUM');
    expect(await refused('council', 'officer.doj.1', called(...experts))).toBe('TASK_NOT_YOURS');
    const past = { ...called(...experts), meetsAt: '2026-07-01T09:00:00+07:00' };
    expect(await refused('council', secretary, past)).toBe('VALIDATION_FAILED');
  });

  it('lets its members read the case, and those alone; whoever is not on the last list any more does not', async () => {
    expect((await one.get('', 'expert.1')).status).toBe(403);
    await one.does(
      'council',
      secretary,
      called('expert.1', 'expert.2', 'expert.3', 'expert.4', 'expert.5', 'officer.city-tax.1'),
    );
    expect((await one.get('', 'officer.city-tax.1')).status).toBe(200);
    await one.does('council', secretary, called(...experts, 'expert.4', 'officer.doj.1'));
    expect((await one.get('', 'officer.city-tax.1')).status).toBe(403);
    expect((await one.get('', 'expert.5')).status).toBe(403);
    for (const path of ['', '/timeline', '/trial/terms', '/trial/council', '/forms']) {
      expect([path, (await one.get(path, 'expert.1')).status]).toEqual([path, 200]);
    }
    const cases = await api.call<{ items: { case: string }[] }>('GET', '/cases', { as: 'expert.1' });
    expect(cases.body.items.map((item) => item.case)).toEqual([one.code]);
    expect(await memberFor(secretary, 'officer.doj.1')).toMatchObject({ agency: 'doj', present: null, voted: false });
    expect((await councilFor(investor)).council).toBeNull();
  });

  it('votes only while it meets, and meets only with a quorum', async () => {
    expect(await refused('council/votes', 'expert.1', { vote: 'for' })).toBe('PRECONDITION_FAILED');
    expect((await one.answer(taskId, secretary, { outcome: 'done' })).body.code).toBe('PRECONDITION_FAILED');
    expect(await refused('council/opening', secretary, { taskId, present: ['expert.1', 'expert.2', 'expert.3'] })).toBe(
      'NO_QUORUM',
    );
    expect(await refused('council/opening', secretary, { taskId, present: ['expert.9'] })).toBe('UNKNOWN_VALUE');
    await one.does('council/opening', secretary, { taskId, present: [...experts, 'officer.doj.1'] });
    expect(await refused('council/opening', secretary, { taskId, present: [...experts] })).toBe('DUPLICATE_REQUEST');
  });

  it('takes one vote of each member who is there, and tells nobody else how it was cast', async () => {
    expect(await refused('council/votes', 'expert.4', { vote: 'for' })).toBe('MEMBER_ABSENT');
    expect(await refused('council/votes', 'expert.5', { vote: 'for' })).toBe('CASE_NOT_YOURS');
    expect(await refused('council/votes', 'head.dost', { vote: 'for' })).toBe('FORBIDDEN');
    expect(await refused('council/votes', 'leader.hcmc-committee', { vote: 'for' })).toBe('FORBIDDEN');
    expect(await refused('council/votes', 'expert.1', { vote: 'against' })).toBe('VALIDATION_FAILED');
    await one.does('council/votes', 'expert.1', { vote: 'against', reason: 'Chưa có bãi hạ cánh khẩn cấp' });
    expect(await refused('council/votes', 'expert.1', { vote: 'for' })).toBe('DUPLICATE_REQUEST');
    for (const as of ['expert.2', secretary, signer, 'leader.hcmc-committee']) {
      expect(await memberFor(as, 'expert.1')).toMatchObject({ voted: true, vote: null, reason: null });
    }
    expect(await memberFor('expert.1', 'expert.1')).toMatchObject({ vote: 'against' });
    const { body } = await one.get<{ items: { type: string; payload: object }[] }>('/timeline?limit=100', 'expert.2');
    expect(body.items.find(({ type }) => type === 'voteCast')?.payload).toEqual({ person: 'expert.1' });
    expect(JSON.stringify((await one.get('/timeline?limit=100', investor)).body)).not.toContain('expert.');
  });

  it('loses its quorum by a recusal, is convened anew and votes anew', async () => {
    expect(await refused('council/interest', 'head.dost', { reason: 'none' })).toBe('FORBIDDEN');
    await one.does('council/interest', 'officer.doj.1', { reason: 'Người nhà làm ở bên nộp hồ sơ' });
    expect(await refused('council/interest', 'officer.doj.1', { reason: 'again' })).toBe('DUPLICATE_REQUEST');
    expect(await refused('council/votes', 'officer.doj.1', { vote: 'for' })).toBe('ACTOR_RECUSED');
    expect((await one.answer(taskId, secretary, { outcome: 'done' })).body.code).toBe('NO_QUORUM');
    expect(await refused('council', secretary, called(...experts, 'officer.doj.1'))).toBe('UNKNOWN_VALUE');
    await one.does('council', secretary, called(...experts, 'expert.4'));
    await one.does('council/interest', 'expert.4', { reason: 'Tư vấn cho đối thủ' });
    // An expert who sat there for this alone reads nothing more.
    expect((await one.get('', 'expert.4')).status).toBe(403);
    expect(await refused('council/votes', 'expert.4', { vote: 'for' })).toBe('ACTOR_RECUSED');
    await one.does('council/opening', secretary, { taskId, present: [...experts, 'expert.4'] });
    expect((await councilFor(secretary)).council).toMatchObject({ quorum: 3, voters: 3 });
  });

  it('closes with its task, and then says how it ended', async () => {
    await one.does('council/votes', 'expert.1', { vote: 'for' });
    await one.does('council/votes', 'expert.2', { vote: 'for' });
    await one.does('council/votes', 'expert.3', { vote: 'against', reason: 'Chưa có bãi hạ cánh khẩn cấp' });
    expect((await one.answer(taskId, secretary, { outcome: 'done' })).status).toBe(200);
    const { council } = await councilFor('expert.1');
    expect(council).toMatchObject({
      status: 'closed',
      result: { for: 2, against: 1, abstained: 0, recommends: 'admit' },
    });
    expect(council?.members.map(({ vote }) => vote)).toEqual(['for', 'for', 'against', null]);
    const name = expect.any(String) as string;
    expect(council?.result?.dissent).toEqual([
      { person: { id: 'expert.3', name }, vote: 'against', reason: 'Chưa có bãi hạ cánh khẩn cấp' },
    ]);
    // What it recommends is not what is decided yet.
    expect((await councilFor(investor)).council).toBeNull();
    const { body } = await one.get<{ items: object[] }>('/timeline?limit=100', investor);
    expect(JSON.stringify(body.items)).not.toContain('"admit"');
  });

  it('is shown to whoever signs; the decision prints the conditions, and the minutes who voted how', async () => {
    const decision = await one.hold('decision', signer);
    const task = await api.call<{ outcomes: { code: string }[]; admission: { council: Council['council'] } }>(
      'GET',
      `/tasks/${decision}`,
      {
        as: signer,
      },
    );
    expect(task.body.outcomes.map(({ code }) => code)).toEqual(['approve', 'refuse']);
    expect(task.body.admission.council?.result?.recommends).toBe('admit');
    await one.complete(decision, signer, { outcome: 'approve' });
    const seal = { documentHash: 'cd'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
    await engineDoes(api, one.scope, { type: 'recordSignature', number: '7/2026/QĐ-UBND', ...seal });
    const seen = (await councilFor(investor)).council;
    expect(seen?.members).toEqual([]);
    expect(seen?.result?.dissent).toMatchObject([{ person: null, reason: 'Chưa có bãi hạ cánh khẩn cấp' }]);
    expect(JSON.stringify(seen)).not.toContain('expert.');
    const papers = (as: string) => one.get<{ items: { id: string; form: string }[] }>('/forms', as);
    const all = (await papers(secretary)).body.items;
    expect(all.map(({ form }) => form)).toEqual(expect.arrayContaining(['01', '06', 'council-minutes', 'decision']));
    expect((await papers(investor)).body.items.map(({ form }) => form)).toEqual(['01', 'decision']);
    const print = async (as: string, form: string) => {
      const authorization = `Bearer ${await api.issuer.tokenOf(as)}`;
      const id = all.findLast((paper) => paper.form === form)?.id ?? '';
      const response = await fetch(`${api.url}/api/v1/cases/${one.code}/forms/${id}`, { headers: { authorization } });
      expect(response.status).toBe(200);
      return (await readingOf(Buffer.from(await response.arrayBuffer()))).join(' ');
    };
    const text = await print(investor, 'decision');
    expect(text).toContain('Công ty Cổ phần Giao Hàng Tầm Thấp');
    expect(text).toContain('Luật Phòng không nhân dân số 49/2024/QH15');
    const minutes = await print('expert.1', 'council-minutes');
    expect(minutes).toContain('BIÊN BẢN');
    expect(minutes).toContain('Chưa có bãi hạ cánh khẩn cấp');
  });
});

describe('whoever signs against the council', () => {
  it('says why', async () => {
    one = await AdmissionByHand.appraised(api);
    const taskId = await one.evaluated();
    await one.convened(taskId);
    await one.does('council/opening', secretary, { taskId, present: [...experts] });
    for (const as of experts) await one.does('council/votes', as, { vote: 'against', reason: 'Quá sớm' });
    await one.complete(taskId, secretary, { outcome: 'done' });
    const decision = await one.hold('decision', signer);
    expect((await one.answer(decision, signer, { outcome: 'approve' })).body.code).toBe('VALIDATION_FAILED');
    await one.complete(decision, signer, { outcome: 'approve', reason: 'Đã bổ sung bãi hạ cánh' });
  });

  it('has no vote in it: a head who voted does not sign', async () => {
    one = await AdmissionByHand.appraised(api);
    const taskId = await one.evaluated();
    await one.convened(taskId, [signer, 'expert.1']);
    await one.does('council/opening', secretary, { taskId, present: [signer, 'expert.1'] });
    for (const as of [signer, 'expert.1']) await one.does('council/votes', as, { vote: 'for' });
    await one.complete(taskId, secretary, { outcome: 'done' });
    const decision = await one.hold('decision', signer);
    const { status, body } = await one.answer(decision, signer, { outcome: 'approve' });
    expect([status, body.code]).toEqual([403, 'PROPOSER_CANNOT_APPROVE']);
  });
});
