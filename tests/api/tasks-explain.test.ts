import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import {
  consult,
  engineDoes,
  openAssessment,
  openIntake,
  openProcedure,
  openTask,
  procedure,
  decisionTask,
  intakeTask,
} from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const file = () => fileCase(api, 'besi', 'investor.besi', `Lô giải thích ${++lot}`);
const investor = { as: 'investor.besi' };
const counter = { as: 'receiving-officer.hcmc-pasc.1' };

interface Detail {
  readonly task: { readonly dueDate: string | null; readonly status: string };
  readonly outcomes: readonly { code: string; name: object; fields: readonly { field: string; required: boolean }[] }[];
  readonly question: { id: string; text: string; procedure: string | null; askedBy: { id: string } } | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly presumed: readonly string[];
  readonly summary: unknown;
  readonly predicates: readonly { id: string; verdict: string; clause: string }[];
  readonly dossier: { documents: readonly { code: string; required: boolean; given: boolean }[]; missing: string[] };
  readonly documents: readonly { code: string; documentId: string | null }[];
  readonly work: readonly { step: string; by: string; people: readonly { id: string; note: string | null }[] }[];
  readonly opinions: readonly { agency: string; position: string; reason: string | null; legalBasis: string }[];
  readonly procedure: { supplements: readonly { reason: string | null; explanation: string | null }[] };
}
const detail = async (id: string, as: string): Promise<Detail> =>
  (await api.call<Detail>('GET', `/tasks/${id}`, { as })).body;
const dossier = (code: string, documents: readonly object[]) =>
  api.refused('POST', `/cases/${code}/procedures/${procedure}/dossier`, { ...investor, body: { documents } });
const complete = (id: string, as: string, body: object) => api.refused('POST', `/tasks/${id}/completion`, { as, body });

interface Asked {
  readonly kind: string;
  readonly procedure: string;
  readonly [more: string]: unknown;
}
const asked = async (code: string, kind: string): Promise<Asked | undefined> =>
  (await api.call<{ asked: Asked[] }>('GET', `/cases/${code}`, investor)).body.asked.find(
    (one) => one.kind === kind && one.procedure === procedure,
  );

