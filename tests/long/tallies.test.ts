import { describe, it } from 'vitest';
import { expectTalliesAnew } from '../support/tallied-histories.js';

const histories = 1_000;
const seeds = Array.from({ length: 20 }, (_, i) => 100 + i);

describe('the tallies of twenty thousand histories', () => {
  it.each(seeds)(
    'are the same again once every fact was made anew from the events (seed %i)',
    async (seed) => {
      await expectTalliesAnew({ histories, seed });
    },
    900_000,
  );
});
