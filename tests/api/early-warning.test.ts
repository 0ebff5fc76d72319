import { afterAll, beforeAll, expect, it } from 'vitest';
import { at } from '../db/support.js';
import { writeHistoryOf } from '../support/decided-rows.js';
import { projected } from '../support/feed.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Warning {
  readonly reliability: { readonly n: number; readonly brier: number | null; readonly withheld: string | null };
  readonly open: number;
  readonly unknown: number;
  readonly items: readonly {
    readonly case: string;
    readonly chance: number;
    readonly promisedOn: string | null;
    readonly alike: { readonly by: string; readonly n: number };
    readonly act: { readonly act: string; readonly days: number; readonly chance: number } | null;
  }[];
}

let api: TestApi;
let code = '';
const leader = { as: 'leader.hcmc-committee' };
const path = '/dashboard/early-warning';
const warning = async (who = leader, query = '') => (await api.call<Warning>('GET', `${path}${query}`, who)).body;

beforeAll(async () => {
  api = await startApi();
  await api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at('2026-08-03 09:00')]);
  ({ case: code } = await fileCase(api));
  await openAssessment(api, code);
  await projected(api.deps);
});
afterAll(() => api.close());

it('forecasts nothing where the register has no history, and says how much is needed', async () => {
  expect(await warning()).toMatchObject({
    ...{ leastHistory: 30, leastForecasts: 50, items: [], open: 1, unknown: 1 },
    reliability: { n: 0, brier: null, withheld: 'little-history' },
  });
});

it('shows leaders and heads which open procedure will probably miss its date, and what helps most', async () => {
  const agency = await writeHistoryOf(api, code);
  // Another day: what was kept of the one before is not asked.
  await api.pool.query('update rehearsal_clock set now = $1', [at('2026-08-05 09:00')]);

  const found = await warning();
  expect(found.reliability.withheld).toBeNull();
  expect(found.reliability.n).toBeGreaterThanOrEqual(50);
  expect(found).toMatchObject({ open: 1, unknown: 0 });
  const [one] = found.items;
  expect(one).toMatchObject({ case: code, alike: { by: 'agency-and-load' } });
  expect(one?.chance).toBeGreaterThan(0.2);
  expect(one?.chance).toBeLessThan(0.6);
  // Work that waited as long waited two days more in half of the cases.
  expect(one?.act).toMatchObject({ act: 'take' });
  expect(one?.act?.days).toBeGreaterThan(0);
  expect(one?.act?.chance).toBeLessThan(one?.chance ?? 0);

  expect((await warning(leader, `?case=${code}`)).items).toEqual(found.items);
  expect((await warning({ as: `head.${agency}` })).items).toHaveLength(1);
  expect((await warning({ as: 'head.city-tax' })).items).toEqual([]);
  expect((await api.refused('GET', path, { as: 'officer.shtp-board.2' })).status).toBe(403);
});
