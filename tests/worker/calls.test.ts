import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgencyCall } from '../../activities/agency-client.js';
import { callDue, plan } from '../../db/register/agenda.js';
import { type Accepted, type Door } from '../../db/register/door.js';
import { type Envelope } from '../../domain/case/commands.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type OpinionState } from '../../domain/case/consultation/state.js';
import { type ExtractState } from '../../domain/case/extract/state.js';
import { type CaseState } from '../../domain/case/state.js';
import { Refusal } from '../../domain/errors.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { createCalls, type Calls } from '../../worker/calls.js';
import { createTestRegister, received, type TestRegister } from '../db/support.js';
import { rewriteState } from '../support/kept-state.js';
import { exampleProjects } from '../../seeds/index.js';

const step = 'project-number';
let register: TestRegister;
let scope: ScopeId;
let code: string;
beforeAll(async () => {
  register = await createTestRegister();
  const { file, irc } = await received(register);
  [scope, code] = [irc, file.code];
  await register.owner.query('insert into filing (case_code, body) values ($1, $2)', [
    code,
    JSON.stringify(exampleProjects.besi),
  ]);
});
afterAll(() => register.close());

let called: AgencyCall[] = [];
let booked: Envelope[] = [];
let errors: unknown[] = [];
let ended: string[] = [];
beforeEach(async () => {
  [called, booked, errors, ended] = [[], [], [], []];
  await register.owner.query('delete from agenda');
  await register.owner.query('delete from agency_request');
  await stands({ called: true });
  await plan(register.pool, [{ kind: callDue, ref: `${scope}#${step}#1`, at: '2026-07-06T03:00:00Z' }]);
});

const changed = (change: (state: CaseState) => void) =>
  rewriteState(register.owner, code, (text) => {
    const state = JSON.parse(text) as CaseState;
    change(state);
    return JSON.stringify(state);
  });

const stands = (how: Partial<CaseState['procedures'][string]['steps'][string]>) =>
  changed((state) => {
    const procedure = state.procedures[scope];
    const begun = {
      startedAt: state.lastAt,
      completedAt: null,
      outcome: null,
      by: null,
      failed: false,
      called: false,
      round: 1,
    };
    if (procedure) procedure.steps[step] = { ...begun, ...how };
  });

const worker = (answer: (n: number) => unknown): Calls =>
  createCalls({
    pool: register.pool,
    law: register.law,
    door: {
      handle: (envelope: Envelope) => Promise.resolve(void booked.push(envelope) as unknown as Accepted),
    } as Door,
    client: {
      post: (call) => {
        called.push(call);
        return Promise.resolve().then(() => answer(called.length));
      },
    },
    calls: { attempts: 3, firstRetryMs: 1 },
    callbackBaseUrl: 'http://127.0.0.1:1',
    callsPerSecond: 1_000,
    onError: (error) => errors.push(error),
    done: () => undefined,
    ended: (caseCode) => ended.push(caseCode),
  });

const left = async () =>
  (await register.pool.query<{ attempts: number }>('select attempts from agenda where done_at is null')).rows;

async function until(calls: Calls, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await expect.poll(() => calls.begin(), { interval: 5 }).toBe(1);
    await calls.settled();
  }
}

it('is made once however many workers look, and what comes of it is booked', async () => {
  const answer = () => ({ reference: 'R-1', projectNumber: '1234567890' });
  const workers = [worker(answer), worker(answer), worker(answer)];
  const begun = await Promise.all(workers.map((one) => one.begin()));
  await Promise.all(workers.map((one) => one.settled()));
  expect(begun.reduce((a, b) => a + b)).toBe(1);
  expect(called).toMatchObject([{ correlationId: `${scope}/${step}` }]);
  expect(booked.map(({ command, operationId }) => [command, operationId])).toEqual([
    [
      {
        type: 'finishCall',
        procedure: scope,
        step,
        round: 1,
        outcome: 'issued',
        reference: '1234567890',
        failure: null,
      },
      `call/${scope}#${step}#1`,
    ],
  ]);
  expect(await left()).toEqual([]);
  expect(ended).toEqual([code]);
  expect(errors).toEqual([]);
});

it('is tried again under the same key as often as the policy says, then its failure is booked', async () => {
  const calls = worker(() => {
    throw new Refusal('AGENCY_UNAVAILABLE');
  });
  await until(calls, 2);
  expect(booked).toEqual([]);
  expect(await left()).toEqual([{ attempts: 2 }]);
  await until(calls, 1);
  expect(new Set(called.map(({ correlationId }) => correlationId)).size).toBe(1);
  expect(called).toHaveLength(3);
  expect(booked[0]?.command).toMatchObject({ type: 'finishCall', outcome: null, failure: 'AGENCY_UNAVAILABLE' });
  expect(await left()).toEqual([]);
});

