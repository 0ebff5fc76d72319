import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { refoldCases } from '../../db/register/refold.js';
import { foldVersion } from '../../domain/case/state.js';
import { laneOf } from '../../domain/case/lane/state.js';
import { multiply } from './running-cases.js';
import { at, createTestRegister, TestCase, type TestRegister } from './support.js';
import { rewriteState } from '../support/kept-state.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const clock = { kind: 'clock' } as const;

/** As the program of an older release wrote it: `noted` is what the column says, null that of a program that knows no such column. */
const age = async (code: string, fold: number, noted: number | null) => {
  await rewriteState(register.owner, code);
  await register.owner.query(
    `update case_head set fold = coalesce($3, fold),
       state = (state::jsonb - 'duties' || jsonb_build_object('fold', $2::int, 'lane', 'standard'))::json where code = $1`,
    [code, fold, noted],
  );
};
const keptOf = async ({ code }: TestCase): Promise<unknown> =>
  (await register.pool.query<{ state: unknown }>('select state from case_head where code = $1', [code])).rows[0]?.state;
const three = async (): Promise<[TestCase, TestCase, TestCase]> => {
  const [one, two, last] = await Promise.all([1, 2, 3].map(() => TestCase.open(register)));
  if (!one || !two || !last) throw new Error('three cases');
  return [one, two, last];
};

it('after an upgrade folds every case anew whose state an older fold made, once, from its events', async () => {
  const [old, older, new_] = await three();
  const truth = await old.state();
  await age(old.code, 1, 1);
  await age(older.code, 0, 0);
  await register.owner.query('update case_head set fold = 0 where code = $1', [new_.code]); // a column that was just added
  expect(await keptOf(old)).not.toEqual(truth);
  expect(await old.state()).toEqual(truth); // by whoever reads it meanwhile

  expect(await refoldCases(register.owner)).toBe(2);
  expect(await keptOf(old)).toEqual(truth);
  expect((await older.state()).fold).toBe(truth.fold);
  expect(await refoldCases(register.owner)).toBe(0);
  const left = await register.owner.query('select 1 from case_head where fold <> $1', [foldVersion]);
  expect(left.rows).toEqual([]);

  // The case goes on as if nothing had been.
  await old.act(clock, at('2026-07-07 09:00'), { type: 'settle' });
});

it('decides no command on a state of an older fold: it is folded anew when it is locked, whatever the column says', async () => {
  for (const noted of [1, null]) {
    const file = await TestCase.open(register);
    const truth = await file.state();
    await age(file.code, 1, noted);
    await file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    const after = await file.state();
    expect(after).toMatchObject({ fold: foldVersion, lane: laneOf(truth), duties: truth.duties });
    const { rows } = await register.owner.query('select fold from case_head where code = $1', [file.code]);
    expect(rows).toEqual([{ fold: foldVersion }]);
  }
});

it('reads no case and asks one question where there is nothing to do, however many cases there are', async () => {
  const [file] = await three();
  await multiply(register, file.code, 400);
  await refoldCases(register.owner);
  await register.owner.query('select pg_stat_force_next_flush()'); // what it has read so far
  const pool = createPool(register.database.migratorUrl, { max: 1 });
  try {
    await pool.query('vacuum analyze case_head');
    const read = async (): Promise<{ seq: string; fetched: string }> => {
      await pool.query('select pg_stat_force_next_flush()');
      const { rows } = await pool.query<{ seq: string; fetched: string }>(
        `select seq_tup_read as seq, idx_tup_fetch as fetched from pg_stat_user_tables where relname = 'case_head'`,
      );
      if (!rows[0]) throw new Error('no such table');
      return rows[0];
    };
    const before = await read();
    let asked = 0;
    const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
    const counted = Object.assign(Object.create(pool) as typeof pool, {
      query: (...args: unknown[]) => {
        asked += 1;
        return query(...args);
      },
    });
    expect(await refoldCases(counted)).toBe(0);
    expect(asked).toBe(1);
    expect(await read()).toEqual(before);
  } finally {
    await pool.end();
  }
});
