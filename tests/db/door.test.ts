import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCaseCode } from '../../domain/case/case/code.js';
import { type Actor, type CaseEvent } from '../../domain/case/events.js';
import { foldCase } from '../../domain/case/fold.js';
import { Refusal } from '../../domain/errors.js';
import { exampleProjects } from '../../seeds/index.js';
import { eventOf } from '../../db/register/chain-link.js';
import { createDoor } from '../../db/register/door.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import {
  assessing,
  at,
  countRoundTrips,
  createTestRegister,
  documents,
  investor,
  openingCommand,
  person,
  receiving,
  received,
  refusedWith,
  TestCase,
  type TestRegister,
} from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');
const party = investor as Extract<Actor, { kind: 'person' }>;

async function eventsOf(code: string): Promise<CaseEvent[]> {
  const { rows } = await register.pool.query<{ canonical: string }>(
    'select canonical from case_event where case_code = $1 order by seq',
    [code],
  );
  return rows.map((row) => eventOf(row.canonical));
}

const count = async (text: string, values: unknown[]): Promise<number> =>
  Number((await register.pool.query<{ n: number }>(text, values)).rows[0]?.n);

describe('one command', () => {
  it('keeps the state of a case equal to the fold of its events', async () => {
    const { file } = await assessing(register);
    expect(isCaseCode(file.code)).toBe(true);
    expect(await file.state()).toEqual(foldCase(file.code, await eventsOf(file.code)));
  });

  it('writes the task, the clock and the header of the case with the event that changes them', async () => {
    const { file, irc } = await assessing(register);
    await file.act(officer, at('2026-07-08 10:05'), {
      type: 'claimTask',
      taskId: await file.taskId('step/assessment'),
    });
    const task = await register.pool.query(
      'select status, claimed_by, due_date, version, dossier_code from task where id = $1',
      [await file.taskId('step/assessment')],
    );
    const clock = await register.pool.query('select state, due_date, printed_due_date from clock where scope = $1', [
      irc,
    ]);
    const head = await register.pool.query(
      'select status, due_date, mandatory_approved, seq from case_head where code = $1',
      [file.code],
    );
    const { procedures, seq } = await file.state();
    const due = procedures[irc]?.printedDueDate;
    expect(task.rows).toEqual([
      {
        status: 'claimed',
        claimed_by: 'officer.shtp-board.1',
        due_date: due,
        version: procedures[irc]?.version,
        dossier_code: procedures[irc]?.dossierCode,
      },
    ]);
    expect(clock.rows).toEqual([{ state: 'running', due_date: due, printed_due_date: due }]);
    expect(head.rows).toEqual([{ status: 'open', due_date: due, mandatory_approved: 0, seq }]);
  });

  it('gives every dossier a code of its own', async () => {
    const first = await received(register);
    const second = await received(register);
    const codes = await Promise.all(
      [first, second].map(async ({ file, irc }) => (await file.state()).procedures[irc]?.dossierCode),
    );
    expect(codes[0]).toMatch(/^H29-260706-\d{4}$/);
    expect(codes[1]).not.toBe(codes[0]);
  });

  it('takes two round trips, and one more in a fresh session or where a case is opened', async () => {
    const { file, irc } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    const counted = countRoundTrips(register);
    const trips = async (work: () => Promise<unknown>) => {
      const before = counted.trips;
      await work();
      return counted.trips - before;
    };
    try {
      const door = createDoor({ pool: counted.pool, law: register.law });
      const send = (actor: Actor, command: Parameters<TestCase['envelope']>[2]) =>
        door.handle(file.envelope(actor, at('2026-07-08 11:00'), command));
      expect(await trips(() => send(officer, { type: 'claimTask', taskId }))).toBe(3);
      expect(await trips(() => send(officer, { type: 'completeTask', taskId, completion: { outcome: 'done' } }))).toBe(
        2,
      );
      expect(await trips(() => send({ kind: 'clock' }, { type: 'settle' }))).toBeLessThanOrEqual(2);
      expect(await trips(() => refusedWith(send(officer, { type: 'claimTask', taskId })))).toBe(2);
      const opening = {
        command: openingCommand(exampleProjects.besi, at('2026-07-06 09:00')),
        actor: party,
        key: 'trips',
        bodyHash: 'b',
        occurredAt: at('2026-07-06 09:00'),
      };
      expect(await trips(() => door.open(opening))).toBe(3);
      expect(await trips(() => door.open(opening))).toBeLessThanOrEqual(4);
    } finally {
      await counted.pool.end();
    }
    expect((await file.state()).procedures[irc]?.steps['assessment']?.completedAt).not.toBeNull();
  });

  it('allocates the dossier code within the three round trips of a reception', async () => {
    const file = await TestCase.open(register);
    const irc = file.procedure('irc-ordinary');
    await file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    await file.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    await file.openTask(irc, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    const taskId = await file.taskId('intake/1');
    await file.act(receiving, at('2026-07-06 10:00'), { type: 'claimTask', taskId });
    const counted = countRoundTrips(register);
    try {
      const door = createDoor({ pool: counted.pool, law: register.law });
      const command = { type: 'completeTask', taskId, completion: { outcome: 'receive' } } as const;
      // Once per session its statements are planned.
      await refusedWith(door.handle(file.envelope(receiving, at('2026-07-06 10:00'), { type: 'claimTask', taskId })));
      const before = counted.trips;
      await door.handle(file.envelope(receiving, at('2026-07-06 10:00'), command));
      expect(counted.trips - before).toBe(3);
    } finally {
      await counted.pool.end();
    }
  });
});

describe('the same operation', () => {
  it('has one effect and one answer, however often and at once it is sent', async () => {
    const { file } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    const before = (await file.state()).seq;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => file.act(officer, at('2026-07-08 10:05'), { type: 'claimTask', taskId }, 'same')),
    );
    expect((await file.state()).seq).toBe(before + 1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    const [told, ...again] = answers.map(({ clock: _clock, ...answer }) => ({ ...answer, replayed: false }));
    for (const answer of again) expect(answer).toEqual(told);
  });

  it('tells the deliveries of the first answer again', async () => {
    const { file, irc } = await received(register);
    const envelope = {
      ...file.envelope({ kind: 'engine', scope: irc }, at('2026-07-06 10:02'), {
        type: 'openConsultation',
        step: 'opinions',
      }),
      bound: { scope: irc, generation: 1, basedOn: (await file.state()).scopes[irc]?.lastSeq ?? 0 },
    };
    const first = await register.door.handle(envelope);
    const again = await register.door.handle(envelope);
    expect(first.deliveries.map(({ scope }) => scope).sort()).toEqual([irc, `${irc}/consultation/1`]);
    const byScope = (answer: typeof first) => [...answer.deliveries].sort((a, b) => (a.scope < b.scope ? -1 : 1));
    expect(byScope(again)).toEqual(byScope(first));
    expect(again).toMatchObject({ replayed: true, caseSeq: first.caseSeq, nextAt: first.nextAt, events: first.events });
  });

  it('with another body is refused', async () => {
    const { file } = await received(register);
    const settle = file.envelope(investor, at('2026-07-06 11:00'), { type: 'withdrawCase', reason: 'r' }, 'once');
    await register.door.handle(settle);
    expect(await refusedWith(register.door.handle({ ...settle, bodyHash: 'other' }))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('is refused on another case, also when both are sent at once', async () => {
    const [one, other] = await Promise.all([received(register), received(register)]);
    const withdraw = { type: 'withdrawCase', reason: 'r' } as const;
    const sent = await Promise.allSettled(
      [one, other].map(({ file }) =>
        register.door.handle(file.envelope(investor, at('2026-07-06 11:00'), withdraw, 'shared')),
      ),
    );
    expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const loser = sent[0]?.status === 'rejected' ? one : other;
    const again = loser.file.envelope(investor, at('2026-07-06 11:00'), withdraw, 'shared');
    expect(await refusedWith(register.door.handle(again))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await loser.file.state()).closed, 'nothing was written').toBeNull();
  });

  it('is decided again where it was refused', async () => {
    const { file } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    const complete = () =>
      file.act(officer, at('2026-07-08 11:00'), { type: 'completeTask', taskId, completion: { outcome: 'done' } }, 'c');
    const colleague = person('officer.shtp-board.2', 'officer', 'shtp-board');
    await file.act(colleague, at('2026-07-08 10:59'), { type: 'claimTask', taskId });
    expect(await refusedWith(complete())).toBe('CONFLICT');
    await file.act(colleague, at('2026-07-08 11:00'), { type: 'releaseTask', taskId });
    expect(await complete()).toMatchObject({ replayed: false });
  });

  it('opens one case for one key of one person, also when filed twice at once', async () => {
    const open = (bodyHash: string) =>
      register.door.open({
        command: openingCommand(exampleProjects.besi, at('2026-07-06 09:00')),
        actor: party,
        key: 'twice',
        bodyHash,
        occurredAt: at('2026-07-06 09:00'),
      });
    const answers = await Promise.all(Array.from({ length: 6 }, () => open('b')));
    expect(new Set(answers.map(({ caseCode }) => caseCode)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await count(`select count(*) as n from opening where key = 'twice'`, [])).toBe(1);
    expect(await refusedWith(open('another body'))).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('many at once', () => {
  it('stand in line: every event has its place, none is lost', async () => {
    const { file } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    const turns = Array.from({ length: 10 }, async (_, i) => {
      const actor = person(`officer.shtp-board.${(i % 2) + 1}`, 'officer', 'shtp-board');
      return refusedWith(file.act(actor, at('2026-07-08 11:00'), { type: 'claimTask', taskId }));
    });
    const results = await Promise.all(turns);
    expect(results.filter((result) => result === 'accepted')).toHaveLength(5);
    expect(results.filter((result) => result === 'CONFLICT')).toHaveLength(5);
    const events = await eventsOf(file.code);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  });
});

describe('two acts at almost the same moment, decided in the other order', () => {
  it('leave the clock a history that can be read', async () => {
    const { file, irc } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    await file.act(officer, at('2026-07-09 11:00'), { type: 'claimTask', taskId });
    await file.act(officer, at('2026-07-09 11:01'), {
      type: 'requestSupplement',
      taskId,
      ground: 'supplement',
      items: ['plan'],
      reason: 'r',
    });
    const answer = { type: 'answerSupplement', procedure: 'irc-ordinary', requestId: 'S1', documents } as const;
    await file.act(investor, at('2026-07-09 11:00'), answer);
    const ledger = (await file.state()).procedures[irc]?.ledger.map((entry) => entry.at) ?? [];
    expect(ledger.slice(-2)).toEqual([at('2026-07-09 11:01'), at('2026-07-09 11:01')]);
    expect(await refusedWith(file.act(officer, at('2026-07-10 09:00'), { type: 'settle' }))).toBe('accepted');
  });
});

describe('a workflow’s command', () => {
  it('is STALE when the mailbox has moved on, SUPERSEDED when a rebuild has raised the generation', async () => {
    const { file, irc } = await received(register);
    const lastSeq = (await file.state()).scopes[irc]?.lastSeq ?? 0;
    const command = { type: 'openConsultation', step: 'opinions' } as const;
    const send = (generation: number, basedOn: number) =>
      register.door.handle({
        ...file.envelope({ kind: 'engine', scope: irc }, at('2026-07-06 10:02'), command),
        bound: { scope: irc, generation, basedOn },
      });
    expect(await refusedWith(send(1, lastSeq - 1))).toBe('STALE');
    await file.act({ kind: 'engine', scope: file.scope }, at('2026-07-06 10:02'), { type: 'rebuildScope', scope: irc });
    expect(await refusedWith(send(1, lastSeq))).toBe('SUPERSEDED');
    expect(await refusedWith(send(2, lastSeq))).toBe('accepted');
  });

  it('carries its own mailbox in the answer, so that nothing of it is left to send', async () => {
    const { file, irc } = await received(register);
    const handed: string[] = [];
    const door = createDoor({ pool: register.pool, law: register.law, handOver: (scopes) => handed.push(...scopes) });
    const basedOn = (await file.state()).scopes[irc]?.lastSeq ?? 0;
    await door.handle({
      ...file.envelope({ kind: 'engine', scope: irc }, at('2026-07-06 10:02'), {
        type: 'openConsultation',
        step: 'opinions',
      }),
      bound: { scope: irc, generation: 1, basedOn },
    });
    const { rows } = await register.pool.query(
      'select id, sent_seq = last_seq as sent from scope where id = any ($1) order by id',
      [[irc, `${irc}/consultation/1`]],
    );
    expect(rows).toEqual([
      { id: irc, sent: true },
      { id: `${irc}/consultation/1`, sent: false },
    ]);
    expect(handed).toEqual([`${irc}/consultation/1`]);
  });
});

describe('what fell due', () => {
  it('stands even where the command after it is refused', async () => {
    const { file, irc } = await received(register);
    await file.engine(irc, at('2026-07-06 10:02'), { type: 'openConsultation', step: 'opinions' });
    const before = (await file.state()).seq;
    const late = file.act(officer, at('2026-07-20 09:00'), { type: 'claimTask', taskId: 'no-such-task' });
    expect(await refusedWith(late)).toBe('NOT_FOUND');
    const events = (await eventsOf(file.code)).slice(before);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['opinionLapsed', 'rungReached']));
    expect(events.every(({ actor, occurredAt }) => actor.kind === 'clock' && occurredAt < at('2026-07-20 09:00'))).toBe(
      true,
    );
    expect(await file.state()).toEqual(foldCase(file.code, await eventsOf(file.code)));
  });

  it('tells each scope when it must be woken next', async () => {
    const { file, irc } = await received(register);
    const { rows } = await register.pool.query<{ next_at: string }>('select next_at from scope where id = $1', [irc]);
    const next = rows[0]?.next_at ?? '';
    await file.act({ kind: 'clock' }, next, { type: 'settle' });
    const last = (await eventsOf(file.code)).at(-1);
    expect(last).toMatchObject({ actor: { kind: 'clock' }, occurredAt: next });
    const after = await register.pool.query<{ next_at: string }>('select next_at from scope where id = $1', [irc]);
    expect(Date.parse(after.rows[0]?.next_at ?? '')).toBeGreaterThan(Date.parse(next));
  });

  it('looks again as often as it is asked, also at the same instant under the same name', async () => {
    const { file, irc } = await received(register);
    const { rows } = await register.pool.query<{ next_at: string }>('select next_at from scope where id = $1', [irc]);
    const settle = () => file.act({ kind: 'clock' }, rows[0]?.next_at ?? '', { type: 'settle' }, `${file.code}/look`);
    expect((await settle()).events.length).toBeGreaterThan(0);
    expect(await settle()).toMatchObject({ events: [], replayed: false });
  });
});

describe('a turn of a workflow', () => {
  const lane = {
    type: 'openTask',
    key: 'lane',
    kind: 'lane',
    agency: 'hcmc-pasc',
    role: 'officer',
    step: null,
  } as const;
  const open = { type: 'openProcedure', procedure: 'irc-ordinary' } as const;
  const turn = async (file: TestCase, commands: readonly Parameters<TestCase['envelope']>[2][]) => {
    const { lastSeq = 0, generation = 1 } = (await file.state()).scopes[file.scope] ?? {};
    const [first, ...then] = commands.map((command) =>
      file.envelope({ kind: 'engine', scope: file.scope }, at('2026-07-06 10:00'), command),
    );
    if (!first) throw new Error('nothing is asked');
    return { ...first, then, bound: { scope: file.scope, generation, basedOn: lastSeq } };
  };
  const operations = async (ids: readonly string[]) => {
    const { rows } = await register.pool.query<{ id: string; seqs: string }>(
      `select operation_id as id, (answer ->> 'firstSeq') || '-' || (answer ->> 'caseSeq') as seqs from operation where operation_id = any ($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, seqs }) => [id, seqs]));
  };

  it('is one transaction, and each command is answered under its own id', async () => {
    const file = await TestCase.open(register);
    const asked = await turn(file, [lane, open]);
    const accepted = await register.door.handle(asked);
    expect(accepted.events.map(({ type }) => type)).toEqual(['taskOpened', 'procedureOpened']);
    expect(accepted).toMatchObject({ done: 2, stopped: null, replayed: false, caseSeq: 3 });
    const ids = [asked.operationId, ...asked.then.map((one) => one.operationId)];
    expect([...(await operations(ids)).values()].sort()).toEqual(['2-2', '3-3']);
    expect(await file.state()).toEqual(foldCase(file.code, await eventsOf(file.code)));
    const { events, caseSeq, nextAt } = accepted;
    expect(await register.door.handle(asked)).toMatchObject({ events, caseSeq, nextAt, done: 2, replayed: true });
  });

  it('ends with the first refusal: what was accepted before it stands, and nothing of what was refused', async () => {
    const file = await TestCase.open(register);
    const asked = await turn(file, [lane, { type: 'closeCase' }, open]);
    const { done, stopped, events } = await register.door.handle(asked);
    expect(events.map(({ type }) => type)).toEqual(['taskOpened']);
    expect([done, stopped?.code]).toEqual([1, 'PRECONDITION_FAILED']);
    expect(await file.state()).toEqual(foldCase(file.code, await eventsOf(file.code)));
    expect(await register.door.handle(asked)).toMatchObject({ done: 1, stopped: null, replayed: true, caseSeq: 2 });
  });

  it('is refused whole where its first command is, or where the mailbox holds what the run has not seen', async () => {
    const file = await TestCase.open(register);
    const closing = register.door.handle(await turn(file, [{ type: 'closeCase' }, lane]));
    expect(await refusedWith(closing)).toBe('PRECONDITION_FAILED');
    const late = await turn(file, [lane, open]);
    await file.engine(file.scope, at('2026-07-06 10:00'), lane);
    expect(await refusedWith(register.door.handle(late))).toBe('STALE');
    expect((await file.state()).seq).toBe(2);
  });
});

describe('a case that does not exist or has no engine', () => {
  it('is NOT_FOUND, and nothing is written', async () => {
    const envelope = {
      caseCode: 'LX-260706-0001Z',
      operationId: randomUUID(),
      bodyHash: '',
      occurredAt: at('2026-07-06 10:00'),
    };
    const asked = register.door.handle({ ...envelope, actor: officer, command: { type: 'settle' } });
    expect(await refusedWith(asked)).toBe('NOT_FOUND');
  });

  it('has no mailbox when it is imported history', async () => {
    const file = await TestCase.open(register, at('2026-07-06 09:00'), false);
    expect(await count('select count(*) as n from scope where case_code = $1', [file.code])).toBe(0);
    expect(await count('select count(*) as n from delivery where case_code = $1', [file.code])).toBe(0);
  });
});

describe('the register in trouble', () => {
  it('answers OVERLOADED where somebody holds the case for too long', async () => {
    const { file } = await received(register);
    const holder = await register.owner.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from case_head where code = $1 for update', [file.code]);
      const impatient = new pg.Pool({ connectionString: register.database.appUrl, options: '-c lock_timeout=100ms' });
      const door = createDoor({ pool: impatient, law: register.law });
      const asked = door.handle(file.envelope(officer, at('2026-07-08 09:00'), { type: 'settle' }));
      expect(await refusedWith(asked)).toBe('OVERLOADED');
      await impatient.end();
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  });

  it('dates an act of a person when it came, not when the case was free', async () => {
    const { file } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    const holder = await register.owner.connect();
    const acting = createPool(register.database.appUrl, { purpose: 'acts', applicationName: 'act-that-waits' });
    const waits = async () =>
      count(
        `select count(*) as n from pg_stat_activity where application_name = 'act-that-waits' and wait_event_type = 'Lock'`,
        [],
      );
    try {
      await holder.query('begin');
      await holder.query('select 1 from case_head where code = $1 for update', [file.code]);
      const { occurredAt: _no, ...act } = file.envelope(officer, at('2026-07-08 11:00'), { type: 'claimTask', taskId });
      const done = createDoor({ pool: acting, law: register.law }).handle(act);
      await expect.poll(waits).toBe(1);
      const { rows } = await register.pool.query<{ now: string }>('select clock_timestamp() as now');
      await holder.query('rollback');
      const { events, clock } = await done;
      const claimed = events.find(({ type }) => type === 'taskClaimed');
      expect(Date.parse(claimed?.occurredAt ?? '')).toBeLessThanOrEqual(Date.parse(rows[0]?.now ?? ''));
      expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(Date.parse(rows[0]?.now ?? ''));
    } finally {
      holder.release();
      await acting.end();
    }
  });

  it('goes on while the projector writes rows that refer to the case', async () => {
    const { file } = await received(register);
    const projector = await register.owner.connect();
    try {
      await projector.query('begin');
      await projector.query(
        `insert into case_link (case_code, adjusts, procedure) values ($1, 'another', 'irc-ordinary')`,
        [file.code],
      );
      const hurried = createPool(register.database.appUrl, { purpose: 'acts' });
      const door = createDoor({ pool: hurried, law: register.law });
      const envelope = file.envelope(officer, at('2026-07-08 09:00'), { type: 'settle' });
      expect(await refusedWith(door.handle(envelope))).toBe('accepted');
      await hurried.end();
    } finally {
      await projector.query('rollback');
      projector.release();
    }
  });

  it('never holds back the readers of the feed for more than two seconds: a transaction over it is ended', async () => {
    for (const purpose of ['acts', 'feed'] as const) {
      const pool = createPool(register.database.appUrl, { purpose });
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('select pg_current_xact_id()');
        const begun = performance.now();
        // Many short statements: neither one of them is long, nor is the session idle.
        const busy = async () => {
          for (;;) await client.query('select pg_sleep(0.2)');
        };
        await expect(busy()).rejects.toThrow();
        expect(performance.now() - begun).toBeLessThan(3_500);
      } finally {
        client.release(true);
        await pool.end();
      }
    }
  });

  it('answers OVERLOADED, retryable, where nobody listens', async () => {
    const nobody = createPool('postgresql://app:app@127.0.0.1:1/register');
    const door = createDoor({ pool: nobody, law: register.law });
    const asked = door.handle({
      caseCode: 'LX-260706-0001A',
      command: { type: 'settle' },
      actor: officer,
      occurredAt: at('2026-07-08 09:00'),
      operationId: randomUUID(),
      bodyHash: '',
    });
    await expect(asked).rejects.toThrow(Refusal);
    expect(await refusedWith(asked)).toBe('OVERLOADED');
    await nobody.end();
  });

  it('throws bugs on, and leaves the case as it was', async () => {
    const { file } = await received(register);
    const before = await file.state();
    const { law, catalogue } = register.law.current();
    const calendar = () => {
      throw new Error('a bug');
    };
    const broken = createDoor({ pool: register.pool, law: fixedLaw({ ...law, calendar }, catalogue) });
    const asked = broken.handle(file.envelope(officer, at('2026-07-08 09:00'), { type: 'settle' }));
    await expect(asked).rejects.toThrow('a bug');
    expect(await file.state()).toEqual(before);
  });
});

describe('a new case', () => {
  it('keeps the names beside the events, never in them', async () => {
    const filing = exampleProjects.besi;
    const { caseCode } = await register.door.open({
      command: openingCommand(filing, at('2026-07-06 09:00')),
      actor: party,
      key: 'names',
      bodyHash: 'b',
      occurredAt: at('2026-07-06 09:00'),
      attach: (code) => ({
        filing: {
          body: filing,
          nameVi: filing.project.name.vi,
          nameEn: filing.project.name.en,
          search: `${code} ${filing.project.name.vi} ${filing.investor.name}`,
        },
        pin: { salt: 's', hash: 'h', seed: null },
      }),
    });
    const kept = await register.pool.query('select name_vi, body from filing where case_code = $1', [caseCode]);
    expect(kept.rows).toEqual([{ name_vi: filing.project.name.vi, body: filing }]);
    const texts = await register.pool.query<{ text: string }>(
      `select string_agg(canonical, '') as text from case_event where case_code = $1
       union all select state::text from case_head where code = $1`,
      [caseCode],
    );
    for (const { text } of texts.rows) {
      expect(text).not.toContain(filing.investor.name);
      expect(text).not.toContain(filing.project.name.vi);
    }
  });
});
