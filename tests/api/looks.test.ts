import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { openIntake, openProcedure, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

interface Readings {
  items: {
    caseCode: string;
    person: string | null;
    role: string;
    agency: string | null;
    kind: string;
    subject: string;
    times: number;
    why: string | null;
    task: string | null;
    reason: string | null;
    withoutTask: boolean;
  }[];
  next: string | null;
}

let api: TestApi;
let code: string;
beforeAll(async () => {
  api = await startApi();
  ({ case: code } = await fileCase(api));
});
afterAll(() => api.close());

const readings = async (as: string, path = `/cases/${code}/readings`): Promise<Readings['items']> => {
  const { status, body } = await api.call<Readings>('GET', path, { as });
  if (status !== 200) throw new Error(`the readings were answered ${status}: ${JSON.stringify(body)}`);
  return body.items;
};

it('keeps who of the agencies looked into what, and tells the investor which agency', async () => {
  await api.call('GET', `/cases/${code}`, { as: 'investor.besi' });
  expect(await readings('investor.besi')).toEqual([]);
  const task = await openIntake(api, code);
  await api.call('GET', `/tasks/${encodeURIComponent(task)}`, { as: 'receiving-officer.hcmc-pasc.1' });
  await api.call('GET', `/cases/${code}`, { as: 'leader.hcmc-committee' });
  await api.call('GET', `/cases/${code}/timeline`, { as: 'leader.hcmc-committee' });
  const mine = await readings('investor.besi');
  expect(mine.map(({ role, kind, times }) => ({ role, kind, times }))).toEqual(
    expect.arrayContaining([
      { role: 'leader', kind: 'case', times: 1 },
      { role: 'receiving-officer', kind: 'task', times: 1 },
    ]),
  );
  expect(mine.every(({ person, subject }) => person === null && subject === '')).toBe(true);
  const theirs = await readings('auditor.1');
  expect(theirs.find(({ role }) => role === 'leader')).toMatchObject({ person: 'leader.hcmc-committee' });
  expect(theirs.find(({ kind }) => kind === 'task')).toMatchObject({
    person: 'receiving-officer.hcmc-pasc.1',
    subject: task,
  });
});

it('counts what a page asks again and again as one look, and a later one as another', async () => {
  const of = async () => (await readings('auditor.1')).find(({ role }) => role === 'leader')?.times;
  const look = () => api.call('GET', `/cases/${code}`, { as: 'leader.hcmc-committee' });
  await look();
  expect(await of()).toBe(1);
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query(`update case_reading set last_at = last_at - interval '61 seconds' where role = 'leader'`);
  await owner.end();
  await look();
  await look();
  expect(await of()).toBe(2);
});

it('keeps nothing of whoever was refused, and nothing of a case there is none of', async () => {
  const before = await readings('auditor.1');
  expect((await api.call('GET', `/cases/${code}`, { as: 'investor.cmc' })).status).toBe(403);
  expect((await api.call('GET', '/cases/LX-260706-0001M', { as: 'leader.hcmc-committee' })).status).toBe(404);
  const after = await readings('auditor.1', '/readings');
  expect(after.filter(({ caseCode }) => caseCode !== code)).toEqual([]);
  expect(after.length).toBe(before.length);
});

it('is searched by the auditor alone, page by page', async () => {
  const other = await fileCase(api, 'besi', 'investor.besi', 'Lô R4-4');
  for (const as of ['leader.hcmc-committee', 'admin.1']) await api.call('GET', `/cases/${other.case}`, { as });
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await api.call<Readings>('GET', `/readings?limit=1${query}`, { as: 'auditor.1' });
    seen.push(...body.items.map(({ caseCode, person, kind, subject }) => [caseCode, person, kind, subject].join()));
    cursor = body.next;
  }
  const { rows } = await api.pool.query<{ n: number }>('select count(*)::int as n from case_reading');
  expect(seen.length).toBe(rows[0]?.n);
  expect(new Set(seen).size).toBe(seen.length);
  const leaders = await readings('auditor.1', '/readings?person=leader.hcmc-committee');
  expect(new Set(leaders.map(({ person }) => person))).toEqual(new Set(['leader.hcmc-committee']));
  for (const as of ['leader.hcmc-committee', 'investor.besi', 'officer.dof.1'])
    expect((await api.refused('GET', '/readings', { as })).status).toBe(403);
});

it('keeps who took a document', async () => {
  const { case: other } = await fileCase(api, 'besi', 'investor.besi', 'Lô R7-7');
  await openProcedure(api, other);
  const documentId = await upload(api, 'investor.besi');
  const body = { documents: [{ code: 'request', documentId }] };
  const filed = await api.call('POST', `/cases/${other}/procedures/${procedure}/dossier`, {
    as: 'investor.besi',
    body,
  });
  expect(filed.status).toBe(200);
  for (const as of ['investor.besi', 'leader.hcmc-committee'])
    expect((await api.call('GET', `/documents/${documentId}`, { as })).status).toBe(200);
  const taken = await readings('auditor.1', `/cases/${other}/readings`);
  expect(taken.filter(({ kind }) => kind === 'document')).toMatchObject([
    { person: 'leader.hcmc-committee', subject: documentId, times: 1 },
  ]);
});

it('keeps why: a task of theirs or of their agency, supervision, or none, and what those without one say', async () => {
  const { case: other } = await fileCase(api, 'besi', 'investor.besi', 'Lô R8-8');
  const task = await openIntake(api, other);
  const look = (as: string, headers: Record<string, string> = {}) =>
    api.call<{ reading: object | null }>('GET', `/cases/${other}`, { as, headers });
  expect((await look('investor.besi')).body.reading).toBeNull();
  expect((await look('receiving-officer.hcmc-pasc.1')).body.reading).toEqual({ withoutTask: false, reason: null });
  await look('leader.hcmc-committee');
  // Of the agency that will decide, and has nothing to do yet.
  expect((await look('officer.shtp-board.1')).body.reading).toEqual({ withoutTask: true, reason: null });
  const said = await look('officer.shtp-board.1', { 'X-Reading-Reason': 'advice' });
  expect(said.body.reading).toEqual({ withoutTask: true, reason: 'advice' });
  // What was said stays for the hour.
  expect((await look('officer.shtp-board.1')).body.reading).toEqual({ withoutTask: true, reason: 'advice' });
  const wrong = await api.refused('GET', `/cases/${other}`, {
    as: 'officer.shtp-board.1',
    headers: { 'X-Reading-Reason': 'curious' },
  });
  expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/x-reading-reason']);
  const why = (found: Readings['items']) =>
    Object.fromEntries(found.map((one) => [one.role, [one.why, one.reason, one.withoutTask, one.task]]));
  expect(why(await readings('auditor.1', `/cases/${other}/readings`))).toMatchObject({
    'receiving-officer': ['task', null, false, task],
    leader: ['supervision', null, false, null],
    officer: ['stated', 'advice', true, null],
  });
  expect(why(await readings('investor.besi', `/cases/${other}/readings`))).toMatchObject({
    'receiving-officer': ['task', null, false, null],
    officer: ['stated', 'advice', true, null],
  });
  const without = await readings('auditor.1', '/readings?withoutTask=true');
  expect(without.map(({ caseCode, person }) => [caseCode, person])).toEqual([[other, 'officer.shtp-board.1']]);
});
