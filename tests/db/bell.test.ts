import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBell, type Bell } from '../../db/bell.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
const bells: Bell[] = [];
const bellAt = async (listening = true): Promise<Bell> => {
  const { pool } = register;
  const url = listening ? register.database.appUrl : undefined;
  const bell = createBell({ pool, url, applicationName: 'bell-test', onError: () => undefined });
  bells.push(bell);
  if (listening) await expect.poll(() => bell.listens).toBe(true);
  return bell;
};

beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(async () => {
  await Promise.all(bells.map((bell) => bell.stop()));
  await register.close();
});

describe('the bell', () => {
  it('wakes who listens in another process, where it is about their case or about none', async () => {
    const [here, there] = await Promise.all([bellAt(), bellAt()]);
    const heard: string[] = [];
    there.on('thoughts', () => heard.push('mine'), 'LX-1');
    there.on('thoughts', () => heard.push('other'), 'LX-2');
    there.on('events', () => heard.push('events'));
    here.ring('thoughts', 'LX-1');
    await expect.poll(() => heard).toEqual(['mine']);
    here.ring('thoughts');
    await expect.poll(() => heard).toEqual(['mine', 'mine', 'other']);
  });

  it('wakes who listens in the same process at once, and once', async () => {
    const [here, there] = await Promise.all([bellAt(), bellAt()]);
    let heard = 0;
    let elsewhere = 0;
    here.on('events', () => (heard += 1));
    there.on('events', () => (elsewhere += 1));
    here.ring('events');
    expect(heard).toBe(1);
    await expect.poll(() => elsewhere).toBe(1);
    expect(heard).toBe(1);
  });

  it('tells once what is rung again and again while a notification is on its way', async () => {
    const [here, there] = await Promise.all([bellAt(), bellAt()]);
    let heard = 0;
    there.on('events', () => (heard += 1));
    for (let i = 0; i < 1_000; i++) here.ring('events');
    await expect.poll(() => heard).toBeGreaterThan(0);
    expect(heard).toBeLessThanOrEqual(2);
  });

  it.each(['no message', '{}', '{"from":"x","rings":[["nothing known",null]]}'])(
    'makes everybody look at what is no message of ours: %s',
    async (payload) => {
      const there = await bellAt();
      let heard = 0;
      there.on('events', () => (heard += 1), 'LX-1');
      await register.pool.query(`select pg_notify('luong_xanh', $1)`, [payload]);
      await expect.poll(() => heard).toBe(1);
      expect(there.listens).toBe(true);
    },
  );

  it('listens again after its session was ended, and wakes everybody then', async () => {
    const there = await bellAt();
    let heard = 0;
    there.on('events', () => (heard += 1), 'LX-1');
    await register.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bell-test-listener'`,
    );
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(1);
    expect(there.listens).toBe(true);
  });

  it('without a session to listen on rings in its own process alone', async () => {
    const [deaf, there] = await Promise.all([bellAt(false), bellAt()]);
    let heard = 0;
    let elsewhere = 0;
    deaf.on('events', () => (heard += 1));
    there.on('events', () => (elsewhere += 1));
    deaf.ring('events');
    expect(heard).toBe(1);
    expect(deaf.listens).toBe(false);
    // What another one rings afterwards arrives: nothing came before it.
    (await bellAt()).ring('events');
    await expect.poll(() => elsewhere).toBe(1);
  });
});
