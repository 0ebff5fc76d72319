const firstPauseMs = 10;
const longestPauseMs = 100;
/** Between looks where whoever changes what is looked at says so. */
const netMs = 1_500;

/** Who says that it may be as wished now. */
export interface Heard {
  /** Whether that is to be relied on. */
  readonly listens: boolean;
  readonly on: (wake: () => void) => () => void;
}

/**
 * Looks until it is as wished, `waitMs` have passed, or the caller has gone; answers the last look. Holds no connection in between. Looks again when `heard`
 * says so, and every now and then.
 */
export async function waitFor<T>(
  look: () => Promise<T>,
  wished: (found: T) => boolean,
  waitMs: number,
  signal: AbortSignal,
  heard?: Heard,
): Promise<T> {
  const until = performance.now() + waitMs;
  let pauseMs = firstPauseMs;
  let rung = false;
  let wake = (): void => undefined;
  const stop = heard?.on(() => {
    rung = true;
    wake();
  });
  try {
    for (;;) {
      rung = false;
      const found = await look();
      const left = until - performance.now();
      if (wished(found) || left <= 0 || signal.aborted) return found;
      if (isTrue(rung)) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(heard?.listens === true ? netMs : pauseMs, left));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      pauseMs = Math.min(pauseMs * 1.5, longestPauseMs);
    }
  } finally {
    stop?.();
  }
}

/** Set by whoever rang during the look. */
const isTrue = (value: boolean): boolean => value;
