import { type Pool } from 'pg';
import { findCaller } from '../db/people/people.js';
import { readableAmong } from '../db/people/readers.js';
import { dateOf } from '../domain/time/instants.js';
import { type CaseNews, type News } from './news.js';

/** An open stream of one person. */
export interface Stream {
  tell(one: CaseNews): void;
  end(): void;
}

export interface Streams {
  /** Answers how to leave. A person's oldest stream ends where they have too many. */
  join(person: string, stream: Stream): () => void;
}

/** Of one person: as many as anybody has windows. */
export const mostStreams = 32;

interface Listener {
  /** In the order in which they came. */
  readonly streams: Set<Stream>;
  readonly stop: () => void;
}

interface StreamsOptions {
  readonly pool: Pool;
  readonly news: News;
  readonly onError: (error: unknown) => void;
}

/** Who listens to the news, by person: whatever happens, the register is asked once for each of them what they may read of it, as what they are then. */
export function createStreams({ pool, news, onError }: StreamsOptions): Streams {
  const listeners = new Map<string, Listener>();

  const tell = async (person: string, { streams }: Listener, all: readonly CaseNews[]): Promise<void> => {
    const caller = await findCaller(pool, person);
    // Whoever is nobody any more hears nothing.
    if (caller === undefined) return endAll(streams);
    const reader = { person: caller.person, on: dateOf(caller.askedAt) };
    const codes = all.map((one) => one.case);
    const readable = await readableAmong(pool, reader, codes);
    for (const one of all) if (readable.has(one.case)) for (const stream of streams) stream.tell(one);
  };

  const listenerOf = (person: string): Listener => {
    const known = listeners.get(person);
    if (known) return known;
    const streams = new Set<Stream>();
    const stop = news.listen(
      (all) => {
        tell(person, listener, all).catch((error: unknown) => {
          onError(error);
          endAll(streams);
        });
      },
      () => endAll(streams),
    );
    const listener: Listener = { streams, stop };
    listeners.set(person, listener);
    return listener;
  };

  return {
    join(person, stream) {
      const listener = listenerOf(person);
      const { streams } = listener;
      const [oldest] = streams;
      if (oldest && streams.size >= mostStreams) {
        streams.delete(oldest);
        oldest.end();
      }
      streams.add(stream);
      return () => {
        streams.delete(stream);
        if (streams.size > 0 || listeners.get(person) !== listener) return;
        listeners.delete(person);
        listener.stop();
      };
    },
  };
}

const endAll = (streams: ReadonlySet<Stream>): void => {
  for (const stream of [...streams]) stream.end();
};
