import { describe, expect, it } from 'vitest';
import { startLoop } from '../../engine/worker/loop.js';

describe('a loop of the worker', () => {
  it('goes on at once while there is more, and ends with the round under way', async () => {
    let rounds = 0;
    const loop = startLoop({
      name: 'test',
      everyMs: 60_000,
      onError: () => undefined,
      round: () => Promise.resolve(++rounds < 5),
    });
    await expect.poll(() => rounds).toBe(5);
    await loop.stop();
    expect(rounds).toBe(5);
  });

  it('survives a round that fails, and says so', async () => {
    const told: unknown[] = [];
    let rounds = 0;
    const loop = startLoop({
      name: 'test',
      everyMs: 1,
      onError: (error, name) => told.push([name, error instanceof Error && error.message]),
      round: () => (++rounds === 1 ? Promise.reject(new Error('register away')) : Promise.resolve(false)),
    });
    await expect.poll(() => rounds, { timeout: 3_000 }).toBeGreaterThan(2);
    await loop.stop();
    expect(told).toEqual([['test', 'register away']]);
  });
});
