import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Lists in which any case may stand. */
const lists = new Set<unknown>(['tasks', 'cases', 'workload', 'forms']);
const togetherMs = 200;
/** However much happens, lists are not asked for more often. */
const calmMs = 2_000;

interface Told {
  /** Code of the case; null: anything may have happened. */
  readonly case: string | null;
}

/** Reads anew what is shown of these cases; of everything where nobody knows. */
function refresh(queries: QueryClient, cases: ReadonlySet<string | null>): void {
  if (cases.has(null)) {
    void queries.invalidateQueries();
    return;
  }
  const isAbout = (part: unknown) =>
    typeof part === 'string' && [...cases].some((code) => part.startsWith(code ?? '\u0000'));
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => lists.has(queryKey[0]) || queryKey.some(isAbout),
  });
}

/**
 * Keeps what is shown as it is in the register. Of all tabs of this browser one is connected and tells the others: seven connections of their own would leave no room
 * for anything else.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel('live');
    const over = new AbortController();
    let changed = new Set<string | null>();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let calmUntil = 0;
    const hear = (told: Told) => {
      changed.add(told.case);
      waiting ??= setTimeout(
        () => {
          waiting = undefined;
          calmUntil = performance.now() + calmMs;
          const cases = changed;
          changed = new Set();
          refresh(queries, cases);
        },
        Math.max(togetherMs, calmUntil - performance.now()),
      );
    };
    channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
    const connect = () =>
      new Promise<void>((leave) => {
        const source = new EventSource('/api/v1/events');
        let again = false;
        const tell = (told: Told) => {
          hear(told);
          channel.postMessage(told);
        };
        source.addEventListener('ready', () => {
          // What happened between two connections nobody told.
          if (again) tell({ case: null });
          again = true;
        });
        source.addEventListener('case', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Told));
        over.signal.addEventListener('abort', () => {
          source.close();
          leave();
        });
      });
    navigator.locks.request('live', { signal: over.signal }, connect).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    return () => {
      over.abort();
      clearTimeout(waiting);
      channel.close();
    };
  }, [queries]);
}
