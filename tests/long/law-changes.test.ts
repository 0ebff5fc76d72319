import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import { findLawChange } from '../../db/law/law-changes.js';
import { publishCalendar } from '../support/two-admins.js';
import { plainDate } from '../../domain/time/instants.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { multiply } from '../db/running-cases.js';
import { assessing, at, createTestRegister, type TestRegister } from '../db/support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
  await startRehearsal(register.pool, 'stepped', at('2026-07-08 11:00'));
});
afterAll(() => register.close());

it('a new calendar reaches ten thousand running clocks', async () => {
  const { pool, door, law } = register;
  const { file } = await assessing(register);
  await multiply(register, file.code, 9_999);
  const { data } = law.current().law.calendar('vn-state');
  const swap = { date: plainDate('2026-07-20'), name: { vi: 'Hoán đổi', en: 'Swap' }, source: 'test', verified: true };
  const next = { ...data, version: data.version + 1, daysOff: [...data.daysOff, swap], document: 'Thông báo 1' };
  const { change } = await publishCalendar(pool, { id: randomUUID(), bodyHash: 'body', by: 'admin.1' }, next);
  const fail = (error: unknown) => {
    throw error;
  };
  const job = createLawChanges({ pool, door, law, handOver: { poke: () => Promise.resolve() }, onError: fail });
  const began = performance.now();
  while (await job.redate());
  const seconds = (performance.now() - began) / 1_000;
  console.log(`10,000 clocks re-dated in ${seconds.toFixed(1)} s`);
  expect(await findLawChange(pool, change.id)).toMatchObject({
    status: 'done',
    done: 10_000,
    moved: 10_000,
    failures: [],
  });
});
