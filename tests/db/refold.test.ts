import { afterAll, beforeAll, expect, it } from 'vitest';
import { refoldCases } from '../../db/refold.js';
import { at, createTestRegister, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

it('after an upgrade folds every case anew whose state an older fold made, once, from its events', async () => {
  const [old, older, new_] = await Promise.all([1, 2, 3].map(() => TestCase.open(register)));
  if (!old || !older || !new_) throw new Error('three cases');
  const truth = await old.state();
  await register.owner.query(
    `update case_head set state = (state::jsonb - 'duties' || '{"fold": 1, "lane": "standard"}')::json where code = $1`,
    [old.code],
  );
  await register.owner.query(`update case_head set state = (state::jsonb - 'fold')::json where code = $1`, [
    older.code,
  ]);
  expect(await old.state()).not.toEqual(truth);

  expect(await refoldCases(register.owner)).toBe(2);
  expect(await old.state()).toEqual(truth);
  expect((await older.state()).fold).toBe(truth.fold);
  expect(await refoldCases(register.owner)).toBe(0);

  // The case goes on as if nothing had been.
  await old.act({ kind: 'clock' }, at('2026-07-07 09:00'), { type: 'settle' });
});
