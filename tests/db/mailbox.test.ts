import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimScopes,
  findScope,
  isSettled,
  markSent,
  overdueScopes,
  pendingDeliveries,
  releaseScope,
  reportDone,
  scopesOf,
} from '../../engine/register/mailbox.js';
import { loadScope } from '../../db/register/load-scope.js';
import { raiseGenerations } from '../../db/register/generations.js';
import { rebuildScopes } from '../../engine/register/rebuild.js';
import { at, createTestRegister, investor, received, refusedWith, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const drain = async () => {
  for (const claim of await claimScopes(register.pool, { limit: 1000, forMs: 1 })) {
    await markSent(register.pool, claim, claim.lastSeq);
  }
};

describe('claiming mailboxes', () => {
  it('gives each to one of many dispatchers, and to nobody else until it is sent or the time is over', async () => {
    await drain();
    const files = await Promise.all(Array.from({ length: 12 }, () => TestCase.open(register)));
    const rounds = await Promise.all(
      Array.from({ length: 6 }, () => claimScopes(register.pool, { limit: 4, forMs: 60_000 })),
    );
    const claimed = rounds.flat().map(({ scope }) => scope);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await claimScopes(register.pool, { limit: 100, forMs: 60_000 });
    expect([...claimed, ...rest.map(({ scope }) => scope)].sort()).toEqual(files.map(({ scope }) => scope).sort());
    expect(await claimScopes(register.pool, { limit: 100, forMs: 60_000 })).toEqual([]);
  });

  it('is over once all is sent, and begins again with the next event', async () => {
    await drain();
    const file = await TestCase.open(register);
    const only = [file.scope];
    const [claim] = await claimScopes(register.pool, { limit: 5, forMs: 60_000, only });
    if (!claim) throw new Error('not claimed');
    expect(claim).toMatchObject({
      scope: file.scope,
      kind: 'case',
      generation: 1,
      sentSeq: 0,
      lastSeq: 1,
      attempts: 0,
    });
    expect(await pendingDeliveries(register.pool, file.scope, 0, 50)).toMatchObject([{ seq: 1, prev: 0 }]);
    await markSent(register.pool, claim, 1);
    expect(await claimScopes(register.pool, { limit: 5, forMs: 60_000, only })).toEqual([]);
    await file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    // The case itself heard of the opening in its answer; the procedure's mailbox is the one to be sent.
    expect(await claimScopes(register.pool, { limit: 5, forMs: 60_000, only })).toEqual([]);
    const irc = file.procedure('irc-ordinary');
    expect(await claimScopes(register.pool, { limit: 5, forMs: 60_000, only: [irc] })).toMatchObject([{ sentSeq: 0 }]);
  });

  it('raises what was sent only upwards', async () => {
    const { file, irc } = await received(register);
    const claim = { scope: irc, generation: 1 };
    const last = (await findScope(register.pool, irc))?.lastSeq ?? 0;
    await markSent(register.pool, claim, last);
    await markSent(register.pool, claim, 1);
    expect((await findScope(register.pool, irc))?.sentSeq).toBe(last);
    expect(file.code).toBeTruthy();
  });

  it('lets a mailbox that failed wait alone', async () => {
    await drain();
    const [first, second] = [await TestCase.open(register), await TestCase.open(register)];
    await claimScopes(register.pool, { limit: 10, forMs: 60_000 });
    await releaseScope(register.pool, first.scope);
    await register.pool.query('update scope set claimed_until = null where id = $1', [second.scope]);
    const again = await claimScopes(register.pool, { limit: 10, forMs: 60_000, only: [first.scope, second.scope] });
    expect(again.map(({ scope }) => scope)).toEqual([second.scope]);
    expect((await findScope(register.pool, first.scope))?.attempts).toBe(1);
  });
});

describe('loading a scope', () => {
  it('gives what was not seen, and the version of the law the procedure rests on', async () => {
    const { irc } = await received(register);
    const whole = await loadScope(register.pool, register.law, irc, 0);
    expect(whole).toMatchObject({ generation: 1, closed: false, timers: true, procedure: { code: 'irc-ordinary' } });
    expect(whole.deliveries.map(({ prev }) => prev)).toEqual([
      0,
      ...whole.deliveries.slice(0, -1).map(({ seq }) => seq),
    ]);
    const seen = whole.deliveries[1]?.seq ?? 0;
    const rest = await loadScope(register.pool, register.law, irc, seen);
    expect(rest.deliveries).toEqual(whole.deliveries.slice(2));
    expect(whole.nextAt).not.toBeNull();
  });

  it('is NOT_FOUND for one that was never opened', async () => {
    expect(await refusedWith(loadScope(register.pool, register.law, 'case/none', 0))).toBe('NOT_FOUND');
  });
});

describe('a rebuild', () => {
  it('raises every open scope once per run, empties what was sent, and refuses reports of the old generation', async () => {
    const { file, irc } = await received(register);
    const only = [file.scope, irc];
    const last = (await findScope(register.pool, irc))?.lastSeq ?? 0;
    await markSent(register.pool, { scope: irc, generation: 1 }, last);
    await reportDone(register.pool, [{ scope: irc, generation: 1, doneSeq: last }]);
    const again = { pool: register.pool, raise: raiseGenerations(register.door, at('2026-07-06 11:00'), 'test'), only };
    expect(await rebuildScopes(again)).toEqual([
      { scope: file.scope, kind: 'case', generation: 2 },
      { scope: irc, kind: 'procedure', generation: 2 },
    ]);
    await rebuildScopes(again);
    expect(await findScope(register.pool, irc)).toMatchObject({ generation: 2, sentSeq: 0, doneSeq: 0 });
    await markSent(register.pool, { scope: irc, generation: 1 }, last);
    expect(await reportDone(register.pool, [{ scope: irc, generation: 1, doneSeq: last }])).toEqual([]);
    expect(await findScope(register.pool, irc)).toMatchObject({ sentSeq: 0, doneSeq: 0 });
    expect(await reportDone(register.pool, [{ scope: irc, generation: 2, doneSeq: last }])).toEqual([irc]);
  });
});

describe('knowing how far the engine is', () => {
  it('is settled once every open scope has thought about all it was told', async () => {
    const { file } = await received(register);
    const { seq } = await file.state();
    expect(await isSettled(register.pool, file.code, seq)).toBe(false);
    for (const { scope, generation, lastSeq } of await scopesOf(register.pool, file.code)) {
      await reportDone(register.pool, [{ scope, generation, doneSeq: lastSeq }]);
    }
    expect(await isSettled(register.pool, file.code, seq)).toBe(true);
    expect(await isSettled(register.pool, file.code, seq + 1)).toBe(false);
    await file.act(investor, at('2026-07-06 12:00'), { type: 'withdrawCase', reason: 'r' });
    expect(await isSettled(register.pool, file.code, seq)).toBe(false);
  });

  it('finds the scopes whose instant has come', async () => {
    const { irc } = await received(register);
    const next = (await findScope(register.pool, irc))?.nextAt ?? '';
    const overdue = async (now: string) => (await overdueScopes(register.pool, now, 1000)).map(({ scope }) => scope);
    expect(await overdue(new Date(Date.parse(next) - 1).toISOString())).not.toContain(irc);
    expect(await overdue(next)).toContain(irc);
  });
});
