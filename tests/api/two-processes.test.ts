import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { type ApiDeps, type Limits } from '../../api/deps.js';
import { createNews } from '../../api/news.js';
import { createDoor } from '../../db/register/door.js';
import { createLiveLaw } from '../../db/law/live-law.js';
import { addRequestCounts } from '../../db/people/request-counts.js';
import { pinTries } from '../../db/people/pins.js';
import { createPool, masterKeysFor } from '../../db/pool.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

// Two applications on one register share nothing else, as two processes behind one address do.
let api: TestApi;
const ends: (() => Promise<void>)[] = [];
let one: string;
let two: string;
const failures: unknown[] = [];

async function another(limits: Partial<Limits> = {}): Promise<string> {
  const pool = createPool(api.database.appUrl, { max: 4, masterKeys: masterKeysFor(api.pool) });
  const law = await createLiveLaw(pool);
  const news = createNews({ pool, onError: (error) => failures.push(error) });
  const requestCounts: ApiDeps['requestCounts'] = {
    add: (counted) => addRequestCounts(pool, counted),
    failed: (error) => failures.push(error),
  };
  const door = createDoor({ pool, law });
  const own = { ...api.deps, pool, law, news, door, requestCounts, limits: { ...api.deps.limits, ...limits } };
  const server: Server = createServer(createApp(own));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    news.stop();
    law.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await pool.end();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  api = await startApi();
  [one, two] = [await another(), await another()];
});
afterAll(async () => {
  for (const end of ends) await end();
  expect(failures).toEqual([]);
  await api.close();
});

async function ask(url: string, method: string, path: string, as?: string, body?: unknown) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(as !== undefined && { authorization: `Bearer ${await api.issuer.tokenOf(as)}` }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const counted = async () =>
  (await api.pool.query('select coalesce(sum(count), 0)::int as n from request_count')).rows[0].n;

describe('two processes of the API', () => {
  it('see the same people look at a task', async () => {
    const { case: code } = await fileCase(api);
    const task = await openAssessment(api, code);
    const look = async (url: string, as: string) => (await ask(url, 'GET', `/tasks/${task}/presence`, as)).body;
    expect(await look(one, 'officer.shtp-board.1')).toEqual({ others: [] });
    expect(await look(two, 'officer.shtp-board.2')).toMatchObject({ others: [{ id: 'officer.shtp-board.1' }] });
    expect(await look(one, 'officer.shtp-board.1')).toMatchObject({ others: [{ id: 'officer.shtp-board.2' }] });
    // Whoever closes the page is forgotten.
    await api.pool.query(
      `update task_presence set seen_at = seen_at - interval '46 seconds', since = since - interval '1 minute'`,
    );
    expect(await look(two, 'officer.shtp-board.2')).toEqual({ others: [] });
    expect(await look(one, 'officer.shtp-board.1')).toMatchObject({ others: [{ id: 'officer.shtp-board.2' }] });
  });

  it('count a person’s requests together', async () => {
    const limits = { perPersonPerMinute: 20 };
    const [first, second] = [await another(limits), await another(limits)];
    const me = async (url: string) => (await ask(url, 'GET', '/me', 'investor.cmc')).status;
    for (let i = 0; i < 12; i++) expect(await me(first)).toBe(200);
    await expect.poll(counted, { timeout: 5_000 }).toBe(12);
    for (let i = 0; i < 3; i++) expect(await me(second)).toBe(200);
    await expect.poll(counted, { timeout: 5_000 }).toBe(15);
    await expect.poll(() => me(second), { timeout: 5_000, interval: 20 }).toBe(429);
    // The other one hears of it with its next word.
    await expect.poll(() => me(first), { timeout: 5_000, interval: 300 }).toBe(429);
    expect((await ask(first, 'GET', '/me', 'investor.besi')).status).toBe(200);
    const answered = (await counted()) as number;
    expect(answered).toBeGreaterThanOrEqual(20);
  });

  it('lock a PIN for both', async () => {
    const { public: access } = await fileCase(api, 'cmc');
    const tryPin = async (url: string, pin: string) =>
      (await ask(url, 'POST', '/public/case-status', undefined, { code: access.code, pin })).status;
    for (let i = 0; i < pinTries; i++) await tryPin(i % 2 === 0 ? one : two, 'wrong-pin');
    expect(await tryPin(one, access.pin)).toBe(429);
    expect(await tryPin(two, access.pin)).toBe(429);
  });

  it('an act at one is heard by who listens at the other', async () => {
    const { case: code } = await fileCase(api, 'besi', 'investor.besi', 'TWO-1');
    const stream = await fetch(`${two}/api/v1/events?seconds=20`, {
      headers: { authorization: `Bearer ${await api.issuer.tokenOf('investor.besi')}` },
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await reader?.read())?.value ?? '';
    expect(heard).toContain('event: ready');
    const asked = await ask(one, 'POST', `/cases/${code}/questions`, 'investor.besi', { text: 'Khi nào xong?' });
    expect(asked.status).toBeLessThan(300);
    while (!heard.includes(code)) heard += (await reader?.read())?.value ?? '';
    expect(heard).toContain(`"case":"${code}"`);
    await reader?.cancel();
  });
});
