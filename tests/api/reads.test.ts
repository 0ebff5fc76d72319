import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportDone } from '../../engine/register/mailbox.js';
import { projected } from '../support/feed.js';
import { tryPin } from '../../db/people/pins.js';
import { callDue, dueItems, plan, postpone } from '../../db/register/agenda.js';
import { caseCode } from '../../domain/case/case/code.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { instant, plainDate } from '../../domain/time/instants.js';
import { consult, engineDoes, openAssessment, openProcedure, openTask, procedure, receive } from './engine-by-hand.js';
import { exampleProjects } from '../../seeds/index.js';
import { createStandIns } from '../../api/stand-ins.js';
import { startAgencies, token } from '../agencies/support.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi((usual) => ({
    engine: {
      ...usual.engine,
      progress: (scope) =>
        Promise.resolve(
          scope.endsWith('/1') ? 'missing' : { scope, generation: 1, seen: 1, waitingFor: ['x'], nextTimer: null },
        ),
    },
  }));
});
afterAll(() => api.close());

const investor = { as: 'investor.besi' };
const project = async () => {
  await projected(api.deps);
};

interface Cases {
  readonly items: { case: string; name: { vi: string } | null; caseSeq: number }[];
  readonly next: string | null;
}

describe('the list of cases', () => {
  it('shows everybody their own, newest first, page by page', async () => {
    const mine: string[] = [];
    for (let n = 0; n < 3; n++) mine.unshift((await fileCase(api)).case);
    const { case: other } = await fileCase(api, 'cmc');
    const list = async (as: string, query = '') => (await api.call<Cases>('GET', `/cases${query}`, { as })).body;
    const codes = async (as: string, query = '') => (await list(as, query)).items.map((one) => one.case);
    expect(await codes('investor.besi')).toEqual(mine);
    expect(await codes('representative.besi')).toEqual(mine);
    expect(await codes('leader.hcmc-committee')).toEqual([other, ...mine]);
    expect(await codes('officer.shtp-board.1')).toEqual([]);
    await openProcedure(api, mine[0] ?? '');
    expect(await codes('officer.shtp-board.1')).toEqual([mine[0]]);

    const first = await list('investor.besi', '?limit=2');
    expect(first.items.length).toBe(2);
    const second = await list('investor.besi', `?limit=2&cursor=${first.next ?? ''}`);
    expect([...first.items, ...second.items].map((one) => one.case)).toEqual(mine);
    expect(second.next).toBeNull();

    expect(await codes('auditor.1', '?q=TRUNG%20TAM')).toEqual([other]);
    expect(await codes('auditor.1', '?lane=green')).toEqual([]);
    expect(await codes('auditor.1', '?lane=undecided')).toEqual([other, ...mine]);
    expect(await codes('auditor.1', '?status=approved')).toEqual([]);
    expect(await codes('auditor.1', '?agency=shtp-board')).toEqual([mine[0]]);
    expect(await codes('auditor.1', '?overdue=true')).toEqual([]);
    expect((await api.refused('GET', '/cases?cursor=abc', investor)).body.code).toBe('VALIDATION_FAILED');
    expect((await api.refused('GET', '/cases?q=%00', investor)).body.code).toBe('VALIDATION_FAILED');
    expect((await api.refused('GET', '/cases?limit=1000', investor)).body.code).toBe('AMOUNT_OUT_OF_RANGE');
  });
});

