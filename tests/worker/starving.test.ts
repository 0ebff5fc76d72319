import { settleCase } from '../../db/register/settle-case.js';
import { businessClock } from '../../db/register/business-clock.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callDue, plan } from '../../db/register/agenda.js';
import { type Door } from '../../db/register/door.js';
import { type HandOver } from '../../engine/register/hand-over.js';
import { type ScopeStart } from '../../engine/words.js';
import { Refusal } from '../../domain/errors.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { createSweeper } from '../../engine/worker/sweeper.js';
import { multiply } from '../db/running-cases.js';
import { createTestRegister, received, type TestRegister } from '../db/support.js';

const poisoned = 300;

let register: TestRegister;
let codes: readonly string[];
/** The last in every order. */
let good: string;
beforeAll(async () => {
  register = await createTestRegister();
  const { file } = await received(register);
  codes = await multiply(register, file.code, poisoned + 1);
  good = codes.at(-1) ?? '';
  await register.owner.query(`delete from scope where case_code = $1`, [file.code]);
  await register.owner.query(`update scope set next_at = '2026-07-07T00:00:00Z', done_seq = 0 where case_code <> $1`, [
    good,
  ]);
  await register.owner.query(`update scope set next_at = '2026-07-08T00:00:00Z', done_seq = 0 where case_code = $1`, [
    good,
  ]);
});
afterAll(() => register.close());

const fails = (caseCode: string) => caseCode !== good;

it('three hundred cases that cannot be settled keep nobody from being settled, and are tried ever more rarely', async () => {
  const tried: string[] = [];
  const door: Pick<Door, 'handle'> = {
    handle: (envelope) => {
      tried.push(envelope.caseCode);
      return fails(envelope.caseCode)
        ? Promise.reject(new Refusal('CALENDAR_UNKNOWN'))
        : Promise.resolve({
            caseCode: '',
            caseSeq: 0,
            events: [],
            deliveries: [],
            nextAt: {},
            replayed: false,
            done: 1,
            stopped: null,
            clock: { mode: 'real', now: '2026-08-03T01:00:00.000Z' },
          });
    },
  };
  const errors: unknown[] = [];
  const sweeper = createSweeper({
    pool: register.pool,
    clock: () => businessClock(register.pool),
    settle: (caseCode, now) => settleCase(door as Door, caseCode, now),
    handOver: {} as HandOver,
    onError: (error) => errors.push(error),
  });
  expect(await sweeper.settleOverdue(0)).toBe(1);
  expect(tried).toHaveLength(poisoned + 1);
  expect(errors).toHaveLength(poisoned);
  expect(await sweeper.settleOverdue(5_000)).toBe(1);
  expect(tried).toHaveLength(poisoned + 2);
  await sweeper.settleOverdue(25_000);
  expect(tried).toHaveLength(2 * poisoned + 3);
  await sweeper.settleOverdue(60_000);
  expect(tried).toHaveLength(2 * poisoned + 4);
});

it('three hundred workflows that cannot be poked keep nobody from being poked', async () => {
  const poked: string[] = [];
  const handOver: Pick<HandOver, 'poke'> = {
    poke: ({ scope }: ScopeStart) => {
      poked.push(scope);
      return fails(scope.split('/')[1] ?? '') ? Promise.reject(new Error('nobody is there')) : Promise.resolve();
    },
  };
  const sweeper = createSweeper({
    pool: register.pool,
    clock: () => businessClock(register.pool),
    settle: () => Promise.resolve(),
    handOver: handOver as HandOver,
    onError: () => undefined,
  });
  await sweeper.pokeSilent(0);
  await sweeper.pokeSilent(21_000);
  expect(poked.filter((scope) => !fails(scope.split('/')[1] ?? ''))).not.toEqual([]);
  expect(new Set(poked.map((scope) => scope.split('/')[1])).size).toBe(poisoned + 1);
});

it('three hundred items that fail go behind everything else on the agenda', async () => {
  const at = '2026-07-06T00:00:00.000Z';
  await plan(
    register.owner,
    Array.from({ length: poisoned }, (_, n) => ({ kind: 'bad', ref: `bad-${n}`, at })),
  );
  await plan(register.owner, [{ kind: 'good', ref: 'good', at: '2026-07-06T01:00:00.000Z' }]);
  let failed = 0;
  let done = 0;
  const round = () =>
    workOffAgenda({
      except: [callDue],
      pool: register.pool,
      handlers: {
        bad: () => Promise.reject(new Error('no')),
        good: () => {
          done += 1;
          return Promise.resolve();
        },
      },
      onError: () => (failed += 1),
    });
  while (await round());
  expect({ done, failed }).toEqual({ done: 1, failed: poisoned });
  // They wait, and come again by themselves.
  await round();
  expect(failed).toBe(poisoned);
  await register.owner.query("update agenda set not_before = clock_timestamp() - interval '1 s' where done_at is null");
  await round();
  expect(failed).toBe(poisoned + 100);
  const { rows } = await register.pool.query<{ attempts: number; n: number }>(
    "select attempts, count(*)::int as n from agenda where done_at is null and kind = 'bad' group by 1 order by 1",
  );
  expect(rows).toEqual([
    { attempts: 1, n: 200 },
    { attempts: 2, n: 100 },
  ]);
});
