import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createSecurityWatch } from '../../api/security.js';
import { createPool } from '../../db/pool.js';
import { mostOfAccount, mostOfKind, noteSecurity, type SecurityNote } from '../../db/people/security.js';
import { noteOddLooks } from '../../worker/odd-looks.js';
import { startApi, fileCase, type TestApi } from './support.js';

interface Event {
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  readonly account: string | null;
  readonly subject: string | null;
  readonly caller: string | null;
  readonly times: number;
}
interface Stream {
  readonly items: readonly Event[];
  readonly next: string;
  readonly more: boolean;
}

let api: TestApi;
let owner: pg.Pool;
let code = '';
beforeAll(async () => {
  api = await startApi(({ pool, limits }) => ({
    security: createSecurityWatch({
      keep: (notes) => noteSecurity(pool, notes),
      failed: (error) => {
        throw error;
      },
      secret: 'secret',
    }),
    limits: { ...limits, perPersonPerMinute: 400 },
  }));
  owner = createPool(api.database.migratorUrl, { max: 1 });
  code = (await fileCase(api)).case;
});
afterEach(() => owner.query('delete from security_event'));
afterAll(async () => {
  await owner.end();
  await api.close();
});

const auditor = { as: 'auditor.1' };
const stream = async (query = ''): Promise<Stream> => {
  await api.deps.security?.flush();
  return (await api.call<Stream>('GET', `/security/events?limit=1000${query}`, auditor)).body;
};
const seen = async () =>
  (await stream()).items.map(({ kind, account, subject, times }) => [kind, account, subject, times]);

it('tells of forged signatures, wrong tokens and refused access, counted by the hour, and of nobody by name or address', async () => {
  const raw = { raw: '{}', headers: { 'content-type': 'application/json' } };
  for (let i = 0; i < 3; i++) await api.call('POST', '/agency-callbacks/dost', { ...raw, key: null });
  await api.call('POST', '/agency-callbacks/no-such-agency', { ...raw, key: null });
  await api.call('POST', `/cases/${code}/trial/metrics`, { ...raw, key: null });
  await api.call('GET', '/me', { token: await api.issuer.sign({ sub: 'investor.besi' }, { forged: true }) });
  await api.call('GET', '/me', { token: await api.issuer.sign({ sub: 'investor.besi' }, { expiresIn: -60 }) });
  await api.call('GET', '/me');
  await api.call('GET', `/cases/${code}`, { as: 'investor.cmc' });
  await api.call('GET', '/readings', { as: 'officer.dof.1' });
  const found = await seen();
  expect(found).toEqual(
    expect.arrayContaining([
      ['callback-forged', null, 'dost', 3],
      ['callback-forged', null, null, 1],
      ['device-forged', null, code, 1],
      ['token-refused', null, null, 1],
      ['access-refused', 'investor.cmc', code, 1],
      ['access-refused', 'officer.dof.1', null, 1],
    ]),
  );
  const { items } = await stream();
  expect(items.find(({ kind, subject }) => kind === 'callback-forged' && subject === 'dost')?.severity).toBe('warning');
  expect(items.every(({ account, caller }) => (account === null) === (caller !== null))).toBe(true);
  expect(JSON.stringify(items)).not.toContain('127.0.0.1');
});

it('tells of wrong PINs and that one is locked', async () => {
  for (let i = 0; i < 6; i++)
    await api.call('POST', '/public/case-status', { body: { code, pin: '000000' }, key: null });
  const found = await seen();
  const [refused, locked] = ['pin-refused', 'pin-locked'].map((kind) => found.find(([one]) => one === kind));
  expect(refused?.slice(1, 3)).toEqual([null, code]);
  expect(locked?.slice(1, 3)).toEqual([null, code]);
  expect(Number(refused?.[3]) + Number(locked?.[3])).toBe(6);
});

it('tells of somebody who tries the cases of others', async () => {
  const others = ['LX-260706-0001M', 'LX-260706-0002A', 'LX-260706-0003H', 'LX-260706-0004C', 'LX-260706-0005K'];
  const { isCaseCode } = await import('../../domain/case/case/code.js');
  const codes = others.map((one) =>
    [...'ACDEHKMPRTW'].map((letter) => one.slice(0, -1) + letter).find((each) => isCaseCode(each)),
  );
  for (const other of codes) await api.call('GET', `/cases/${other}`, { as: 'investor.cmc' });
  expect(await seen()).toContainEqual(['case-probing', 'investor.cmc', null, 5]);
});

