import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createLeader, type Leader } from '../../db/leader.js';
import { startScript } from '../support/child.js';
import { createTestDatabase, type TestDatabase } from '../support/environment.js';
import { query } from '../support/sql.js';
import { inject } from 'vitest';

let database: TestDatabase;
const open: Leader[] = [];
const errors: unknown[] = [];
beforeAll(async () => (database = await createTestDatabase()));
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
  expect(errors.splice(0)).toEqual([]);
});
afterAll(() => database.drop());

const join = (): Leader => {
  const one = createLeader({
    url: database.appUrl,
    applicationName: 'test-lead',
    onError: (error) => errors.push(error),
  });
  open.push(one);
  return one;
};
const leaders = () => open.filter(({ leads }) => leads);
const oneLeads = (timeout: number, not?: Leader) =>
  expect.poll(() => leaders().length === 1 && leaders()[0] !== not, { timeout, interval: 20 }).toBe(true);

it('one of several leads, and another when it stops', async () => {
  for (let i = 0; i < 3; i++) join();
  await oneLeads(2_000);
  const [first] = leaders();
  await first?.stop();
  open.splice(open.indexOf(first as Leader), 1);
  await oneLeads(3_000, first);
});

it('whose session the register ends no longer leads, and another does within seconds', async () => {
  for (let i = 0; i < 2; i++) join();
  await oneLeads(2_000);
  const before = leaders()[0];
  await query(
    inject('services').postgres.adminUrl,
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and l.granted and d.datname = '${database.name}'`,
  );
  await expect.poll(() => before?.leads).toBe(false);
  await oneLeads(5_000);
});

it('a process that is killed is followed at once, one that is frozen within ten seconds, and it does not lead when it wakes', async () => {
  const killed = startScript('tests/support/stand-ins/leader.ts', [database.appUrl]);
  await expect.poll(() => killed.output(), { timeout: 20_000 }).toContain('leads');
  const own = join();
  expect(own.leads).toBe(false);
  killed.child.kill('SIGKILL');
  const died = performance.now();
  await expect.poll(() => own.leads, { timeout: 5_000, interval: 20 }).toBe(true);
  expect(performance.now() - died).toBeLessThan(4_000);
  await own.stop();
  open.splice(0);

  const frozen = startScript('tests/support/stand-ins/leader.ts', [database.appUrl]);
  await expect.poll(() => frozen.output(), { timeout: 20_000 }).toContain('leads');
  const next = join();
  frozen.child.kill('SIGSTOP');
  await expect.poll(() => next.leads, { timeout: 12_000, interval: 50 }).toBe(true);
  frozen.child.kill('SIGCONT');
  await expect.poll(() => frozen.output(), { timeout: 5_000 }).toContain('follows');
  expect(next.leads).toBe(true);
  frozen.child.kill('SIGKILL');
  await frozen.exited;
}, 60_000);
