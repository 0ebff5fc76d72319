import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPrivateHost, webhookUrl } from '../../domain/schemas/webhook-url.js';
import { feedSettled } from '../support/feed.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface View {
  readonly id: string;
  readonly secret?: string;
  readonly status: string;
  readonly reason: string | null;
  readonly waiting: number;
}

let api: TestApi;
let code: string;
beforeAll(async () => {
  api = await startApi(() => ({ privateWebhooks: true }));
  code = (await fileCase(api)).case;
});
afterAll(() => api.close());

const as = 'admin.1';
const url = 'https://ioc.example/events';
const create = (body: object, key?: string) =>
  api.call<View>('POST', '/webhooks', { as, body, ...(key ? { key } : {}) });

/** Proposed by one, confirmed by another. */
async function confirmed(body: object): Promise<string> {
  const { id } = (await create(body)).body;
  const { status } = await api.call('POST', `/webhooks/${id}/confirmation`, { as: 'admin.2' });
  if (status !== 200) throw new Error(`the confirmation was answered ${status}`);
  return id;
}

describe('a webhook', () => {
  it('is sent nothing until another admin has confirmed it, and hears from then on', async () => {
    const { id } = (await create({ url, events: [] })).body;
    const act = (name: string, by: string, body?: object) =>
      api.call<View & { code?: string }>('POST', `/webhooks/${id}/${name}`, { as: by, body });
    expect((await act('confirmation', as)).body.code).toBe('PROPOSER_CANNOT_APPROVE');
    for (const [name, body] of [['pause'], ['resumption'], ['replay', { fromCase: code }]] as const)
      expect([name, (await act(name, 'admin.2', body)).body.code]).toEqual([name, 'CONFLICT']);
    const { rows } = await api.pool.query('select status, confirmed_by from webhook where id = $1', [id]);
    expect(rows).toEqual([{ status: 'proposed', confirmed_by: null }]);
    await fileCase(api);
    await feedSettled(api.deps);
    const confirmation = await act('confirmation', 'admin.2');
    expect(confirmation.body).toMatchObject({ status: 'active', createdBy: as, confirmedBy: 'admin.2', waiting: 0 });
    expect((await act('confirmation', 'admin.2')).status).toBe(200);
    expect((await act('confirmation', as)).body.code).toBe('PROPOSER_CANNOT_APPROVE');
    expect((await act('removal', as)).status).toBe(200);
  });

  it('is made once per key, shows its secret then and never again', async () => {
    await feedSettled(api.deps);
    const key = randomUUID();
    const made = await create({ url, events: ['caseOpened'] }, key);
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^[\w-]{43}$/);
    expect((await create({ url, events: ['caseOpened'] }, key)).body).toEqual(made.body);
    const other = await api.refused('POST', '/webhooks', { as, key, body: { url, events: [] } });
    expect(other.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const listed = await api.call<{ items: View[] }>('GET', '/webhooks', { as });
    const one = await api.call<View>('GET', `/webhooks/${made.body.id}`, { as });
    expect(listed.body.items.map(({ id }) => id)).toEqual([made.body.id]);
    expect(JSON.stringify([listed.body, one.body])).not.toContain(made.body.secret);
    expect(one.body).toMatchObject({ url, status: 'proposed', waiting: 0, deliveries: [] });
  });

  it('is paused, resumed and moved back to any event', async () => {
    const id = await confirmed({ url, events: [] });
    const act = (name: string, body?: object) => api.call<View>('POST', `/webhooks/${id}/${name}`, { as, body });
    expect((await act('pause')).body).toMatchObject({ status: 'paused', reason: 'asked' });
    expect((await act('pause')).body).toMatchObject({ status: 'paused', reason: 'asked' });
    expect((await act('resumption')).body).toMatchObject({ status: 'active', reason: null });
    const { waiting } = (await act('replay', { fromCase: code })).body;
    expect(waiting).toBeGreaterThan(0);
    expect((await act('replay', { fromEvent: `${code}.1` })).body.waiting).toBe(waiting);
    const gone = await api.refused('POST', `/webhooks/${id}/replay`, { as, body: { fromEvent: `${code}.9999` } });
    expect(gone.body.code).toBe('NOT_FOUND');
  });

  it('is removed for good: nobody finds it, nothing is sent, its secret is gone', async () => {
    const { id } = (await create({ url, events: [] })).body;
    const remove = () => api.call<{ removed?: string; code?: string }>('POST', `/webhooks/${id}/removal`, { as });
    expect((await remove()).body).toEqual({ removed: id });
    expect((await remove()).body.code).toBe('NOT_FOUND');
    expect((await api.refused('GET', `/webhooks/${id}`, { as })).body.code).toBe('NOT_FOUND');
    expect((await api.refused('POST', `/webhooks/${id}/resumption`, { as })).body.code).toBe('NOT_FOUND');
    const listed = await api.call<{ items: View[] }>('GET', '/webhooks', { as });
    expect(listed.body.items.map((one) => one.id)).not.toContain(id);
    const { rows } = await api.pool.query('select secret, status from webhook where id = $1', [id]);
    expect(rows).toEqual([{ secret: '', status: 'removed' }]);
  });

  it.each([
    [{ url: 'http://ioc.example/events', events: [] }],
    [{ url: 'ftp://ioc.example/events', events: [] }],
    [{ url: 'https://user:pass@ioc.example/', events: [] }],
    [{ url: 'not an address', events: [] }],
    [{ url, events: ['somethingElse'] }],
    [{ url, events: [], secret: 'short' }],
    [{ url, events: [], extra: true }],
  ])('is refused as %j', async (body) => {
    expect((await api.refused('POST', '/webhooks', { as, body })).status).toBe(422);
  });

  it.each([[{}], [{ fromCase: 'nonsense' }], [{ fromEvent: 'nonsense.1' }], [{ fromEvent: 'LX' }]])(
    'is not moved to %j',
    async (body) => {
      const { id } = (await create({ url, events: [] })).body;
      expect((await api.refused('POST', `/webhooks/${id}/replay`, { as, body })).status).toBe(422);
    },
  );
});

describe('in production', () => {
  const fits = (text: string) => webhookUrl(true).safeParse(text).success;

  it.each([
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://register/',
    'https://metadata.google.internal/',
  ])('%s is out of reach', (text) => {
    expect(fits(text)).toBe(false);
  });

  it.each(['https://ioc.hochiminhcity.example/events', 'https://172.32.0.1/', 'https://8.8.8.8:8443/x'])(
    '%s is not',
    (text) => {
      expect(fits(text)).toBe(true);
    },
  );

  it('a host is private or not by what it says', () => {
    expect(isPrivateHost('11.0.0.1')).toBe(false);
    expect(isPrivateHost('223.255.255.255')).toBe(false);
    expect(isPrivateHost('224.0.0.1')).toBe(true);
  });
});