describe('one case', () => {
  it('is read by its code or by the dossier code of one of its procedures, with names and what is asked', async () => {
    const { case: code } = await fileCase(api);
    await openProcedure(api, code);
    const { body } = await api.call<{ asked: unknown }>('GET', `/cases/${code}`, investor);
    expect(body).toMatchObject({
      case: code,
      status: 'open',
      lane: 'undecided',
      settled: true,
      investor: { name: 'BE Semiconductor Industries N.V.' },
      project: { field: 'semiconductors' },
      procedures: [{ procedure, stage: 'awaiting-dossier', status: { code: 1, name: { en: 'Newly registered' } } }],
    });
    expect(body.asked).toMatchObject([{ kind: 'dossier', procedure, again: false }]);
  });

  it('is found by a dossier code once form 01 was printed', async () => {
    const { case: code } = await fileCase(api);
    await receive(api, code);
    await project();
    const { body } = await api.call<{ procedures: { dossierCode: string }[] }>('GET', `/cases/${code}`, investor);
    const dossier = body.procedures[0]?.dossierCode ?? '';
    expect(dossier).toMatch(/^H29-/);
    expect((await api.call<{ case: string }>('GET', `/cases/${dossier}`, investor)).body.case).toBe(code);
    expect((await api.refused('GET', `/cases/${dossier}`, { as: 'investor.cmc' })).body.code).toBe('CASE_NOT_YOURS');
    expect((await api.refused('GET', '/cases/H29-990101-0001', { as: 'leader.hcmc-committee' })).body.code).toBe(
      'NOT_FOUND',
    );
  });

  it('shows the roadmap with the holder of each procedure, and where the days went', async () => {
    const { case: code } = await fileCase(api);
    await consult(api, code);
    const { body } = await api.call<{ items: { procedure: string }[] }>('GET', `/cases/${code}/roadmap`, investor);
    expect(body.items.find((item) => item.procedure === procedure)).toMatchObject({
      actual: { stage: 'processing', status: { code: 4 }, clock: { state: 'running', consumed: 0 } },
      holders: ['dost', 'dpa'],
      planned: { statutory: { ends: expect.any(String) as string } },
    });
    const ledger = await api.call<{ spans: object[]; workingDays: number }>('GET', `/cases/${code}/ledger`, investor);
    expect(ledger.status).toBe(200);
    expect(ledger.body).toMatchObject({ case: code, reached: false, reduction: null, procedures: [{ procedure }] });
  });

  it('tells the investor what happened, agencies how they work, and the auditor the chain of evidence', async () => {
    const { case: code } = await fileCase(api);
    await openAssessment(api, code);
    interface Timeline {
      readonly items: {
        seq: number;
        type: string;
        hash: string | null;
        actor: { id: string | null; name: string | null; agency: string | null };
      }[];
      readonly next: string | null;
    }
    const read = async (as: string) =>
      (await api.call<Timeline>('GET', `/cases/${code}/timeline?limit=100`, { as })).body.items;
    const [party, agency, auditor] = [
      await read('investor.besi'),
      await read('officer.shtp-board.1'),
      await read('auditor.1'),
    ];
    expect(party.map(({ type }) => type)).not.toContain('taskCompleted');
    const received = party.find(({ type }) => type === 'dossierReceived');
    expect(received?.actor).toMatchObject({ agency: 'hcmc-pasc', id: null, name: null });
    expect(agency.find(({ type }) => type === 'dossierReceived')?.actor.name).toBe('Lê Diễn Tập');
    expect(agency.every(({ hash }) => hash === null)).toBe(true);
    expect(auditor.map(({ seq }) => seq)).toEqual(auditor.map((_one, index) => index + 1));
    expect(auditor.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash ?? ''))).toBe(true);
  });

  it('waits with `after` until the engine has thought, and says when it had not', async () => {
    const { case: code, caseSeq } = await fileCase(api);
    const read = (query: string) =>
      api.call<{ settled: boolean; caseSeq: number }>('GET', `/cases/${code}?${query}`, investor);
    const begun = performance.now();
    const early = await read(`after=${caseSeq}&wait=150ms`);
    expect(early.body).toMatchObject({ settled: false, caseSeq });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(140);
    const waiting = read(`after=${caseSeq}&wait=5s`);
    await reportDone(api.pool, [{ scope: caseScope(code), generation: 1, doneSeq: caseSeq }]);
    expect((await waiting).body.settled).toBe(true);
    expect((await read(`after=${caseSeq + 1}&wait=0s`)).body.settled).toBe(false);
    expect((await api.refused('GET', `/cases/${code}?after=1&wait=11s`, investor)).body.code).toBe('VALIDATION_FAILED');
    expect((await api.refused('GET', `/cases/${code}?after=-1`, investor)).body.code).toBe('AMOUNT_OUT_OF_RANGE');
    expect((await api.refused('GET', `/tasks?after=1`, { as: 'officer.dost.1' })).body).toMatchObject({
      errors: [{ pointer: '/case' }],
    });
  });

  it('waits with `after` for a call that follows, unless that has failed', async () => {
    const { case: code, caseSeq } = await fileCase(api);
    const { case: other, caseSeq: otherSeq } = await fileCase(api);
    const thought = (of: string, doneSeq: number) =>
      reportDone(api.pool, [{ scope: caseScope(of), generation: 1, doneSeq }]);
    await Promise.all([thought(code, caseSeq), thought(other, otherSeq)]);
    const isSettled = async (of: string, after: number) =>
      (await api.call<{ settled: boolean }>('GET', `/cases/${of}?after=${after}&wait=0s`, investor)).body.settled;
    expect(await isSettled(code, caseSeq)).toBe(true);
    const ref = `${procedureScope(code, 'irc-ordinary', 1)}#project-number#1`;
    const at = '2026-07-06T02:00:00Z';
    await plan(api.pool, [{ kind: callDue, ref, at }]);
    expect([await isSettled(code, caseSeq), await isSettled(other, otherSeq)]).toEqual([false, true]);
    const [item] = (await dueItems(api.pool, instant(new Date().toISOString()), 100, { only: [callDue] })).filter(
      (one) => one.ref === ref,
    );
    if (!item) throw new Error('The call is not due');
    await postpone(api.pool, item.id, 60_000);
    expect(await isSettled(code, caseSeq)).toBe(true);
  });

  it('is compared with its workflows for operators', async () => {
    const { case: code, caseSeq } = await fileCase(api);
    await openProcedure(api, code);
    const { body } = await api.call('GET', `/cases/${code}/engine`, { as: 'operator.1' });
    expect(caseSeq).toBe(1);
    expect(body).toMatchObject({
      case: code,
      scopes: [
        { scope: caseScope(code), workflow: { seen: 1, waitingFor: ['x'] }, agrees: false },
        { scope: procedureScope(code, procedure, 1), workflow: 'missing', agrees: false },
      ],
    });
  });
});

