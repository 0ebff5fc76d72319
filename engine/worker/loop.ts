/** Work that is done again and again until it is stopped. */
export interface Loop {
  readonly name: string;
  /** There may be something to do: the next round begins now, or after the one under way. A pause after a failure is not cut short. */
  wake(): void;
  /** Somebody waits for it: the gap is cut short, too. */
  hurry(): void;
  /** Resolves when the round under way is over; no other begins. */
  stop(): Promise<void>;
}

interface LoopOptions {
  readonly name: string;
  /** Pause between rounds; asked anew each time. */
  readonly everyMs: number | (() => number);
  /** Pause that no wake cuts short, only `hurry`: what comes meanwhile is done together. Default 0. */
  readonly gapMs?: number;
  /** One round; true = there is more, go on at once; `soon` = there may be, go on after the gap. */
  readonly round: () => Promise<boolean | 'soon'>;
  /** A failed round is told and tried again, each time after a longer pause (at most 30 s). */
  readonly onError: (error: unknown, name: string) => void;
}

/** What a round says that did `done` things and takes `most` at once: what comes while it works is done together with what comes in the gap. */
export const paced = (done: number, most: number): boolean | 'soon' => done >= most || (done > 0 && 'soon');

export function startLoop({ name, everyMs, gapMs = 0, round, onError }: LoopOptions): Loop {
  let stopping = false;
  let woken = false;
  let hurried = false;
  let endPause = (): void => undefined;
  let endGap = (): void => undefined;
  let stopPause = (): void => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      stopPause = endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const patiently = async (ms: number): Promise<void> => {
    const pausing = pause(ms);
    endPause = () => undefined;
    await pausing;
  };
  const gap = async (ms: number): Promise<void> => {
    const pausing = pause(ms);
    endGap = endPause;
    endPause = () => undefined;
    await pausing;
    endGap = () => undefined;
  };
  const isHurried = (): boolean => hurried;
  const isWoken = (): boolean => woken;
  const usual = (): number => (typeof everyMs === 'number' ? everyMs : everyMs());
  const running = (async () => {
    for (let failures = 0; !stopping;) {
      try {
        woken = hurried = false;
        const more = await round();
        failures = 0;
        if (more === true || stopping) continue;
        if (gapMs > 0 && !isHurried()) await gap(Math.min(gapMs, usual()));
        if (more !== 'soon' && !isWoken() && !stopping) await pause(Math.max(0, usual() - gapMs));
      } catch (error) {
        onError(error, name);
        failures += 1;
        if (!stopping) await patiently(Math.min(30_000, Math.max(usual(), 250) * 2 ** Math.min(failures - 1, 10)));
      }
    }
  })();
  return {
    name,
    wake() {
      woken = true;
      endPause();
    },
    hurry() {
      woken = hurried = true;
      endGap();
      endPause();
    },
    stop() {
      stopping = true;
      stopPause();
      return running;
    },
  };
}
