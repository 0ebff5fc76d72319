import { expect, it } from 'vitest';
import { lifeOf } from './random-town.js';

/** `RANDOM_SEED` chooses another life; what runs side by side on a real server may still come in another order. Many more of them: `tests/long`. */
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_122);

it('whatever people try in many cases at once, every clock is conserved, every chain valid, every rung once, no task orphaned, no figure without its days', async () => {
  console.log(`random operations: seed ${seed}`);
  const { accepted, measured } = await lifeOf({ cases: 8, rounds: 8, seed });
  console.log(`random operations: figures of ${JSON.stringify(measured)}, accepted ${[...accepted].join(', ')}`);
  // Every eighth of them is a trial.
  expect(measured.projects).toBe(7);
  // The test would be empty if everything had been refused.
  for (const type of ['claimTask', 'completeTask', 'fileDossier']) expect(accepted).toContain(type);
  expect(accepted.size).toBeGreaterThan(8);
}, 400_000);