describe('the public', () => {
  const ask = (code: string, pin: string) =>
    api.refused('POST', '/public/case-status', { body: { code, pin }, key: null });

  it('sees the status of a case with code and PIN, however they are typed, and no name', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    await openProcedure(api, code);
    await project();
    const { status, body } = await ask(` ${code.toLowerCase()} `, `${pin.slice(0, 5).toLowerCase()} ${pin.slice(5)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ code, status: 'open', procedures: [{ procedure, status: { code: 1 } }] });
    expect(body).toMatchObject({
      procedures: [{ now: { holders: [{ code: 'investor' }], daysLeft: null } }],
      asked: [{ kind: 'dossier', name: { en: expect.any(String) as string }, by: null }],
    });
    expect(JSON.stringify(body)).not.toMatch(/BE Semiconductor|investor\.besi/i);
  });

  it('gets the same answer for an unknown code and a wrong PIN, and waits after five wrong ones on either', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    const seen = new Set<string>();
    const note = async (answer: Promise<{ status: number; body: object }>) => {
      const { status, body } = await answer;
      seen.add(JSON.stringify({ status, ...body, requestId: '' }));
      return status;
    };
    for (let n = 0; n < 4; n++) await note(ask(code, 'WRONGWRONG'));
    expect((await ask(code, pin)).status).toBe(200);
    for (let n = 0; n < 4; n++) await note(ask(code, 'WRONGWRONG'));
    await note(ask(caseCode(plainDate('2026-01-01'), 9999), pin));
    await note(ask('\u0000', pin));
    expect(seen.size).toBe(1);
    expect([...seen][0]).toContain('STATUS_NOT_SHOWN');
    const locked = await ask(code, 'WRONGWRONG');
    expect(locked.status).toBe(429);
    expect(locked.body).toMatchObject({ code: 'PIN_LOCKED', detail: 'Xin thử lại sau 15 phút.' });
    expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(890);
    expect((await ask(code, pin)).status).toBe(429);
    const unknown = caseCode(plainDate('2026-01-01'), 9998);
    for (let n = 0; n < 4; n++) expect((await ask(unknown, pin)).status).toBe(404);
    expect((await ask(unknown, pin)).status).toBe(429);
    await api.pool.query(`update pin_try set last_at = now() - interval '15 minutes' where code = $1`, [code]);
    expect((await ask(code, pin)).status).toBe(200);
  });

  it('may give the number of a dossier instead, which neither answer nor lock tells from one that is unknown', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    const other = await fileCase(api);
    await receive(api, code);
    await project();
    const shown = await ask(code, pin);
    const { procedures } = shown.body as unknown as { procedures: { dossierCode: string }[] };
    const dossier = procedures[0]?.dossierCode ?? '';
    expect(dossier).toMatch(/^H29-\d{6}-\d{4}$/);
    const byDossier = await ask(` ${dossier.toLowerCase()} `, pin);
    expect(byDossier.status).toBe(200);
    expect(byDossier.body).toMatchObject({ code, procedures });
    // As it comes out of a letter.
    expect((await ask(code.toLowerCase().replaceAll('-', ' – '), pin)).status).toBe(200);
    const unknown = 'H29-260101-9999';
    const answersOf = async (typed: string) => {
      const answers = [];
      for (let n = 0; n < 6; n++) {
        const { status, body } = await ask(typed, other.public.pin);
        answers.push({ ...body, status, requestId: '', instance: '' });
      }
      return answers;
    };
    const answers = await answersOf(dossier);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 429, 429]);
    expect(await answersOf(unknown)).toEqual(answers);
    expect((await ask(dossier, pin)).status).toBe(429);
    // A lock on one code tells nothing of another one.
    expect((await ask(code, pin)).status).toBe(200);
    const renewed = await api.call<{ public: { pin: string } }>('POST', `/cases/${code}/pin`, {
      ...investor,
      body: {},
    });
    expect((await ask(dossier, renewed.body.public.pin)).status).toBe(200);
  });

  it('is kept out by nobody else’s wrong PINs, however many, and by a hundred callers no more than by one', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    const wrong = () => Promise.resolve(false);
    for (let n = 0; n < 60; n++) {
      for (let i = 0; i < 5; i++) await tryPin(api.pool, { code, caseCode: code, address: `10.0.0.${n}` }, wrong);
    }
    expect((await ask(code, pin)).status).toBe(200);
    // By now a caller has a single try.
    expect((await ask(code, 'WRONGWRONG')).status).toBe(429);
    const another = { code, caseCode: code, address: '10.0.1.1' };
    expect(await tryPin(api.pool, another, wrong)).toMatchObject({ opens: false, waitSeconds: expect.any(Number) });
  });

  it('counts wrong tries at the same time one after another', async () => {
    const { case: code } = await fileCase(api);
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(code, 'WRONGWRONG')));
    const { rows } = await api.pool.query<{ failed: number }>('select failed from pin_try where code = $1', [code]);
    expect(rows).toEqual([{ failed: 5 }]);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(4);
  });

  it('whose PIN is lost makes another: the old one is dead, and nobody waits any more', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    for (let n = 0; n < 5; n++) await ask(code, 'WRONGWRONG');
    const renew = (as: string, key: string) =>
      api.call<{ public: { pin: string }; code?: string }>('POST', `/cases/${code}/pin`, { as, key });
    expect((await renew('investor.cmc', 'pin-1')).body.code).toBe('CASE_NOT_YOURS');
    const { body } = await renew('investor.besi', 'pin-1');
    expect(body.public.pin).not.toBe(pin);
    expect((await renew('investor.besi', 'pin-1')).body.public.pin).toBe(body.public.pin);
    expect([(await ask(code, pin)).status, (await ask(code, body.public.pin)).status]).toEqual([404, 200]);
    const { body: newer } = await renew('investor.besi', 'pin-2');
    expect((await renew('investor.besi', 'pin-1')).body.code).toBe('PRECONDITION_FAILED');
    expect((await ask(code, newer.public.pin)).status).toBe(200);
  });

  it('keeps no PIN in the register', async () => {
    const {
      case: code,
      public: { pin },
    } = await fileCase(api);
    const { rows } = await api.pool.query('select salt, hash from public_pin where case_code = $1', [code]);
    expect(JSON.stringify(rows)).not.toContain(pin);
  });

  it('finds a signed decision by its number, with its seal and without a name', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openAssessment(api, code);
    const scope = procedureScope(code, procedure, 1);
    const officer = { as: 'officer.shtp-board.1' };
    await api.call('POST', `/tasks/${taskId}/claim`, officer);
    await api.call('POST', `/tasks/${taskId}/completion`, { ...officer, body: { outcome: 'done' } });
    const signature = await openTask(api, scope, {
      key: 'step/decision',
      kind: 'step',
      agency: 'shtp-board',
      role: 'head',
      step: 'decision',
    });
    const head = { as: 'head.shtp-board' };
    await api.call('POST', `/tasks/${signature}/claim`, head);
    const detail = await api.call<{ outcomes: { code: string }[] }>('GET', `/tasks/${signature}`, head);
    expect(detail.body.outcomes.map(({ code }) => code)).toEqual(['approve', 'refuse']);
    expect(
      (await api.call('POST', `/tasks/${signature}/completion`, { ...head, body: { outcome: 'approve' } })).status,
    ).toBe(200);
    const number = '12/2026/GCN-BQL';
    const seal = { documentHash: 'ab'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
    await engineDoes(api, scope, { type: 'recordSignature', number, ...seal });
    await project();
    const { status, body } = await api.call('GET', `/public/decisions/${encodeURIComponent(number)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number, outcome: 'approved', procedure, agency: 'shtp-board', ...seal });
    expect((await api.refused('GET', '/public/decisions/none')).body.code).toBe('NOT_FOUND');
  });
});

