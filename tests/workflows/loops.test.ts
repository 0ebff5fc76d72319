import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitUntil } from '../../scripts/platform/processes.js';
import { Town } from './support.js';

let town: Town;
beforeAll(async () => {
  town = await Town.found({});
});
afterAll(() => town.close());

it('every loop of the engine is counted under its own name when it fails', async () => {
  const { owner } = town.register;
  await town.engine.stop();
  await owner.query('alter table scope rename to scope_away');
  await owner.query('alter table webhook rename to webhook_away');
  await town.work();
  const failed = () => [...new Set(town.failed)].sort();
  await waitUntil(() => Promise.resolve(failed().length === 4), 10_000);
  await owner.query('alter table scope_away rename to scope');
  await owner.query('alter table webhook_away rename to webhook');
  expect(failed()).toEqual(['dispatcher', 'silence', 'timers', 'webhooks']);
});