it('is not tried again where trying again does not help', async () => {
  await until(
    worker(() => {
      throw new Refusal('AGENCY_REFUSED');
    }),
    1,
  );
  expect(called).toHaveLength(1);
  expect(booked[0]?.command).toMatchObject({ failure: 'AGENCY_REFUSED' });
});

it.each([
  ['was done by hand meanwhile', { completedAt: '2026-07-06T04:00:00.000Z' }],
  ['has failed already', { failed: true }],
  ['is in another round', { round: 2 }],
])('is not made for a step that %s', async (_what, how) => {
  await stands({ called: true, ...how });
  await until(
    worker(() => ({})),
    1,
  );
  expect([called, booked, await left()]).toEqual([[], [], []]);
});

describe('a question for an opinion', () => {
  const agency = 'dae';
  const consultation = () => `${scope}/consultation/1`;
  const asked = async (how: Partial<OpinionState> = {}) => {
    await register.owner.query('delete from agenda');
    await changed((state) => {
      const opinion: OpinionState = {
        agency,
        channel: 'system',
        budget: { amount: 5, unit: 'working-day' },
        dueDate: '2026-07-13' as PlainDate,
        legalEffect: 'none',
        handling: 'escalate',
        about: { vi: 'Công nghệ', en: 'Technology' },
        status: 'asked',
        requestId: null,
        called: true,
        failed: false,
        position: null,
        conditions: [],
        legalBasis: null,
        late: false,
        answeredAt: null,
        lapsed: null,
        decision: null,
        messageIds: [],
        ...how,
      };
      state.consultations[consultation()] = {
        scope: consultation(),
        procedureScope: scope,
        step: 'opinions',
        n: 1,
        lead: 'shtp-board',
        openedAt: state.lastAt ?? '',
        calendar: 'vn-state',
        opinions: { [agency]: opinion },
        conference: null,
        rungs: [],
        redatedAt: null,
        redated: 0,
        reopenings: [],
        reopenedAt: null,
        tasks: {},
        closedAt: null,
      };
    });
    await plan(register.pool, [
      { kind: callDue, ref: `${consultation()}#opinion/${agency}#1`, at: '2026-07-06T03:00:00Z' },
    ]);
  };

  it('says where the answer goes, and under which id it was taken is booked', async () => {
    await asked();
    await until(
      worker(() => ({ accepted: true })),
      1,
    );
    expect(called).toMatchObject([
      {
        correlationId: `${consultation()}/opinion/${agency}`,
        body: { agency, callbackUrl: `http://127.0.0.1:1/api/v1/agency-callbacks/${agency}` },
      },
    ]);
    expect(booked.map(({ command }) => command)).toEqual([
      {
        type: 'finishQuestion',
        consultation: consultation(),
        agency,
        requestId: `${consultation()}/opinion/${agency}`,
        failure: null,
      },
    ]);
  });

  it('that no system takes is booked as failed after as many attempts as any call', async () => {
    await asked();
    await until(
      worker(() => {
        throw new Refusal('AGENCY_UNAVAILABLE');
      }),
      3,
    );
    expect(booked).toMatchObject([{ command: { requestId: null, failure: 'AGENCY_UNAVAILABLE' } }]);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['was answered before it was known to have been asked', { status: 'given' as const }],
    ['was booked already', { requestId: 'Q-1' }],
  ])('is not put again where it %s', async (_what, how) => {
    await asked(how);
    await until(
      worker(() => ({ accepted: true })),
      1,
    );
    expect([called, booked, await left()]).toEqual([[], [], []]);
  });
});

describe('a declaration', () => {
  const declaring = async (filing: number) => {
    await register.owner.query('delete from agenda');
    await changed((state) => {
      const procedure = state.procedures[scope];
      if (procedure) procedure.declaring = { filing, failed: false };
    });
    await plan(register.pool, [{ kind: callDue, ref: `${scope}#online-declaration#1`, at: '2026-07-06T03:00:00Z' }]);
  };

  it('is made with the filing that asked for it, and its day of lapse counted in working days', async () => {
    await declaring(1);
    await until(
      worker(() => ({
        reference: 'R-1',
        declarationId: 'D-1',
        declaredOn: '2026-07-06',
        lapsesAfterWorkingDays: 10,
      })),
      1,
    );
    expect(called).toMatchObject([{ correlationId: `${scope}/online-declaration` }]);
    expect(booked.map(({ command }) => command)).toEqual([
      {
        type: 'finishDeclaration',
        procedure: scope,
        filing: 1,
        declaration: { id: 'D-1', lapsesOn: '2026-07-20' },
        failure: null,
      },
    ]);
  });

  it('is not made for a filing that another has replaced', async () => {
    await declaring(2);
    await until(
      worker(() => ({})),
      1,
    );
    expect([called, booked, await left()]).toEqual([[], [], []]);
  });
});

