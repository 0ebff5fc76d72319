import { unworded } from '../../domain/case/texts.js';
import { businessClock } from '../../db/register/business-clock.js';
import { settleCase } from '../../db/register/settle-case.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { opens } from '../../domain/case/routes.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoor } from '../../db/register/door.js';
import { createHandOver, thoughtlessScopes } from '../../engine/register/hand-over.js';
import { type ClaimedScope, claimScopes, findScope, reportDone } from '../../engine/register/mailbox.js';
import { type WorkflowPort } from '../../engine/register/temporal-port.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type EventsMessage, type ScopeInput } from '../../engine/words.js';
import { createSweeper } from '../../engine/worker/sweeper.js';
import { createTestRegister, type TestRegister, TestCase, at } from '../db/support.js';

/** Temporal as a list of what was asked of it. */
class Recorder implements WorkflowPort {
  readonly calls: { call: string; scope: ScopeId; seqs: number[] }[] = [];
  absent = false;
  failing: (scope: ScopeId) => boolean = () => false;
  hold: Promise<void> = Promise.resolve();

  private async note(call: string, scope: ScopeId, message?: EventsMessage<CaseEvent>): Promise<void> {
    this.calls.push({ call, scope, seqs: message?.deliveries.map(({ seq }) => seq) ?? [] });
    await this.hold;
    if (this.failing(scope)) throw new Error('Temporal is away');
  }
  async signal(scope: ScopeId, message: EventsMessage<CaseEvent>): Promise<boolean> {
    await this.note('signal', scope, message);
    return !this.absent;
  }
  signalWithStart({ scope }: ScopeInput, message: EventsMessage<CaseEvent>): Promise<void> {
    return this.note('signalWithStart', scope, message);
  }
  start({ scope }: ScopeInput): Promise<void> {
    return this.note('start', scope);
  }
  of(scope: ScopeId) {
    return this.calls.filter((call) => call.scope === scope).map(({ call, seqs }) => [call, seqs]);
  }
}

