import { expect, it } from 'vitest';
import { lifeOf } from '../worker/random-town.js';

/** As of `tests/worker/random-operations.test.ts`. */
const firstSeed = Number(process.env['RANDOM_SEED'] ?? 20_261_123);
const towns = Array.from({ length: 10 }, (_, n) => n + 1);

/** Five hundred cases, fifty at once. Each town has a register and a seed of its own: `-t "town 7"` plays that one alone, or goes on with it. */
it.each(towns)(
  'town %i: fifty cases on a real server end as their events say',
  async (town) => {
    const seed = firstSeed + town - 1;
    console.log(`random operations: town ${town}, seed ${seed}`);
    const { accepted, measured } = await lifeOf({ cases: 50, rounds: 24, seed });
    console.log(`random operations: town ${town}, figures of ${JSON.stringify(measured)}`);
    // Every eighth of them is a trial.
    expect(measured.projects).toBe(44);
    for (const type of ['claimTask', 'completeTask', 'fileDossier', 'giveOpinion', 'requestSupplement', 'askQuestion'])
      expect(accepted).toContain(type);
  },
  1_800_000,
);