describe('faults of stand-ins', () => {
  it('are nobody’s business in real time', async () => {
    const operator = { as: 'operator.1' };
    expect((await api.call('GET', '/rehearsal/systems', operator)).body).toEqual({ items: [] });
    const { status, body } = await api.refused('POST', '/rehearsal/systems/tax/switches', { ...operator, body: {} });
    expect([status, body.code]).toEqual([403, 'REHEARSAL_REFUSED']);
  });

  it('are told and set where a stand-in answers, and refused where none does', async () => {
    const agencies = await startAgencies();
    const standIns = createStandIns({ baseUrl: agencies.client.url, token });
    const stage = await startApi(() => ({ standIns }));
    try {
      await stage.pool.query(`update rehearsal_clock set mode = 'stepped', now = '2026-07-06T01:00:00Z'`);
      await agencies.client.faults('tax', { answers: [{ procedure: 'tax-registration', silent: true }] });
      const set = (body: object) =>
        stage.call<{ switches: object; code?: string }>('POST', '/rehearsal/systems/tax/switches', {
          as: 'operator.1',
          body,
        });
      expect((await set({ silent: true, lateByWorkingDays: 3 })).body.switches).toMatchObject({
        silent: true,
        lateByWorkingDays: 3,
        down: false,
      });
      const told = async () => (await agencies.client.call('GET', '/tax/faults')).body as { answers: object[] };
      expect((await told()).answers).toHaveLength(1);
      expect((await set({ errorRate: 2 })).body.code).toBe('AMOUNT_OUT_OF_RANGE');
      expect((await set({})).body.switches).toMatchObject({ silent: false, lateByWorkingDays: 0 });
      expect((await told()).answers).toEqual([]);
      await agencies.stop();
      expect((await set({ down: true })).body.code).toBe('AGENCY_UNAVAILABLE');
      const { body } = await stage.call<{ items: { switches: object | null }[] }>('GET', '/rehearsal/systems', {
        as: 'admin.1',
      });
      expect(body.items.every(({ switches }) => switches === null)).toBe(true);
    } finally {
      await stage.close();
    }
  });
});

