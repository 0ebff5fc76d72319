import { setTimeout as sleep } from 'node:timers/promises';

const firstPauseMs = 10;
const longestPauseMs = 100;

/** Looks until it is as wished, `waitMs` have passed, or the caller has gone; answers the last look. Holds no connection in between. */
export async function waitFor<T>(
  look: () => Promise<T>,
  wished: (found: T) => boolean,
  waitMs: number,
  signal: AbortSignal,
): Promise<T> {
  const until = performance.now() + waitMs;
  let pause = firstPauseMs;
  for (;;) {
    const found = await look();
    const left = until - performance.now();
    if (wished(found) || left <= 0 || signal.aborted) return found;
    await sleep(Math.min(pause, left));
    pause = Math.min(pause * 1.5, longestPauseMs);
  }
}
