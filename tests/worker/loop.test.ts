import { describe, expect, it } from 'vitest';
import { paced, startLoop } from '../../engine/worker/loop.js';

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

describe('a loop that is woken', () => {
  const counting = (more: Partial<Parameters<typeof startLoop>[0]> = {}) => {
    const seen = { rounds: 0 };
    const loop = startLoop({
      name: 'test',
      everyMs: 60_000,
      onError: () => undefined,
      round: () => {
        seen.rounds += 1;
        return Promise.resolve(false);
      },
      ...more,
    });
    return { seen, loop };
  };

  it('goes round again by itself after the gap where there may be more, and gathers what comes meanwhile', async () => {
    const rounds: number[] = [];
    const done = [3, 200, 0];
    const loop = startLoop({
      name: 'test',
      everyMs: 60_000,
      gapMs: 300,
      onError: () => undefined,
      round: () => {
        rounds.push(performance.now());
        return Promise.resolve(paced(done[rounds.length - 1] ?? 0, 200));
      },
    });
    await expect.poll(() => rounds.length).toBe(1);
    for (let i = 0; i < 5; i++) loop.wake();
    // Few were done: the gap. As many as it takes: at once. Nothing: it rests.
    await expect.poll(() => rounds.length).toBe(3);
    const [first = 0, second = 0, third = 0] = rounds;
    expect(second - first).toBeGreaterThanOrEqual(299);
    expect(third - second).toBeLessThan(second - first);
    await loop.stop();
    expect(rounds).toHaveLength(3);
  });

  it('does not wait for the end of its pause', async () => {
    const { seen, loop } = counting();
    await expect.poll(() => seen.rounds).toBe(1);
    loop.wake();
    await expect.poll(() => seen.rounds).toBe(2);
    await loop.stop();
  });

  it('goes round once more where it was woken during a round', async () => {
    let rounds = 0;
    let goOn = (): void => undefined;
    const loop = startLoop({
      name: 'test',
      everyMs: 60_000,
      onError: () => undefined,
      round: () =>
        new Promise((resolve) => {
          rounds += 1;
          goOn = () => resolve(false);
        }),
    });
    loop.wake();
    goOn();
    await expect.poll(() => rounds).toBe(2);
    goOn();
    await loop.stop();
    expect(rounds).toBe(2);
  });

  it('cuts its gap short for whoever waits for it, and does not wait it out where they came during the round', async () => {
    const { seen, loop } = counting({ gapMs: 50_000 });
    await expect.poll(() => seen.rounds).toBe(1);
    loop.hurry();
    await expect.poll(() => seen.rounds).toBe(2);
    loop.hurry();
    await expect.poll(() => seen.rounds).toBe(3);
    loop.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen.rounds).toBe(3);
    await loop.stop();
  });

  it('does together what comes within its gap', async () => {
    const { seen, loop } = counting({ gapMs: 200 });
    await expect.poll(() => seen.rounds).toBe(1);
    for (let i = 0; i < 20; i++) loop.wake();
    expect(seen.rounds).toBe(1);
    await expect.poll(() => seen.rounds).toBe(2);
    await loop.stop();
  });
});
