import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { at } from '../db/support.js';
import { decidedRow, writeDecided } from '../support/decided-rows.js';
import { codeOfRow, writeRows } from '../support/fact-rows.js';
import { startApi, type TestApi } from './support.js';

interface Scorecards {
  readonly shown: { readonly quarter: string } | null;
  readonly quarters: readonly { readonly quarter: string }[];
  readonly items: readonly {
    readonly agency: string;
    readonly commandedByCity: boolean;
    readonly figures: readonly {
      readonly figure: string;
      readonly few: boolean;
      readonly n: number | null;
      readonly count: number | null;
      readonly value: string | null;
    }[];
  }[];
}
const set = '/public/open-data/decision-timelines';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at('2026-10-05 09:00')]);
});
afterAll(() => api.close());

it('says that nothing is published before a quarter is over', async () => {
  const { body } = await api.call<Scorecards>('GET', '/public/scorecards');
  expect([body.shown, body.quarters, body.items]).toEqual([null, [], []]);
  expect((await api.call<{ files: object[] }>('GET', set)).body.files).toEqual([]);
  expect((await api.refused('GET', `${set}/2026-Q3`)).body.code).toBe('NOT_FOUND');
});

it('publishes agencies and timelines of a quarter that is over, without small cells, kept for a while', async () => {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  const rows = (n: number, more: object) => Array.from({ length: n }, () => ({ ...decidedRow, ...more }));
  await writeDecided(owner, [
    ...rows(5, {}),
    ...rows(1, { onTime: false, agencyDays: 40 }),
    ...rows(4, { agency: 'dost', procedure: 'environmental-permit' }),
    ...rows(5, { closedOn: '2026-05-04' }),
  ]);
  const doing = (agency: string, ofCase: number, n: number) => ({
    ...{ case_code: codeOfRow(ofCase), n, lane: 'green', pathway: 'standard' },
    ...{ kind: 'return', agency, on: '2026-08-12' },
  });
  const many = (agency: string, first: number) =>
    Array.from({ length: 250 }, (_one, i) => doing(agency, first + (i % 2), 10 + i));
  await writeRows(owner, 'agency_fact', [
    // Six rows of four cases; 250 rows of two cases; the same with three cases more.
    ...[0, 1, 2, 3, 0, 1].map((one, n) => doing('dost', one, n)),
    ...many('doc', 4),
    ...many('dae', 6),
    ...[8, 9, 10].map((one) => doing('dae', one, 1)),
  ]);
  await owner.end();

  const { body, headers } = await api.call<Scorecards>('GET', '/public/scorecards');
  expect(headers.get('cache-control')).toBe('public, max-age=600');
  expect(body.quarters.map(({ quarter }) => quarter)).toEqual(['2026-Q3', '2026-Q2']);
  expect(body.shown?.quarter).toBe('2026-Q3');
  const figure = (agency: string, name = 'onTime') =>
    body.items.find((one) => one.agency === agency)?.figures.find((one) => one.figure === name);
  expect(figure('dof')).toMatchObject({ few: false, n: 6, count: 5, value: '0.8333' });
  expect(figure('dost')).toMatchObject({ few: true, n: null, count: null, value: null });
  expect(figure('dost', 'returned')).toMatchObject({ few: true, n: null, value: null });
  expect(figure('doc', 'returned')).toMatchObject({ few: true, n: null, value: null });
  expect(figure('dae', 'returned')).toMatchObject({ few: false, n: 253, value: '253' });
  expect(figure('dof', 'returned')).toMatchObject({ few: false, n: 0, value: '0' });
  const spring = await api.call<Scorecards>('GET', '/public/scorecards?quarter=2026-Q2');
  expect(spring.body.items).toMatchObject([{ agency: 'dof', commandedByCity: true }]);
  expect((await api.refused('GET', '/public/scorecards?quarter=2026-Q1')).body.code).toBe('NOT_FOUND');
  expect((await api.refused('GET', '/public/scorecards?quarter=2026-5')).body.code).toBe('VALIDATION_FAILED');

  const index = await api.call<{ files: { rows: number; withheld: number | null; address: string }[] }>('GET', set);
  expect(index.body.files).toMatchObject([
    { quarter: '2026-Q3', rows: 5, withheld: 5, address: `/api/v1${set}/2026-Q3` },
    { quarter: '2026-Q2', rows: 5, withheld: 0 },
  ]);
  const csv = await api.call<string>('GET', `${set}/2026-Q3`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(csv.body.trim().split('\r\n')).toEqual([
    'procedure,agency,period,lane,agency_days,investor_days,other_days,on_time',
    ...Array.from({ length: 5 }, () => 'irc-ordinary,dof,2026-08,green,7,0,2,true'),
  ]);
});