describe('handing mailboxes over', () => {
  let register: TestRegister;
  beforeAll(async () => {
    register = await createTestRegister();
  });
  afterAll(() => register.close());

  const setUp = async () => {
    const port = new Recorder();
    const handOver = createHandOver<CaseEvent>({ pool: register.pool, port, opens, tell: unworded });
    const file = await TestCase.open(register);
    return { port, handOver, file, scope: file.scope, irc: file.procedure('irc-ordinary') };
  };
  const openIrc = (file: TestCase) =>
    file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });

  it('starts a workflow by the event that opens its scope, and by no other', async () => {
    const { port, handOver, file, scope, irc } = await setUp();
    handOver.now([scope]);
    await handOver.settled();
    await openIrc(file);
    handOver.now([irc]);
    await handOver.settled();
    expect(port.of(scope)).toEqual([['signalWithStart', [1]]]);
    expect(port.of(irc)[0]?.[0]).toBe('signalWithStart');
    await file.act({ kind: 'clock' }, at('2026-07-06 09:01'), { type: 'settle' });
    expect(await findScope(register.pool, irc)).toMatchObject({ sentSeq: 2, lastSeq: 2 });
  });

  it('sends nothing twice, however many send at once', async () => {
    const { port, scope, handOver } = await setUp();
    const other = createHandOver<CaseEvent>({ pool: register.pool, port, opens, tell: unworded });
    for (const each of [handOver, other, handOver]) each.now([scope]);
    await Promise.all([handOver.poll(50), other.poll(50)]);
    await Promise.all([handOver.settled(), other.settled()]);
    expect(port.of(scope)).toHaveLength(1);
  });

  it('sends what was committed while it was sending, one Signal after the other', async () => {
    const { port, handOver, file, scope } = await setUp();
    let release = (): void => undefined;
    port.hold = new Promise((resolve) => (release = resolve));
    handOver.now([scope]);
    await expect.poll(() => port.of(scope).length).toBe(1);
    await file.act({ kind: 'person', id: 'investor.besi', role: 'investor', agency: null }, at('2026-07-06 09:02'), {
      type: 'withdrawCase',
      reason: 'plans changed',
    });
    handOver.now([scope]);
    expect(port.of(scope)).toHaveLength(1);
    release();
    await handOver.settled();
    expect(port.of(scope).map(([call]) => call)).toEqual(['signalWithStart', 'signal']);
  });

  it('sends at once from what its own commit has taken, and nobody else does meanwhile', async () => {
    const { port, handOver, file, scope } = await setUp();
    const other = createHandOver<CaseEvent>({ pool: register.pool, port, opens, tell: unworded });
    handOver.now([scope]);
    await handOver.settled();
    const taken: ClaimedScope[] = [];
    const door = createDoor({
      pool: register.pool,
      law: register.law,
      handOver: (_scopes, claimed) => taken.push(...claimed),
    });
    const withdraw = file.envelope(
      { kind: 'person', id: 'investor.besi', role: 'investor', agency: null },
      at('2026-07-06 09:02'),
      { type: 'withdrawCase', reason: 'plans changed' },
    );
    await door.handle(withdraw);
    expect(taken).toMatchObject([{ scope, kind: 'case', generation: 1, sentSeq: 1 }]);
    await other.poll(50);
    await other.settled();
    expect(port.of(scope)).toHaveLength(1);
    handOver.now([scope], taken);
    await handOver.settled();
    expect(port.of(scope).map(([call]) => call)).toEqual(['signalWithStart', 'signal']);
    expect(await claimScopes(register.pool, { limit: 10, forMs: 1, only: [scope] })).toEqual([]);
  });

  it('lets a dossier that is being declared wait for what comes of that, and is told of both at once', async () => {
    const { port, handOver, file, irc } = await setUp();
    await openIrc(file);
    handOver.now([irc]);
    await handOver.settled();
    const told: string[][] = [];
    const door = createDoor({
      pool: register.pool,
      law: register.law,
      handOver: (scopes, claimed) => {
        told.push([...scopes]);
        handOver.now(scopes, claimed);
      },
    });
    const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];
    const investor = { kind: 'person', id: 'investor.besi', role: 'investor', agency: null } as const;
    await door.handle(
      file.envelope(investor, at('2026-07-06 09:02'), { type: 'fileDossier', procedure: 'irc-ordinary', documents }),
    );
    await handOver.poll(50);
    await handOver.settled();
    expect([told, port.of(irc).length]).toEqual([[], 1]);
    const lapsesOn = '2026-07-20' as PlainDate;
    const finish = {
      type: 'finishDeclaration',
      procedure: irc,
      filing: 1,
      declaration: { id: 'D-1', lapsesOn },
      failure: null,
    } as const;
    await door.handle(file.envelope({ kind: 'engine', scope: irc }, at('2026-07-06 09:03'), finish));
    await handOver.settled();
    const sent = port.of(irc);
    expect([told, sent.length, sent.at(-1)?.[1]?.length]).toEqual([[[irc]], 2, 2]);
  });

  it('asks the register where no workflow is found: an open scope is started to load, a closed one is let be', async () => {
    const { port, handOver, file, scope } = await setUp();
    handOver.now([scope]);
    await handOver.settled();
    port.absent = true;
    await openIrc(file);
    await register.pool.query('update scope set sent_seq = 1 where id = $1', [scope]);
    handOver.now([scope]);
    await handOver.settled();
    expect(port.of(scope).map(([call]) => call)).toEqual(['signalWithStart', 'signal', 'start']);
    expect(await findScope(register.pool, scope)).toMatchObject({ sentSeq: 2, lastSeq: 2 });
  });

  it('lets one mailbox that fails wait alone', async () => {
    const { port, handOver, scope } = await setUp();
    const second = await TestCase.open(register);
    port.failing = (failed) => failed === scope;
    handOver.now([scope, second.scope]);
    await handOver.settled();
    expect(await findScope(register.pool, second.scope)).toMatchObject({ sentSeq: 1 });
    expect(await findScope(register.pool, scope)).toMatchObject({ sentSeq: 0, attempts: 0 });
    // A dispatcher tries with more patience, and then leaves it alone for a while.
    await handOver.poll(50);
    await handOver.settled();
    expect(await findScope(register.pool, scope)).toMatchObject({ sentSeq: 0, attempts: 1 });
    await handOver.poll(50);
    await handOver.settled();
    expect(port.of(scope)).toHaveLength(2);
  });

  it('makes of more than one Signal takes an empty one', async () => {
    const { port, handOver, file, scope } = await setUp();
    await register.pool.query(`update scope set sent_seq = 1 where id = $1`, [scope]);
    await register.owner.query(
      `insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
       select epoch, case_code, n, scope, type, actor, occurred_at, canonical, hash, prev_hash
       from case_event, generate_series(2, 80) n where case_code = $1 and seq = 1`,
      [file.code],
    );
    await register.owner.query(
      'insert into delivery (scope, seq, prev, case_code) select $1, n, n - 1, $2 from generate_series(2, 80) n',
      [scope, file.code],
    );
    await register.owner.query('update scope set last_seq = 80 where id = $1', [scope]);
    handOver.now([scope]);
    await handOver.settled();
    expect(port.of(scope).at(-1)?.[1]).toEqual([]);
    expect(await findScope(register.pool, scope)).toMatchObject({ sentSeq: 80 });
  });

  it('pokes a scope that was told everything and stays silent, after a while and ever more rarely', async () => {
    const { port, handOver, scope } = await setUp();
    handOver.now([scope]);
    await handOver.settled();
    expect((await thoughtlessScopes(register.pool, 500)).map((one) => one.scope)).toContain(scope);
    const door = createDoor({ pool: register.pool, law: register.law });
    const sweeper = createSweeper({
      pool: register.pool,
      clock: () => businessClock(register.pool),
      settle: (caseCode, now) => settleCase(door, caseCode, now),
      handOver,
      onError: (error) => expect.fail(String(error)),
    });
    const pokes = () => port.of(scope).filter(([call]) => call === 'signal').length;
    await sweeper.pokeSilent(0);
    await sweeper.pokeSilent(19_000);
    expect(pokes()).toBe(0);
    await sweeper.pokeSilent(21_000);
    await sweeper.pokeSilent(22_000);
    expect(pokes()).toBe(1);
    await sweeper.pokeSilent(90_000);
    expect(pokes()).toBe(2);
    await reportDone(register.pool, [{ scope, generation: 1, doneSeq: 1 }]);
    await sweeper.pokeSilent(9_000_000);
    expect(pokes()).toBe(2);
  });
});