describe('a task by itself is enough to answer it', () => {
  it('has what the investor wrote of the project, and says which facts nobody stated', async () => {
    const { case: code } = await file();
    const { facts, presumed, summary } = await detail(await openIntake(api, code), counter.as);
    expect(summary).toEqual(exampleProjects.besi.project.summary);
    expect(presumed.length).toBeGreaterThan(0);
    const { project } = exampleProjects.besi;
    for (const path of presumed) {
      expect(facts).toHaveProperty([path]);
      expect(project).not.toHaveProperty(path.replace(/^project\./, ''));
    }
    expect(presumed).not.toContain('project.site.areaM2');
  });

  it('a question says what is asked, by whom and about what, is due, and is found from the question', async () => {
    const { case: code } = await file();
    await openProcedure(api, code);
    const ask = (text: string) =>
      api.call('POST', `/cases/${code}/questions`, { ...investor, body: { procedure, text } });
    await ask('Bao giờ có kết quả?');
    await ask('Nộp bản sao được không?');
    const id = await openTask(api, caseScope(code), {
      key: 'question/Q2',
      kind: 'question',
      agency: 'shtp-board',
      role: 'officer',
      step: null,
    });
    const shown = await detail(id, 'officer.shtp-board.1');
    expect(shown.question).toMatchObject({
      id: 'Q2',
      procedure,
      text: 'Nộp bản sao được không?',
      askedBy: { id: 'investor.besi' },
    });
    expect(shown.outcomes).toMatchObject([{ code: 'answer', fields: [{ field: 'reason', required: true }] }]);
    expect(shown.task.dueDate).toMatch(/^\d{4}-\d\d-\d\d$/);
    const { body } = await api.call<{ items: { id: string; task: string | null }[] }>(
      'GET',
      `/cases/${code}/questions`,
      { as: 'officer.shtp-board.1' },
    );
    expect(body.items.map((one) => [one.id, one.task])).toEqual([
      ['Q1', null],
      ['Q2', id],
    ]);
  });

  it('a decision on the lane comes with every test, its clause and a date', async () => {
    const { case: code } = await file();
    const lane = { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null } as const;
    const id = await openTask(api, caseScope(code), lane);
    const shown = await detail(id, 'officer.dof.1');
    expect(shown.predicates.map((one) => one.id)).toEqual(['high-tech', 'internationally-linked', 'needs-priority']);
    expect(shown.predicates.every(({ clause }) => clause !== '')).toBe(true);
    expect(shown.task.dueDate).not.toBeNull();
  });

  it('evidence for the lane is given by the investor, read by whoever owns the lane, and decided with a reason for each test', async () => {
    const filed = await fileCase(api, 'cmc', 'investor.cmc', `Lô chứng cứ ${++lot}`);
    const code = filed.case;
    const as = 'investor.cmc';
    const tests = ['high-tech', 'internationally-linked', 'needs-priority'] as const;
    const given = {
      'high-tech': 'high-tech-certificate',
      'internationally-linked': 'memorandum',
      'needs-priority': 'memorandum',
    };
    const give = (predicate: string, body: object) =>
      api.refused('POST', `/cases/${code}/lane-evidence`, { as, body: { predicate, ...body } });
    const read = async () =>
      (
        await api.call<{
          lane: string;
          predicates: { verdict: string; evidence: string | null; proof: object[] }[];
        }>('GET', `/cases/${code}`, { as })
      ).body;
    expect((await read()).predicates.map(({ verdict, evidence }) => [verdict, evidence])).toEqual([
      ['unknown', 'claim'],
      ['unknown', 'claim'],
      ['unknown', 'claim'],
    ]);
    const strangers = await upload(api, 'investor.besi');
    expect((await give('high-tech', { code: given['high-tech'], documentId: strangers })).status).toBe(422);
    for (const predicate of tests) {
      const documentId = await upload(api, as, predicate);
      expect((await give(predicate, { code: given[predicate], documentId })).status).toBe(200);
    }
    const lane = { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null } as const;
    const id = await openTask(api, caseScope(code), lane);
    const shown = (await detail(id, 'officer.dof.1')) as Detail & {
      laneEvidence: { id: string; predicate: string; documentId: string }[];
    };
    expect(shown.laneEvidence.map(({ predicate }) => predicate)).toEqual([...tests]);
    const document = `/documents/${shown.laneEvidence[0]?.documentId}`;
    expect((await api.call('GET', document, { as: 'officer.dof.1' })).status).toBe(200);
    expect((await api.refused('GET', document, { as: 'officer.dost.1' })).status).not.toBe(200);
    const green = { outcome: 'green', reason: 'đủ chứng cứ' };
    expect((await complete(id, 'officer.dof.1', green)).body.code).toBe('VALIDATION_FAILED');
    const findings = shown.laneEvidence.map(({ id: basis, predicate }) => ({
      predicate,
      verdict: 'yes',
      basis,
      reason: `xem ${predicate}`,
    }));
    const bare = findings.map((one) => ({ ...one, basis: null }));
    expect((await complete(id, 'officer.dof.1', { ...green, findings: bare })).body.code).toBe('EVIDENCE_MISSING');
    expect((await complete(id, 'officer.dof.1', { ...green, findings })).status).toBe(200);
    const decided = await read();
    expect(decided.lane).toBe('green');
    expect(decided.predicates.map(({ verdict, evidence, proof }) => [verdict, evidence, proof])).toEqual(
      tests.map(() => ['yes', 'document', []]),
    );
  });

  it('the counter sees what is asked for beside what was filed, with what each answer takes', async () => {
    const { case: code } = await file();
    const shown = await detail(await openIntake(api, code), counter.as);
    expect(shown.dossier.documents.find((one) => one.code === 'request')).toMatchObject({
      required: true,
      given: true,
    });
    expect(shown.dossier.missing.length).toBeGreaterThan(0);
    expect(shown.dossier.missing).not.toContain('request');
    expect(shown.task.dueDate).not.toBeNull();
    expect(shown.outcomes.map((one) => one.code)).toEqual(['receive', 'complete', 'refuse']);
    expect(shown.outcomes[1]).toMatchObject({
      name: { vi: expect.any(String) as string, en: expect.any(String) as string },
      fields: [
        { field: 'items', required: true },
        { field: 'reason', required: true },
      ],
    });
  });

  it('whoever decides sees who did the steps before, with their notes, and is not asked to claim first', async () => {
    const { case: code } = await file();
    const assessment = await openAssessment(api, code);
    const done = { outcome: 'done', reason: 'đủ năng lực tài chính' };
    expect((await complete(assessment, 'officer.shtp-board.1', done)).status).toBe(200);
    const id = await openTask(api, `${caseScope(code)}/${procedure}/1`, decisionTask);
    const shown = await detail(id, 'head.shtp-board');
    expect(shown.work).toContainEqual(
      expect.objectContaining({
        step: 'assessment',
        by: 'person',
        people: [expect.objectContaining({ id: 'officer.shtp-board.1', note: 'đủ năng lực tài chính' }) as object],
      }),
    );
    expect(shown.outcomes.find((one) => one.code === 'refuse')?.fields).toContainEqual({
      field: 'reason',
      required: true,
    });
    expect((await complete(id, 'head.shtp-board', { outcome: 'approve' })).status).toBe(200);
  });

  it('nobody objects without a reason, and the reason is read with the opinion', async () => {
    const { case: code } = await file();
    const consultation = await consult(api, code);
    const opinion = { key: 'opinion/dost', kind: 'opinion', agency: 'dost', role: 'officer', step: null } as const;
    const id = await openTask(api, consultation, opinion);
    const legalBasis = 'Luật Công nghệ cao, Điều 5';
    const refused = await complete(id, 'officer.dost.1', { outcome: 'object', legalBasis });
    expect(refused).toMatchObject({ status: 422, body: { details: { field: 'reason', missing: true } } });
    const objects = { outcome: 'object', legalBasis, reason: 'ngoài danh mục' };
    expect((await complete(id, 'officer.dost.1', objects)).status).toBe(200);
    const { body } = await api.call<{ items: { opinions: Detail['opinions'] }[] }>(
      'GET',
      `/cases/${code}/procedures/${procedure}/consultations`,
      { as: 'head.shtp-board' },
    );
    const said = { agency: 'dost', position: 'object', reason: 'ngoài danh mục', legalBasis };
    expect(body.items[0]?.opinions.find(({ agency }) => agency === 'dost')).toMatchObject(said);
  });
});

