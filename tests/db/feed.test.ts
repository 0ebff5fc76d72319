import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedLagSeconds, feedStart, readCursor, readFeed, startEpoch, withNextEvents } from '../../db/register/feed.js';
import { type LawSource } from '../../db/law/live-law.js';
import { createNotifier } from '../../db/outbound/notices.js';
import { createProjector } from '../../db/projection/projector.js';
import { assessing, createTestRegister, feedSettled, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const insert = `insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
  select epoch, $1, $2, 'case/x', 'caseSurveyed', '{}', now(), '{}', '\\x00', '\\x00' from installation`;

describe('the feed', () => {
  it('waits for a slow transaction instead of stepping over its events', async () => {
    const file = await TestCase.open(register);
    const taken: string[] = [];
    const next = () =>
      withNextEvents(register.pool, 'slow', 100, async (_client, events) => {
        taken.push(...events.map(({ caseCode, seq }) => `${caseCode} ${seq}`));
      });
    await feedSettled(register);
    while ((await next()) > 0);
    const slow = await register.owner.connect();
    try {
      await slow.query('begin');
      await slow.query(insert, [file.code, 1001]); // the lower id, committed last
      const quick = await TestCase.open(register);
      await next();
      expect(taken).not.toContain(`${quick.code} 1`);
      await slow.query('commit');
      await feedSettled(register);
      await next();
      expect(taken.slice(-2)).toEqual([`${file.code} 1001`, `${quick.code} 1`]);
    } finally {
      slow.release();
    }
    expect(new Set(taken).size).toBe(taken.length);
    await register.owner.query('delete from case_event where case_code = $1 and seq = 1001', [file.code]);
  });

  it('goes on after a restore, when transaction ids begin again', async () => {
    const before = await TestCase.open(register);
    await feedSettled(register);
    const events = await readFeed(register.pool, feedStart, 1000);
    const last = events.at(-1);
    if (!last) throw new Error('the feed is empty');
    expect(last.caseCode).toBe(before.code);
    expect(await startEpoch(register.owner)).toBe(last.epoch + 1);
    const after = await TestCase.open(register);
    // As if it came from a cluster whose ids are still small.
    await register.owner.query(`update case_event set xid = '5' where case_code = $1`, [after.code]);
    expect((await readFeed(register.pool, last, 1000)).map(({ caseCode }) => caseCode)).toEqual([after.code]);
  });

  it('is read by one process at a time, and forgets nothing when the work fails', async () => {
    await TestCase.open(register);
    await feedSettled(register);
    const failing = withNextEvents(register.pool, 'failing', 10, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await readCursor(register.pool, 'failing')).toEqual(feedStart);
    const counts = await Promise.all(
      [1, 2].map(() =>
        withNextEvents(register.pool, 'one', 1000, async (client) => void (await client.query('select pg_sleep(0.1)'))),
      ),
    );
    expect(counts.filter((n) => n > 0)).toHaveLength(1);
    expect(await feedLagSeconds(register.pool, 'one')).toBe(0);
    expect(await feedLagSeconds(register.pool, 'failing')).toBeGreaterThan(0);
  });
});

describe('the projector', () => {
  it('brings rows to what the state says, changes nothing the second time, and can begin again from nothing', async () => {
    const { file } = await assessing(register);
    const projector = createProjector(register);
    await feedSettled(register);
    while ((await projector.runOnce()) > 0);
    expect(await projector.runOnce()).toBe(0);
    expect(await projector.lagSeconds()).toBe(0);
    const tables = ['procedure', 'step'];
    const dump = async () =>
      Promise.all(
        tables.map(async (table) => {
          const { rows } = await register.pool.query<{ row: unknown }>(
            `select to_jsonb(t) as row from ${table} t where case_code = $1 order by to_jsonb(t)::text`,
            [file.code],
          );
          return [table, rows.map(({ row }) => row)] as const;
        }),
      );
    const projected = await dump();
    for (const [table, rows] of projected) expect([table, rows.length > 0]).toEqual([table, true]);
    for (const table of tables) await register.owner.query(`delete from ${table}`);
    await projector.rebuild();
    expect(await dump()).toEqual(projected);
  });

  it('and the notifier take the law of one moment for each transaction', async () => {
    await assessing(register);
    await feedSettled(register);
    let asked = 0;
    const { law } = register;
    const counting: LawSource = {
      current: () => {
        asked += 1;
        return law.current();
      },
      atLeast: (version) => law.atLeast(version),
    };
    const readers = [createProjector, createNotifier].map((create) => create({ pool: register.pool, law: counting }));
    for (const reader of readers) {
      asked = 0;
      expect(await reader.runOnce()).toBeGreaterThan(1);
      expect(asked).toBe(1);
    }
  });
});
