import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '../../api/app.js';
import { personLimiter } from '../../api/http/limits.js';
import { exampleProjects } from '../../seeds/index.js';
import { fileCase, fileForm, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
let code = '';
const as = 'investor.besi';
beforeAll(async () => {
  api = await startApi();
  ({ case: code } = await fileCase(api));
});
afterAll(() => api.close());

const power = (acts: string[]) => ({
  representative: 'representative.besi',
  acts,
  procedures: null,
  from: '2020-01-01',
  to: '2099-12-31',
});
const settings = { mail: true, sms: false, digest: false };
const besi = exampleProjects.besi;

/** One write of each kind of thing that an investor has. */
const kinds: Record<string, (key: string) => Promise<{ status: number; body: { code?: string } }>> = {
  case: (key) =>
    api.call('POST', '/cases', {
      as,
      key,
      body: { ...besi, project: { ...besi.project, site: { ...besi.project.site, lot: `Lô ${key}` } } },
    }),
  draft: (key) => api.call('POST', '/drafts', { as, key, body: { content: {} } }),
  document: (key) => api.call('POST', '/documents', { as, key, raw: fileForm(pdf()) }),
  power: (key) => api.call('POST', '/powers-of-attorney', { as, key, body: power(['askQuestion']) }),
  question: (key) =>
    api.call('POST', `/cases/${code}/questions`, { as, key, body: { procedure: null, text: 'Khi nào?' } }),
  settings: (key) => api.call('POST', '/me/notification-settings', { as, key, body: settings }),
  pin: (key) => api.call('POST', `/cases/${code}/pin`, { as, key }),
};

describe('one key of one person', () => {
  it.each(Object.keys(kinds))('that answered a %s answers nothing else, and that one again', async (kind) => {
    const key = randomUUID();
    const first = await kinds[kind]?.(key);
    expect(first?.status, JSON.stringify(first?.body)).toBeLessThan(300);
    for (const [other, send] of Object.entries(kinds)) {
      const { status, body } = await send(key);
      if (other === kind) expect(status).toBe(first?.status);
      else expect([other, status, body.code]).toEqual([other, 422, 'IDEMPOTENCY_KEY_REUSED']);
    }
  });

  it('is used by another person as if it were new', async () => {
    const key = randomUUID();
    await kinds['draft']?.(key);
    const other = await api.call('POST', '/drafts', { as: 'investor.cmc', key, body: { content: {} } });
    expect(other.status).toBe(201);
  });

  it('of a request that was refused is free', async () => {
    const key = randomUUID();
    const send = (acts: string[]) =>
      api.refused('POST', '/powers-of-attorney', { as, key, body: { ...power(acts), to: '2020-01-02' } });
    expect((await send(['askQuestion'])).body.code).toBe('VALIDATION_FAILED');
    expect((await kinds['power']?.(key))?.status).toBe(201);
  });

  it('is kept by the door for acts of cases, and else here: no write is kept by nobody', () => {
    const besideTheDoor = ['/cases/{code}/pin', '/tasks/{id}/documents'];
    const wrong = apiRoutes(api.deps).filter(({ path, idempotent }) => {
      const act = /^\/cases|^\/tasks\/\{id\}|^\/drafts\/\{id\}\/filing$/.test(path) && !besideTheDoor.includes(path);
      return idempotent !== undefined && idempotent !== (act ? true : 'own');
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('how many requests', () => {
  it('a person may send is theirs, whoever else has their address; without signing in it is the address that counts', async () => {
    const few = await startApi(({ limits }) => ({ limits: { ...limits, perMinute: 5, perPersonPerMinute: 10 } }));
    try {
      const me = async (who?: string) =>
        (await few.refused('GET', who === undefined ? '/procedures' : '/me', who === undefined ? {} : { as: who }))
          .status;
      const besis = await Promise.all(Array.from({ length: 30 }, () => me('investor.besi')));
      // A minute may end in between.
      expect(besis.filter((status) => status === 200).length).toBeLessThanOrEqual(20);
      expect(besis).toContain(429);
      const forged = await few.issuer.sign({ sub: 'investor.besi' }, { forged: true });
      const get = async (path: string) => (await few.refused('GET', path, { token: forged })).status;
      const unsigned: number[] = [];
      for (let n = 0; n < 12; n++) unsigned.push(await me(), await get('/me'), await get('/procedures'));
      expect(unsigned).toContain(429);
      expect(await me('investor.cmc')).toBe(200);
    } finally {
      await few.close();
    }
  });

  it('are counted by the minute, and the answer says how long to wait', () => {
    let now = 30_000;
    const limiter = personLimiter({ name: 'person', perMinute: 2, now: () => now });
    const count = (person: string) => {
      try {
        limiter.count(person);
        return 'taken';
      } catch (error) {
        return (error as { details?: unknown }).details;
      }
    };
    expect([count('a'), count('a'), count('a')]).toEqual(['taken', 'taken', { retryAfter: 60 }]);
    expect(count('b')).toBe('taken');
    now = 90_000;
    expect(count('a')).toBe('taken');
  });
});

it('quotas of drafts, powers and questions say what to do, and a repeated request is not counted', async () => {
  const small = await startApi(({ limits }) => ({
    limits: { ...limits, quotas: { ...limits.quotas, openDrafts: 1, openPowers: 2, questionsPerDay: 1 } },
  }));
  try {
    const { case: own } = await fileCase(small);
    const post = (path: string, body: object, key: string = randomUUID()) =>
      small.refused('POST', path, { as, key, body, headers: { 'Accept-Language': 'en' } });
    // The example's representative has a power already.
    const each: [string, object, string, number][] = [
      ['/drafts', { content: {} }, 'open-drafts', 1],
      ['/powers-of-attorney', power(['askQuestion']), 'open-powers-of-attorney', 2],
      [`/cases/${own}/questions`, { procedure: null, text: 'Khi nào?' }, 'questions-per-day', 1],
    ];
    for (const [path, body, quota, limit] of each) {
      const key = randomUUID();
      const first = await post(path, body, key);
      expect(first.status, path).toBeLessThan(300);
      const { status, body: problem } = await post(path, body);
      expect([path, status, problem.code]).toEqual([path, 429, 'QUOTA_EXCEEDED']);
      expect(problem.details).toMatchObject({ quota, limit });
      expect(problem.detail).toBeTruthy();
      expect((await post(path, body, key)).status, path).toBe(first.status);
    }
  } finally {
    await small.close();
  }
});