describe('the rehearsal clock', () => {
  it('is real and cannot be moved, until the installation rehearses', async () => {
    const operator = { as: 'operator.1' };
    expect((await api.call('GET', '/rehearsal/clock')).body).toMatchObject({ mode: 'real' });
    const refused = await api.refused('POST', '/rehearsal/advances', {
      ...operator,
      body: { to: '2030-01-01T00:00:00Z' },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'REHEARSAL_REFUSED' } });

    const stage = await startApi();
    try {
      const start = { mode: 'stepped', now: '2026-07-06T09:00:00+07:00' };
      const clock = await stage.call('POST', '/rehearsal/clock', { ...operator, key: 'start', body: start });
      expect(clock.body).toEqual({ mode: 'stepped', now: '2026-07-06T02:00:00.000Z' });
      for (const [path, body] of [
        ['/rehearsal/clock', { mode: 'stepped', now: '9999-12-30T23:59:59Z' }],
        ['/rehearsal/clock', { mode: 'stepped', now: '2022-12-31T00:00:00Z' }],
        ['/rehearsal/advances', { to: '2029-01-01T00:00:00+07:00' }],
      ] as const)
        expect((await stage.refused('POST', path, { ...operator, body })).body.code).toBe('CALENDAR_UNKNOWN');
      const other = { ...start, now: '2026-07-07T09:00:00+07:00' };
      const reused = await stage.refused('POST', '/rehearsal/clock', { ...operator, key: 'start', body: other });
      expect(reused.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      const dryRun = await stage.call<{ filedAt: string }>('POST', '/screenings', {
        key: null,
        body: exampleProjects.besi,
      });
      expect(dryRun.body.filedAt).toBe('2026-07-06T02:00:00.000Z');
      expect((await fileCase(stage)).case).toMatch(/^LX-260706-0001/);
      // A case is there: from now on time passes by advances alone.
      for (const now of ['2026-07-01T09:00:00+07:00', '2026-08-01T09:00:00+07:00'])
        expect(
          await stage.refused('POST', '/rehearsal/clock', { ...operator, body: { mode: 'stepped', now } }),
        ).toMatchObject({ status: 409, body: { code: 'CLOCK_KEPT', details: { now: '2026-07-06T02:00:00.000Z' } } });
      for (const body of [{ mode: 'ticking' }, { mode: 'stepped', now: start.now }])
        expect((await stage.call('POST', '/rehearsal/clock', { ...operator, body })).body).toEqual({
          mode: body.mode,
          now: '2026-07-06T02:00:00.000Z',
        });
      expect((await stage.call('POST', '/rehearsal/clock', { ...operator, key: 'start', body: start })).status).toBe(
        200,
      );
      const advance = (to: string, key: string) =>
        stage.refused('POST', '/rehearsal/advances', { ...operator, body: { to }, key });
      expect((await advance('2026-01-01T00:00:00Z', 'a')).body.code).toBe('PRECONDITION_FAILED');
      const first = await stage.call<{ id: string; status: string }>('POST', '/rehearsal/advances', {
        ...operator,
        body: { to: '2026-07-13T09:00:00+07:00' },
        key: 'b',
      });
      expect(first).toMatchObject({ status: 202, body: { status: 'pending', to: '2026-07-13T02:00:00.000Z' } });
      expect((await advance('2026-07-13T02:00:00Z', 'b')).body).toEqual(first.body);
      expect((await advance('2026-07-14T02:00:00Z', 'b')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      expect((await advance('2026-07-14T02:00:00Z', 'c')).body.code).toBe('CONFLICT');
      const look = stage.call<{ status: string }>('GET', `/rehearsal/advances/${first.body.id}?wait=5s`, operator);
      await stage.pool.query(`update rehearsal_advance set status = 'quiet', finished_at = now()`);
      expect((await look).body).toMatchObject({ id: first.body.id, status: 'quiet' });
    } finally {
      await stage.close();
    }
  });
});
