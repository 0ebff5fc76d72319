import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { seed } from '../../db/seed.js';
import { catalogueData, people } from '../../seeds/index.js';
import { lookAfterHolders } from '../../worker/holders.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const admin = 'admin.1';
const board = 'shtp-board';
const document = 'Quyết định 7/QĐ-SHTP';
interface Answer {
  readonly code?: string;
  readonly tasks: readonly { id: string; status: string }[];
}
const ask = (path: string, body: object, as = admin, key: string = randomUUID()) =>
  api.call<Answer>('POST', `/people${path}`, { as, key, body: { document, ...body } });
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return status < 300 ? 'done' : body.code;
};
const member = (id: string, change: object = {}) => ({
  id,
  name: 'Trần Thị Mới',
  role: 'officer',
  agency: board,
  email: `${id}@luong-xanh.example`,
  language: 'vi',
  ...change,
});
const claim = (as: string, taskId: string) => codeOf(api.refused('POST', `/tasks/${taskId}/claim`, { as }));
const holderOf = async (taskId: string) =>
  (await api.pool.query<{ claimed_by: string | null }>('select claimed_by from task where id = $1', [taskId])).rows[0]
    ?.claimed_by;
const held = async (by: string) => {
  const { case: code } = await fileCase(api, 'besi', 'investor.besi', `Lô ${randomUUID().slice(0, 8)}`);
  const taskId = await openAssessment(api, code);
  expect(await claim(by, taskId)).toBe('done');
  return taskId;
};

