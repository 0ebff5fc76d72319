import { afterAll, beforeAll, expect, it } from 'vitest';
import { historyLengths, runningTrials, standStill } from './idle-trials.js';
import { Town } from './support.js';

let town: Town;
beforeAll(async () => {
  town = await Town.found({});
});
afterAll(() => town.close());

it('twenty running trials in which nothing happens cost nothing: no event, no statement of their own', async () => {
  const scopes = await runningTrials(town, 20);
  const before = await historyLengths(town, scopes);
  expect(before.size).toBe(20);
  const still = await standStill(town, 5_000);
  expect(still.others).toEqual([]);
  expect(Object.keys(still.asked)).toContain('claim-scopes');
  expect(await historyLengths(town, scopes)).toEqual(before);
});