it('comes in one order from a cursor, again when it goes on, and the newest first where asked', async () => {
  const one = (kind: SecurityNote['kind']) => ({ kind, account: 'officer.dof.1', subject: '', caller: '', times: 1 });
  await noteSecurity(api.pool, [one('access-refused')]);
  await noteSecurity(api.pool, [one('bulk-export')]);
  const first = await stream();
  expect(first.items.map(({ kind }) => kind)).toEqual(['access-refused', 'bulk-export']);
  expect((await stream(`&cursor=${first.next}`)).items).toEqual([]);
  await noteSecurity(api.pool, [one('access-refused')]);
  const [again] = (await stream(`&cursor=${first.next}`)).items;
  expect(again).toMatchObject({ id: first.items[0]?.id, times: 2 });
  expect((await stream('&newest=true')).items.map(({ kind }) => kind)).toEqual(['access-refused', 'bulk-export']);
  expect((await stream('&kind=bulk-export')).items).toHaveLength(1);
  for (const cursor of ['x', Buffer.from('1.999999').toString('base64url'), Buffer.from('2.1').toString('base64url')])
    expect((await api.refused('GET', `/security/events?cursor=${cursor}`, auditor)).body.code).toBe('CURSOR_UNKNOWN');
});

it('is bounded, whoever floods it, and loses no count', async () => {
  const many = (n: number, change: (i: number) => Partial<SecurityNote>): SecurityNote[] =>
    Array.from({ length: n }, (_, i) => ({
      ...({ kind: 'access-refused', account: '', subject: '', caller: '', times: 2 } as const),
      ...change(i),
    }));
  await noteSecurity(
    api.pool,
    many(200, (i) => ({ account: 'investor.cmc', subject: `LX-${i}` })),
  );
  await noteSecurity(
    api.pool,
    many(200, (i) => ({ account: 'investor.cmc', subject: `LX-${100 + i}` })),
  );
  const ofAccount = (await stream()).items.filter(({ kind }) => kind === 'access-refused');
  expect(ofAccount).toHaveLength(mostOfAccount + 1);
  expect(ofAccount.reduce((sum, { times }) => sum + times, 0)).toBe(800);
  await noteSecurity(
    api.pool,
    many(1_500, (i) => ({ kind: 'token-refused', caller: `c${i}` })),
  );
  await noteSecurity(
    api.pool,
    many(1, () => ({ kind: 'token-refused', caller: 'late' })),
  );
  const ofKind = (await stream('&kind=token-refused')).items;
  expect(ofKind).toHaveLength(mostOfKind + 1);
  expect(ofKind.reduce((sum, { times }) => sum + times, 0)).toBe(3_002);
});

it('keeps in memory no more than some, and tries again what could not be kept', async () => {
  const kept: SecurityNote[] = [];
  let away = true;
  const failures: unknown[] = [];
  const watch = createSecurityWatch({
    keep: (notes) => {
      if (away) return Promise.reject(new Error('away'));
      kept.push(...notes);
      return Promise.resolve();
    },
    failed: (error) => failures.push(error),
    secret: 's',
  });
  for (let i = 0; i < 3_000; i++) watch.note({ kind: 'access-refused', account: `p${i}` });
  await watch.flush();
  expect(failures).toHaveLength(1);
  away = false;
  await watch.flush();
  expect(kept.length).toBe(1_001);
  expect(kept.reduce((sum, { times }) => sum + times, 0)).toBe(3_000);
});

it('has kept all that it took in once it is asked to, also what was on its way', async () => {
  let keepIt = (): void => undefined;
  const kept = new Promise<void>((resolve) => (keepIt = resolve));
  const watch = createSecurityWatch({
    keep: () => kept,
    failed: (error) => {
      throw error;
    },
    secret: 's',
  });
  watch.note({ kind: 'access-refused', account: 'one' });
  void watch.flush();
  let ended = false;
  const asked = watch.flush().then(() => (ended = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  keepIt();
  await asked;
});

it('finds who looked into many cases, and who out of hours, in cases and not in clicks', async () => {
  await owner.query('delete from case_reading');
  const look = (person: string, n: number, hour: string) =>
    owner.query(
      `insert into case_reading (case_code, person, role, agency, kind, subject, hour, first_at, last_at, times, why)
       select 'LX-' || i, $1, 'officer', 'dost', 'case', '', $3::timestamptz, $3, $3, 7, case when i <= 6 then 'none' else 'task:x' end from generate_series(1, $2::int) i`,
      [person, n, hour],
    );
  // The last nine and the last three in the morning that are over, in Vietnam.
  const { rows } = await owner.query<{ day: string; night: string }>(
    `select date_trunc('hour', clock_timestamp()) - ((extract(hour from clock_timestamp() at time zone 'UTC')::int + 24 - 2) % 24) * interval '1 hour' as day,
       date_trunc('hour', clock_timestamp()) - ((extract(hour from clock_timestamp() at time zone 'UTC')::int + 24 - 20) % 24) * interval '1 hour' as night`,
  );
  const [{ day, night } = { day: '', night: '' }] = rows;
  await look('officer.dost.1', 41, day);
  await look('officer.dost.2', 12, night);
  await noteOddLooks(api.pool, api.deps.law);
  await noteOddLooks(api.pool, api.deps.law);
  const found = await seen();
  expect(found).toContainEqual(['reading-many', 'officer.dost.1', null, 41]);
  expect(found).toContainEqual(['reading-out-of-hours', 'officer.dost.2', null, 12]);
  expect(found).toContainEqual(['reading-without-task', 'officer.dost.1', null, 6]);
  expect(found.filter(([, account]) => account === 'officer.dost.2')).toHaveLength(2);
});
