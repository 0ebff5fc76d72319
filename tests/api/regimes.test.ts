import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleTrials } from '../../seeds/index.js';
import { startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Regimes {
  readonly asOf: string;
  readonly items: readonly {
    code: string;
    version: string;
    open: boolean;
    closedBecause: { code: string; text: { vi: string; en: string } }[];
    authority: { value: { code: string }; source: string; verified: boolean } | null;
  }[];
}
type Figure = { value: unknown; source: string; verified: boolean; basis: string | null } | null;
interface Regime {
  readonly version: string;
  readonly versions: readonly string[];
  readonly procedure: string | null;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly limits: readonly { code: string; max?: number; source: string; verified: boolean }[];
  readonly unverified: readonly string[];
  readonly authority: Figure;
  readonly dossier: { noOtherDocuments: boolean | null };
}
interface Fits {
  readonly taken: { regime: string; version: string; verdict: string } | null;
  readonly refusal: { code: string; title: { vi: string; en: string }; details: object } | null;
  readonly items: readonly {
    regime: string;
    verdict: string;
    reasons: { code: string; verdict: string; text: { vi: string; en: string }; clause: string }[];
  }[];
}

const regime = async (code: string, query = '') => (await api.call<Regime>('GET', `/regimes/${code}${query}`)).body;
const fit = async (body: object, day = '2026-07-06') =>
  (await api.call<Fits>('POST', `/regimes/fit?at=${day}`, { body, key: null })).body;

it('lists every regime once, with whether it takes trials today and why not', async () => {
  const { status, body } = await api.call<Regimes>('GET', '/regimes');
  expect(status).toBe(200);
  expect(new Set(body.items.map(({ code }) => code)).size).toBe(body.items.length);
  const standing = Object.fromEntries(
    body.items.map(({ code, open, closedBecause }) => [code, [open, closedBecause.length]]),
  );
  expect(standing).toMatchObject({ 'hcmc-res-20-2024-uav': [true, 0], 'hcmc-general': [false, 2] });
  const general = body.items.find(({ code }) => code === 'hcmc-general');
  expect(general?.closedBecause.map(({ code }) => code)).toEqual(['not-issued', 'authority-unknown']);
  // Who decides is never assumed, though a default stands beside it.
  expect(general?.authority).toBeNull();
  for (const { open, closedBecause } of body.items) expect(open).toBe(closedBecause.length === 0);
});

it('tells every figure of a regime with its source, and what nobody has verified', async () => {
  const drone = await regime('hcmc-res-20-2024-uav');
  expect(drone.authority).toMatchObject({ value: { code: 'hcmc-committee' }, source: 'setting', verified: false });
  expect(drone.authority?.basis).toContain('2169/KH-UBND');
  expect(drone.figures['longestTerm']).toEqual({
    value: 12,
    source: 'default',
    verified: false,
    basis: 'product; the press speaks only of «thời gian giới hạn»',
  });
  expect(drone.limits.find(({ code }) => code === 'altitude')).toMatchObject({
    max: 200,
    source: 'law',
    verified: false,
  });
  expect(drone.unverified).toContain('limits[altitude].inclusive');
  expect(drone.procedure).toBe('admission-hcmc-res-20-2024-uav');
  const ai = await regime('ai-decree-142-2026-level-2');
  expect(ai.figures['incidentHours']).toEqual({ value: 72, source: 'law', verified: false, basis: null });
  expect(ai.figures['reportInterval']).toMatchObject({ value: { amount: 6, unit: 'month' }, verified: true });
  expect(ai.dossier.noOtherDocuments).toBe(true);
  expect((await regime('hcmc-general')).procedure).toBeNull();
});

it('gives the newest version, or the one asked for', async () => {
  const code = 'fintech-decree-94-2025-open-api';
  const newest = await regime(code);
  expect(newest.version).toBe(`${code}@2026-06-30`);
  expect(newest.versions).toEqual([`${code}@2026-06-30`, `${code}@2025-07-01`]);
  const before = await regime(code, `?version=${code}@2025-07-01`);
  expect(before.authority?.value).toMatchObject({ code: 'state-bank' });
  for (const path of ['/regimes/nobody-knows', `/regimes/${code}?version=${code}@2020-01-01`]) {
    expect(await api.refused('GET', path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  }
  const other = `/regimes/${code}?version=hcmc-res-20-2024-uav@2024-11-24`;
  expect((await api.refused('GET', other)).status).toBe(404);
});

it('says what every regime makes of a solution, and keeps nothing', async () => {
  const { taken, refusal, items } = await fit(exampleTrials.drone);
  expect(taken).toEqual({ regime: 'hcmc-res-20-2024-uav', version: 'hcmc-res-20-2024-uav@2024-11-24', verdict: 'yes' });
  expect(refusal).toBeNull();
  expect(items).toHaveLength(12);
  const own = items.find(({ verdict }) => verdict === 'yes');
  expect(own?.reasons.map(({ code }) => code)).toEqual([
    'open',
    'field',
    'territory',
    'cross-border',
    'applicant',
    'term',
    'declared-span-or-length',
    'declared-height',
    'declared-take-off-mass',
    'declared-black-box',
    'declared-rain',
    'operates-in-park',
  ]);
  for (const { reasons } of items) {
    for (const { text, clause } of reasons) {
      expect(text.vi).not.toBe(text.en);
      expect(clause).not.toBe('');
    }
  }
  expect((await api.pool.query('select from case_head')).rowCount).toBe(0);
});

it('says with what a filing would be refused, by the law of the day', async () => {
  const { solution } = exampleTrials.ai;
  expect(await fit(exampleTrials.ai, '2026-04-30')).toMatchObject({
    taken: null,
    refusal: { code: 'REGIME_NOT_OPEN' },
  });
  expect(await fit({ ...exampleTrials.ai, solution: { ...solution, months: 36 } })).toMatchObject({
    taken: null,
    refusal: { code: 'TERM_TOO_LONG', details: { regime: 'ai-decree-142-2026-level-2' } },
  });
  const unsure = { ...exampleTrials.ai, solution: { ...solution, canHarm: true, insured: null } };
  expect((await fit(unsure)).taken).toMatchObject({ regime: 'ai-decree-142-2026-level-2', verdict: 'unknown' });
  // Whether there are real users decides between two levels: nobody guesses.
  const open = { ...exampleTrials.ai, solution: { ...solution, realUsers: null } };
  expect(await fit(open)).toMatchObject({
    taken: null,
    refusal: {
      code: 'VALIDATION_FAILED',
      details: { field: 'regime', candidates: ['ai-decree-142-2026-level-1', 'ai-decree-142-2026-level-2'] },
    },
  });
  expect(await fit({ ...open, regime: 'ai-decree-142-2026-level-1' })).toMatchObject({ taken: { verdict: 'unknown' } });
});

it('refuses a filing that says something nobody asks for', async () => {
  const { solution } = exampleTrials.drone;
  const wrong = { ...exampleTrials.drone, solution: { ...solution, colour: 'red' } };
  expect(await api.refused('POST', '/regimes/fit', { body: wrong, key: null })).toMatchObject({
    status: 422,
    body: { code: 'UNKNOWN_FIELD', errors: [{ pointer: '/solution/colour' }] },
  });
});