describe('a document that a register holds', () => {
  const document = 'location-right';
  const asked = async (how: Partial<ExtractState> = {}) => {
    await register.owner.query('delete from agenda');
    await changed((state) => {
      const procedure = state.procedures[scope];
      const extract: ExtractState = {
        document,
        register: 'national-land-database',
        look: 1,
        askedAt: '2026-07-06T03:00:00.000Z',
        consent: null,
        cause: 'filed',
        paperAt: null,
        obtained: null,
        missed: null,
        question: null,
        ...how,
      };
      if (procedure) procedure.extracts = { [document]: extract };
    });
    await plan(register.pool, [{ kind: callDue, ref: `${scope}#extract/${document}#1`, at: '2026-07-06T03:00:00Z' }]);
  };
  const answer = (about: object, how: object = {}) => ({
    reference: 'KTDL-1',
    held: true,
    about: {
      name: exampleProjects.besi.investor.name,
      number: exampleProjects.besi.investor.registrationNumber,
      ...about,
    },
    asOf: '2026-07-06T03:00:01Z',
    issuedOn: '2026-07-01',
    validUntil: '2027-07-01',
    fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: 'SHTP' }],
    ...how,
  });
  const missed = () => booked.map(({ command }) => (command.type === 'finishExtract' ? command.missed : command.type));

  it('is asked from the City’s platform with purpose, legal basis and freshness, once, and kept as it was answered', async () => {
    await asked();
    const workers = [worker(() => answer({})), worker(() => answer({}))];
    await Promise.all(workers.map((one) => one.begin()));
    await Promise.all(workers.map((one) => one.settled()));
    expect(called).toMatchObject([
      {
        system: 'integration-platform',
        correlationId: `${scope}/extract/${document}`,
        body: {
          subject: {
            register: 'national-land-database',
            legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
            consent: null,
            purpose: { vi: expect.stringContaining('Giải quyết thủ tục') as unknown },
            notOlderThan: expect.stringMatching(/Z$/) as unknown,
          },
        },
      },
    ]);
    expect(booked.map(({ command }) => command)).toMatchObject([
      {
        type: 'finishExtract',
        document,
        look: 1,
        missed: null,
        found: { requestId: `${scope}/extract/${document}`, reference: 'KTDL-1', validUntil: '2027-07-01' },
      },
    ]);
    expect(errors).toEqual([]);
  });

  it.each([
    ['holds nothing', () => answer({}, { held: false }), 'not-held'],
    ['answers about another company', () => answer({ name: 'Công ty khác' }), 'other-subject'],
    ['answers without a field', () => answer({}, { fields: [] }), 'unsound'],
    ['answers something else', () => ({ ok: true }), 'unsound'],
  ])('of a register that %s is not taken', async (_what, reply, reason) => {
    await asked();
    await until(worker(reply), 1);
    expect(missed()).toEqual([reason]);
  });

  it('of a register that is silent is given up after as many attempts as any call', async () => {
    await asked();
    await until(
      worker(() => {
        throw new Refusal('AGENCY_UNAVAILABLE');
      }),
      3,
    );
    expect(called).toHaveLength(3);
    expect(missed()).toEqual(['silent']);
    expect(await left()).toEqual([]);
  });

  it('about a person is asked only with their consent', async () => {
    await asked({ register: 'judicial-record-database' });
    await until(
      worker(() => answer({})),
      1,
    );
    expect([called, missed()]).toEqual([[], ['no-consent']]);
    booked = [];
    await register.owner.query('delete from agency_request');
    const consent = { givenBy: 'investor.besi', givenAt: '2026-07-06T03:00:00.000Z' };
    await asked({ register: 'judicial-record-database', consent });
    await until(
      worker(() => answer({})),
      1,
    );
    expect(called).toMatchObject([{ body: { subject: { consent } } }]);
    expect(missed()).toEqual([null]);
  });

  it.each([
    ['the investor has given meanwhile', { paperAt: '2026-07-06T03:00:00.000Z' }],
    ['is asked anew', { look: 2 }],
    ['was missed already', { missed: { look: 1, at: '2026-07-06T03:00:00.000Z', reason: 'silent' } as const }],
  ])('is not asked for where %s', async (_what, how) => {
    await asked(how);
    await until(
      worker(() => answer({})),
      1,
    );
    expect([called, booked, await left()]).toEqual([[], [], []]);
  });
});
