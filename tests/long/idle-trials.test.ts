import { afterAll, beforeAll, expect, it } from 'vitest';
import { historyLengths, runningTrials, standStill } from '../workflows/idle-trials.js';
import { Town } from '../workflows/support.js';

const trials = 1_000;
const minute = 60_000;

let town: Town;
beforeAll(async () => {
  town = await Town.found({ maxCachedWorkflows: 2 * trials });
});
afterAll(() => town.close());

it('a thousand running trials in which nothing happens cost nothing for a minute', async () => {
  const empty = await standStill(town, minute);
  const began = performance.now();
  const scopes = await runningTrials(town, trials);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const before = await historyLengths(town, scopes);
  expect(before.size).toBe(trials);
  const still = await standStill(town, minute);
  const after = await historyLengths(town, scopes);
  console.log(
    `${trials} trials running after ${seconds} s; a minute without any: ${empty.commits} commits, ${empty.cpu} ms of CPU; ` +
      `with them: ${still.commits} commits, ${still.cpu} ms; ${JSON.stringify(still.asked)}; ` +
      `${Math.round(process.memoryUsage().rss / 1_048_576)} MB`,
  );
  expect(after).toEqual(before);
  expect(still.others).toEqual([]);
  // One statement per trial would be as many again; autovacuum after the copies may add a few.
  expect(still.commits).toBeLessThan(empty.commits * 1.1 + trials / 4);
});