describe('a dossier that is not complete', () => {
  it('says so when it is filed, is added to and put right until it is examined, and no longer', async () => {
    const { case: code } = await file();
    await openProcedure(api, code);
    const [wrong, right] = [await upload(api, 'investor.besi', 'wrong'), await upload(api, 'investor.besi', 'right')];
    const first = await dossier(code, [{ code: 'request', documentId: wrong }]);
    const check = (first.body as unknown as { dossier: Detail['dossier'] }).dossier;
    expect(check.documents.find((one) => one.code === 'request')).toMatchObject({ required: true, given: true });
    expect(check.missing.length).toBeGreaterThan(0);
    expect(await asked(code, 'dossier')).toMatchObject({ open: true, again: false, missing: check.missing });

    const scope = `${caseScope(code)}/${procedure}/1`;
    const id = await openTask(api, scope, intakeTask);
    await api.call('POST', `/tasks/${id}/claim`, counter);
    const rest = check.missing.map((one) => ({ code: one, documentId: right }));
    const second = await dossier(code, [{ code: 'request', documentId: right }, ...rest]);
    expect(second.status).toBe(200);
    expect((second.body as unknown as { dossier: Detail['dossier'] }).dossier.missing).toEqual([]);
    expect(await asked(code, 'dossier')).toBeUndefined();
    const shown = await detail(id, counter.as);
    expect(shown.task.status).toBe('claimed');
    expect(shown.documents.filter((one) => one.code === 'request').map((one) => one.documentId)).toEqual([right]);

    expect((await complete(id, counter.as, { outcome: 'receive' })).status).toBe(200);
    const late = await dossier(code, [{ code: 'request', documentId: wrong }]);
    expect(late.body).toMatchObject({ code: 'PRECONDITION_FAILED' });
  });

  it('after form 02 carries what the officer found missing and why', async () => {
    const { case: code } = await file();
    const id = await openIntake(api, code);
    const found = { outcome: 'complete', items: ['báo cáo tài chính 2025'], reason: 'chưa có xác nhận' };
    expect((await complete(id, counter.as, found)).status).toBe(200);
    expect(await asked(code, 'dossier')).toMatchObject({
      again: true,
      open: false,
      items: found.items,
      reason: found.reason,
      documents: expect.arrayContaining([
        expect.objectContaining({ code: 'request', required: true, given: true }),
      ]) as object,
    });
  });

  it('is explained in words where an explanation is asked for, and only there', async () => {
    const answerTo = async (ground: string) => {
      const { case: code } = await file();
      const id = await openAssessment(api, code);
      const asks = { ground, items: ['nguồn vốn'], reason: 'chưa rõ nguồn vốn' };
      const request = await api.refused('POST', `/tasks/${id}/supplement-request`, {
        as: 'officer.shtp-board.1',
        body: asks,
      });
      expect(request.status).toBe(200);
      expect(await asked(code, 'supplement')).toMatchObject({ ...asks, inWords: ground === 'explanation' });
      const answer = await api.refused('POST', `/cases/${code}/supplements`, {
        ...investor,
        body: { procedure, requestId: 'S1', explanation: 'vốn tự có, kèm xác nhận của ngân hàng' },
      });
      return { id, answer };
    };
    const { id, answer } = await answerTo('explanation');
    expect(answer.status).toBe(200);
    expect((await detail(id, 'officer.shtp-board.1')).procedure.supplements).toMatchObject([
      { reason: 'chưa rõ nguồn vốn', explanation: 'vốn tự có, kèm xác nhận của ngân hàng' },
    ]);
    expect((await answerTo('supplement')).answer.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { field: 'documents' },
    });
  });

  it('keeps the words of an explanation out of the chain', async () => {
    const { rows } = await api.pool.query(`select canonical from case_event where type = 'supplementAnswered'`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('vốn tự có');
  });
});

describe('the declaration on the national system', () => {
  it('is marked as met by the engine, under one name', async () => {
    const { case: code } = await file();
    const scope = await openProcedure(api, code);
    await engineDoes(api, scope, { type: 'recordDeclaration', declarationId: 'D-1', lapsesOn: '2027-01-01' as never });
    const { body } = await api.call<{
      items: { procedure: string; gates: { event: string; metAt: string | null }[] }[];
    }>('GET', `/cases/${code}/roadmap`, investor);
    const gates = body.items.find((one) => one.procedure === procedure)?.gates ?? [];
    expect(gates.find(({ event }) => event === 'online-declaration')?.metAt).toEqual(expect.any(String));
    expect(gates.map(({ event }) => event)).not.toContain('online-declared');
  });
});
