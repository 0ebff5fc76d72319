/** Work that is done again and again until it is stopped. */
export interface Loop {
  readonly name: string;
  /** Resolves when the round under way is over; no other begins. */
  stop(): Promise<void>;
}

interface LoopOptions {
  readonly name: string;
  /** Pause between rounds. */
  readonly everyMs: number;
  /** One round; true = there is more, go on at once. */
  readonly round: () => Promise<boolean>;
  /** A failed round is told and tried again, each time after a longer pause (at most 30 s). */
  readonly onError: (error: unknown, name: string) => void;
}

export function startLoop({ name, everyMs, round, onError }: LoopOptions): Loop {
  let stopping = false;
  let wake = (): void => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    for (let failures = 0; !stopping;) {
      try {
        const more = await round();
        failures = 0;
        if (!more && !stopping) await pause(everyMs);
      } catch (error) {
        onError(error, name);
        failures += 1;
        if (!stopping) await pause(Math.min(30_000, Math.max(everyMs, 250) * 2 ** Math.min(failures - 1, 10)));
      }
    }
  })();
  return {
    name,
    stop() {
      stopping = true;
      wake();
      return running;
    },
  };
}
