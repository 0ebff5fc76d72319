import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleProjects } from '../../seeds/index.js';
import { fileCase, type Receipt, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('screens a project for anybody and keeps nothing of it', async () => {
  const { status, body } = await api.call<{ lane: string; recommended: { pathway: string }; baselineDays: number }>(
    'POST',
    '/screenings?at=2026-03-02T09:00:00%2B07:00&lawAt=2026-11-22',
    { body: exampleProjects.besi, key: null },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ lane: 'undecided', recommended: { pathway: 'standard' }, baselineDays: 13 });
  expect((await api.pool.query('select from case_head')).rowCount).toBe(0);
});

it('opens a case with one submission and answers the receipt with plan, targets and PIN', async () => {
  const receipt = await fileCase(api, 'cmc');
  expect(receipt).toMatchObject({ lane: 'green', pathway: 'special', caseSeq: 1 });
  expect(receipt.plan.length).toBeGreaterThan(5);
  expect(receipt.target.days).toBeLessThan(receipt.baseline.days);
  expect(receipt.public).toEqual({ code: receipt.case, pin: expect.stringMatching(/^[0-9A-Z]{10}$/) as string });
});

it('answers a filing repeated under its key with the same case and PIN, and refuses the key for another filing', async () => {
  const filing = { as: 'investor.besi', body: exampleProjects.besi, key: 'filing-1' };
  const first = await api.call<Receipt>('POST', '/cases', filing);
  const again = await api.call<Receipt>('POST', '/cases', filing);
  expect(first.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const other = await api.refused('POST', '/cases', { ...filing, body: { ...filing.body, pathway: 'standard' } });
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});
