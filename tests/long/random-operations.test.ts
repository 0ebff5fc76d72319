import { expect, it } from 'vitest';
import { lifeOf } from '../worker/random-town.js';

/** As of `tests/worker/random-operations.test.ts`. */
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_123);

it('five hundred cases on a real server end as their events say', async () => {
  console.log(`random operations: seed ${seed}`);
  const { accepted } = await lifeOf(500, 40, seed);
  expect(accepted.size).toBeGreaterThan(20);
});
