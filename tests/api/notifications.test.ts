import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotifier } from '../../db/outbound/notices.js';
import { feedSettled } from '../support/feed.js';
import { createMetrics } from '../../api/routes/operations.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Item {
  readonly id: number;
  readonly kind: string;
  readonly case: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly text: { readonly vi: string; readonly en: string };
  readonly readAt: string | null;
}
interface Page {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly unread: number;
}

let api: TestApi;
let code: string;
beforeAll(async () => {
  api = await startApi();
  code = (await fileCase(api)).case;
  await feedSettled(api);
  const notifier = createNotifier({ pool: api.pool, law: api.deps.law });
  while ((await notifier.runOnce()) > 0);
});
afterAll(() => api.close());

const mine = async (as: string, query = '') => (await api.call<Page>('GET', `/notifications${query}`, { as })).body;

describe('notifications', () => {
  it('are the caller’s own, in both languages, with who holds the file', async () => {
    const page = await mine('investor.besi');
    expect(page).toMatchObject({ unread: 1, next: null });
    expect(page.items).toMatchObject([{ kind: 'case-received', case: code, readAt: null }]);
    expect(page.items[0]?.text.vi).toContain('Hồ sơ đang ở: ');
    expect(page.items[0]?.text.en).toContain('The file is with: ');
    expect((await mine('investor.cmc')).items).toEqual([]);
  });

  it('are read one by one or all at once; nobody reads for somebody else', async () => {
    const [one] = (await mine('representative.besi')).items;
    const stranger = await api.refused('POST', `/notifications/${one?.id}/read`, { as: 'investor.besi' });
    expect(stranger.body.code).toBe('NOT_FOUND');
    const read = await api.call<Item>('POST', `/notifications/${one?.id}/read`, { as: 'representative.besi' });
    expect(read.body).toMatchObject({ id: one?.id, readAt: expect.any(String) as unknown });
    expect((await mine('representative.besi', '?unread=true')).items).toEqual([]);
    expect((await mine('representative.besi')).items).toHaveLength(1);
    const all = await api.call('POST', '/notifications/read-all', { as: 'investor.besi', body: {} });
    expect(all.body).toEqual({ read: 1 });
    expect((await mine('investor.besi')).unread).toBe(0);
  });

  it.each(['?limit=0', '?unread=maybe', '?cursor=nonsense', '?unknown=1'])('refuse %s', async (query) => {
    expect((await api.refused('GET', `/notifications${query}`, { as: 'investor.besi' })).status).toBe(422);
  });
});

describe('the settings', () => {
  const path = '/me/notification-settings';

  it('begin with mail and short messages, and are as each person leaves them', async () => {
    expect((await api.call('GET', path, { as: 'officer.dof.1' })).body).toEqual({
      mail: true,
      sms: true,
      digest: false,
      addressUsable: true,
      lastMail: null,
    });
    const chosen = { mail: false, sms: false, digest: true };
    expect((await api.call('POST', path, { as: 'officer.dof.1', body: chosen })).body).toEqual(chosen);
    expect((await api.call('GET', path, { as: 'officer.dof.1' })).body).toMatchObject(chosen);
    expect((await api.call('GET', path, { as: 'officer.dof.2' })).body).toMatchObject({ mail: true });
  });

  it.each([{}, { mail: 'yes', sms: true, digest: false }, { mail: true, sms: true, digest: true, person: 'x' }])(
    'refuse %j',
    async (body) => {
      expect((await api.refused('POST', path, { as: 'officer.dof.1', body })).status).toBe(422);
    },
  );
});

describe('somebody whom no mail reaches', () => {
  const failed = { status: 'failed', error: 'SMTP_550 5.1.1', at: '2026-07-06T02:00:00.000Z' };
  beforeAll(async () => {
    await api.pool.query(
      `insert into message (person, channel, at, status, attempts, last_error) values ('investor.besi', 'mail', $1, 'failed', 1, $2)`,
      [failed.at, failed.error],
    );
  });

  it('reads it in their settings', async () => {
    const { body } = await api.call('GET', '/me/notification-settings', { as: 'investor.besi' });
    expect(body).toMatchObject({ addressUsable: true, lastMail: failed });
  });

  it('is shown to operators, and to whoever reads the case for the City', async () => {
    const operators = await api.call<{ messages: unknown[] }>('GET', '/engine/faults', { as: 'admin.1' });
    expect(operators.body.messages).toEqual([
      { person: 'investor.besi', channel: 'mail', error: failed.error, at: failed.at, attempts: 1, cases: [] },
    ]);
    const seen = async (as: string) =>
      (await api.call<{ unreachedByMail: unknown }>('GET', `/cases/${code}`, { as })).body.unreachedByMail;
    expect(await seen('auditor.1')).toEqual(failed);
    expect(await seen('investor.besi')).toBeNull();
  });

  it('is reached again as soon as a later mail is taken', async () => {
    await api.pool.query(
      `insert into message (person, channel, at, status, attempts) values ('investor.besi', 'mail', now(), 'sent', 1)`,
    );
    const operators = await api.call<{ messages: unknown[] }>('GET', '/engine/faults', { as: 'admin.1' });
    expect(operators.body.messages).toEqual([]);
  });
});

it('the metrics say how many messages wait', async () => {
  const { registry } = createMetrics(api.pool);
  expect(await registry.metrics()).toMatch(/messages_unsent\{channel="mail"\} 0/);
});
