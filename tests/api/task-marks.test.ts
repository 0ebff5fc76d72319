import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markTaskSeen } from '../../db/people/task-marks.js';
import { createPool } from '../../db/pool.js';
import { findTask } from '../../db/read/tasks.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const [one, two] = ['officer.shtp-board.1', 'officer.shtp-board.2'];
const assessment = async () => openAssessment(api, (await fileCase(api)).case);

/** What the application does while it lacks a right. */
async function without(right: string, act: () => Promise<void>): Promise<void> {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query(`revoke ${right} from app`);
  try {
    await act();
  } finally {
    await owner.query(`grant ${right} to app`);
    await owner.end();
  }
}

describe('unread marks', () => {
  interface Listed {
    readonly items: readonly { readonly id: string; readonly unread: boolean }[];
  }
  const list = async (as: string, query = '') => (await api.call<Listed>('GET', `/tasks${query}`, { as })).body.items;
  const isUnread = async (as: string, id: string) => (await list(as)).find((task) => task.id === id)?.unread;

  it('are each person’s own: what one has opened is new to the other', async () => {
    const id = await assessment();
    expect(await isUnread(one, id)).toBe(true);
    await api.call('GET', `/tasks/${id}`, { as: one });
    expect(await isUnread(one, id)).toBe(false);
    expect(await isUnread(two, id)).toBe(true);
    expect((await list(one, '?unread=true')).map((task) => task.id)).not.toContain(id);
    expect((await list(two, '?unread=true')).map((task) => task.id)).toContain(id);
  });

  it('come back once the state of the task has changed, and go when it is looked at again', async () => {
    const id = await assessment();
    await api.call('GET', `/tasks/${id}`, { as: one });
    await api.call('POST', `/tasks/${id}/claim`, { as: two });
    expect(await isUnread(one, id)).toBe(true);
    await api.call('GET', `/tasks/${id}`, { as: one });
    expect(await isUnread(one, id)).toBe(false);
  });
});

describe('a mark of what was shown', () => {
  it('is of the task as it was read, not as it is by now', async () => {
    const id = await assessment();
    const read = await findTask(api.pool, id);
    await api.call('POST', `/tasks/${id}/claim`, { as: two });
    if (read) await markTaskSeen(api.pool, one, read);
    const { body } = await api.call<{ items: { id: string }[] }>('GET', '/tasks?unread=true', { as: one });
    expect(body.items.map((task) => task.id)).toContain(id);
  });

  it('that cannot be made keeps nobody from reading the task', async () => {
    const id = await assessment();
    await without('insert on task_mark', async () => {
      expect((await api.call('GET', `/tasks/${id}`, { as: one })).status).toBe(200);
    });
  });
});

describe('a draft of an answer', () => {
  interface Draft {
    readonly fields: Record<string, string>;
    readonly updatedAt: string | null;
  }
  const draftOf = async (as: string, id: string) => (await api.call<Draft>('GET', `/tasks/${id}/draft`, { as })).body;
  const keep = (as: string, id: string, fields: Record<string, string>) =>
    api.refused('POST', `/tasks/${id}/draft`, { as, body: { fields } });
  const kept = async (): Promise<string[]> => {
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    const { rows } = await owner.query<{ task: string }>('select task from answer_draft');
    await owner.end();
    return rows.map(({ task }) => task);
  };
  const typed = { outcome: 'done', reason: 'Đã xem đủ hồ sơ' };

  it('is there for whoever typed it, the last one, and for nobody else', async () => {
    const id = await assessment();
    expect(await draftOf(one, id)).toEqual({ fields: {}, updatedAt: null });
    await keep(one, id, { reason: 'Đã xem' });
    expect((await keep(one, id, typed)).status).toBe(200);
    expect(await draftOf(one, id)).toMatchObject({ fields: typed, updatedAt: expect.any(String) as unknown });
    expect(await draftOf(two, id)).toEqual({ fields: {}, updatedAt: null });
    expect(await draftOf('officer.city-tax.1', id)).toEqual({ fields: {}, updatedAt: null });
    expect((await keep('officer.city-tax.1', id, typed)).body.code).toBe('TASK_NOT_YOURS');
  });

  it('is gone with the answer, whoever gave it, one by one or many at once; nothing is kept of what is over', async () => {
    const [first, second] = [await assessment(), await assessment()];
    for (const id of [first, second]) for (const who of [one, two]) await keep(who, id, typed);
    await api.call('POST', `/tasks/${first}/claim`, { as: two });
    await api.call('POST', `/tasks/${first}/completion`, { as: two, body: { outcome: 'done' } });
    expect(await kept()).not.toContain(first);
    await api.call('POST', '/tasks/bulk-completion', {
      as: one,
      body: { preview: false, tasks: [{ id: second, completion: { outcome: 'done' } }] },
    });
    expect(await kept()).not.toContain(second);
    expect((await keep(one, first, typed)).body).toEqual({ fields: {}, updatedAt: null });
    expect(await kept()).not.toContain(first);
  });

  it('that cannot be dropped keeps no answer from being given', async () => {
    const id = await assessment();
    await keep(one, id, typed);
    await without('delete on answer_draft', async () => {
      expect(
        (await api.refused('POST', `/tasks/${id}/completion`, { as: one, body: { outcome: 'done' } })).status,
      ).toBe(200);
    });
    expect(await kept()).toContain(id);
  });

  it('has its bounds', async () => {
    const id = await assessment();
    const many = Object.fromEntries(Array.from({ length: 201 }, (_nothing, n) => [`field-${n}`, 'x']));
    for (const fields of [many, { '__proto__ x': 'x' }, { reason: 'x'.repeat(4001) }])
      expect((await keep(one, id, fields)).status).toBe(422);
  });
});