describe('people of agencies', () => {
  it('join and may work at once; leave, hand over in the same act, and sign in no more', async () => {
    const key = randomUUID();
    const joining = member('officer.shtp-board.7');
    expect((await ask('', joining, admin, key)).status).toBe(201);
    expect((await ask('', joining, admin, key)).headers.get('idempotency-replayed')).toBe('true');
    expect(await codeOf(ask('', joining))).toBe('CONFLICT');
    const [first, second] = [await held('officer.shtp-board.7'), await held('officer.shtp-board.7')];
    const left = await ask('/officer.shtp-board.7/departure', { handOverTo: 'officer.shtp-board.1' });
    expect(left.body.tasks).toEqual([first, second].sort().map((id) => ({ id, status: 'handed-over', code: null })));
    expect(await holderOf(first)).toBe('officer.shtp-board.1');
    expect((await api.call('GET', '/tasks', { as: 'officer.shtp-board.7' })).status).toBe(401);
    expect(await codeOf(ask('/officer.shtp-board.7/departure', {}))).toBe('PRECONDITION_FAILED');
  });

  it('move to another agency: what they held falls free, and is not theirs any more', async () => {
    await ask('', member('officer.shtp-board.8'));
    const taskId = await held('officer.shtp-board.8');
    const moved = await ask('/officer.shtp-board.8/move', { role: 'officer', agency: 'dost' });
    expect(moved.body.tasks).toEqual([{ id: taskId, status: 'free', code: null }]);
    expect(await holderOf(taskId)).toBeNull();
    expect(await claim('officer.shtp-board.8', taskId)).not.toBe('done');
    const deps = { pool: api.pool, door: api.deps.door, onError: () => expect.unreachable() };
    await lookAfterHolders(deps);
    expect(await holderOf(taskId)).toBeNull();
    // A head may do what officers do: nothing is taken from whoever is promoted.
    await ask('', member('officer.shtp-board.9'));
    const kept = await held('officer.shtp-board.9');
    const promoted = await ask('/officer.shtp-board.9/move', { role: 'head', agency: board });
    expect(promoted.body.tasks).toEqual([]);
    expect(await holderOf(kept)).toBe('officer.shtp-board.9');
  });

  it('go to nobody who may not have the work: it is free again', async () => {
    await ask('', member('officer.shtp-board.10'));
    const taskId = await held('officer.shtp-board.10');
    const left = await ask('/officer.shtp-board.10/departure', { handOverTo: 'officer.dost.1' });
    expect(left.body.tasks).toEqual([{ id: taskId, status: 'free', code: null }]);
  });

  const bad: [string, () => Promise<{ status: number; body: { code?: string } }>, string][] = [
    ['without a document', () => ask('', { ...member('officer.dost.9'), document: ' ' }), 'VALIDATION_FAILED'],
    ['an agency nobody knows', () => ask('', member('officer.dost.9', { agency: 'nowhere' })), 'UNKNOWN_VALUE'],
    ['an officer without an agency', () => ask('', member('officer.dost.9', { agency: null })), 'VALIDATION_FAILED'],
    ['an expert of an agency', () => ask('', member('expert.9', { role: 'expert' })), 'VALIDATION_FAILED'],
    ['another admin', () => ask('', member('admin.3', { role: 'admin' })), 'UNKNOWN_VALUE'],
    ['an address that is none', () => ask('', member('officer.dost.9', { email: 'không có' })), 'VALIDATION_FAILED'],
    ['an admin as officer', () => ask('/admin.2/move', { role: 'officer', agency: board }), 'FORBIDDEN'],
    ['an admin away', () => ask('/admin.2/departure', {}), 'FORBIDDEN'],
    ['an investor', () => ask('/investor.besi/departure', {}), 'FORBIDDEN'],
    ['whom nobody knows', () => ask('/officer.nobody.1/departure', {}), 'NOT_FOUND'],
    ['to themselves', () => ask('/officer.dost.2/departure', { handOverTo: 'officer.dost.2' }), 'UNKNOWN_VALUE'],
    ['to nobody', () => ask('/officer.dost.2/departure', { handOverTo: 'officer.nobody.1' }), 'UNKNOWN_VALUE'],
    ['by a head', () => ask('', member('officer.dost.9'), 'head.dost'), 'FORBIDDEN'],
  ];
  it.each(bad)('are not changed: %s', async (_name, act, code) => {
    const before = (await api.pool.query('select id, role, agency, active from person order by id')).rows;
    expect(await codeOf(act())).toBe(code);
    expect((await api.pool.query('select id, role, agency, active from person order by id')).rows).toEqual(before);
  });

  it('come from a file, all lines or none, after a look at what each would do', async () => {
    const head = 'id,name,role,agency,email,phone,language';
    const good = [
      head,
      'officer.dae.7,"Lê Văn, Bảy",officer,dae,bay@luong-xanh.example,,vi',
      'officer.dost.2,Ai Cũng Được,officer,dae,x@luong-xanh.example,,vi',
      'officer.dost.1,Ai Cũng Được,officer,dost,x@luong-xanh.example,,vi',
    ];
    const load = (lines: readonly string[], preview = false) =>
      api.call<{ code?: string; items: { line: number; does: string; code: string | null; field: string | null }[] }>(
        'POST',
        '/people/import',
        { as: admin, body: { csv: lines.join('\r\n'), preview, document } },
      );
    const does = async (lines: readonly string[]) =>
      (await load(lines, true)).body.items.map((one) => [one.line, one.does, one.code, one.field]);
    const spoilt = [
      ...good,
      'officer.dae.8,Không Cơ Quan,officer,nowhere,y@luong-xanh.example,,vi',
      'officer.dae.9,Sai Vai,admin,dae,y@luong-xanh.example,,vi',
      'officer.dae.7,Hai Lần,officer,dae,y@luong-xanh.example,,vi',
      'thiếu cột',
    ];
    expect(await does(spoilt)).toEqual([
      [2, 'refused', 'DUPLICATE_REQUEST', 'id'],
      [3, 'move', null, null],
      [4, 'same', null, null],
      [5, 'refused', 'UNKNOWN_VALUE', 'agency'],
      [6, 'refused', 'VALIDATION_FAILED', 'role'],
      [7, 'refused', 'DUPLICATE_REQUEST', 'id'],
      [8, 'refused', 'VALIDATION_FAILED', 'columns'],
    ]);
    expect((await load(spoilt)).body.code).toBe('VALIDATION_FAILED');
    const agencyOf = async (id: string) =>
      (await api.pool.query<{ agency: string }>('select agency from person where id = $1', [id])).rows[0]?.agency;
    expect([await agencyOf('officer.dae.7'), await agencyOf('officer.dost.2')]).toEqual([undefined, 'dost']);
    expect((await load(good)).status).toBe(200);
    expect([await agencyOf('officer.dae.7'), await agencyOf('officer.dost.2')]).toEqual(['dae', 'dae']);
    expect((await load([head.replace('id', 'ma')], true)).body.items).toMatchObject([{ line: 1, field: 'columns' }]);
  });

  it('stay as they were set when the seeds come again', async () => {
    await ask('/officer.city-tax.2/move', { role: 'head', agency: 'city-tax' });
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    await seed(owner, { catalogue: catalogueData(), people });
    await owner.end();
    const { rows } = await api.pool.query(`select role from person where id = 'officer.city-tax.2'`);
    expect(rows).toEqual([{ role: 'head' }]);
  });
});
