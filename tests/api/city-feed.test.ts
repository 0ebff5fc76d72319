import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEpoch } from '../../db/register/feed.js';
import { createPool } from '../../db/pool.js';
import { exampleProjects } from '../../seeds/index.js';
import { feedSettled } from '../support/feed.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Feed {
  items: { id: string; type: string; source: string; data: { case: string; seq: number } }[];
  next: string;
  more: boolean;
  lagSeconds: number;
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const read = async (cursor?: string, limit = 200): Promise<Feed> => {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor !== undefined && { cursor }) });
  const { status, body } = await api.call<Feed>('GET', `/ioc/feed?${query}`, { as: 'leader.hcmc-committee' });
  if (status !== 200) throw new Error(`the feed was answered ${status}: ${JSON.stringify(body)}`);
  return body;
};
const refusedOf = async (cursor: string) => {
  const { status, body } = await api.refused('GET', `/ioc/feed?cursor=${cursor}`, { as: 'leader.hcmc-committee' });
  return { status, code: body.code };
};

describe('the feed of the operations centre', () => {
  it('gives every event once, in order, while twenty people write at once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let writing = true;
    const reader = (async () => {
      for (;;) {
        const done = !writing;
        const { items, next, more } = await read(cursor, 7);
        seen.push(...items.map(({ id }) => id));
        cursor = next;
        if (done && !more) return;
      }
    })();
    const filed = await Promise.all(
      Array.from({ length: 20 }, (_, n) => fileCase(api, 'besi', 'investor.besi', `Lô F${n + 1}-${n + 3}`)),
    );
    await feedSettled(api.deps);
    writing = false;
    await reader;
    const { rows } = await api.pool.query<{ id: string }>(
      `select case_code || '.' || seq as id from case_event order by epoch, xid, id`,
    );
    expect(new Set(filed.map((one) => one.case)).size).toBe(20);
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(await read(cursor)).toMatchObject({ items: [], next: cursor, more: false, lagSeconds: 0 });
  });

  it('says nothing of people and nothing that somebody typed', async () => {
    const { items } = await read();
    const text = JSON.stringify(items);
    const { investor } = exampleProjects.besi;
    for (const word of ['investor.besi', JSON.stringify(investor.name).slice(1, -1)]) expect(text).not.toContain(word);
    expect(items[0]).toMatchObject({ type: 'vn.luong-xanh.caseOpened', data: { seq: 1 } });
    expect(items[0]?.source).toContain(`/api/v1/cases/${items[0]?.data.case}`);
  });

  it('refuses a place that it never gave, and one that a restore took away', async () => {
    const made = (text: string) => Buffer.from(text).toString('base64url');
    for (const wrong of ['x', made('1.2'), made('0.1.99999'), made('0.99999999999999999999.1'), made('7.5.5')])
      expect(await refusedOf(wrong)).toEqual({ status: 409, code: 'CURSOR_UNKNOWN' });
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    try {
      const { next } = await read();
      await startEpoch(owner);
      const { case: code } = await fileCase(api, 'cmc');
      await feedSettled(api.deps);
      const after = await read(next);
      expect(after.items.every(({ data }) => data.case === code)).toBe(true);
      expect(after.items.length).toBeGreaterThan(0);
    } finally {
      await owner.end();
    }
  });
});
