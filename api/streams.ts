import { type Pool } from 'pg';
import { findCaller } from '../db/people/people.js';
import { readableAmong } from '../db/people/readers.js';
import { standingSessions } from '../db/people/web-sessions.js';
import { dateOf } from '../domain/time/instants.js';
import { type SignIn } from './auth/person.js';
import { type CaseNews, type News } from './news.js';

/** An open stream of one person, as long as they are signed in. */
export interface Stream {
  readonly signIn: SignIn;
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

/** So much later than somebody has signed out, or their token has ended, their streams have. */
const standingEveryMs = 5_000;

interface StreamsOptions {
  readonly pool: Pool;
  readonly news: News;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Who listens to the news, by person: whatever happens, the register is asked once for each of them what they may read of it, as what they are then. */
export function createStreams({ pool, news, onError, everyMs = standingEveryMs }: StreamsOptions): Streams {
  const listeners = new Map<string, Listener>();
  let looking: NodeJS.Timeout | undefined;

  const endSignedOut = async (): Promise<void> => {
    const all = [...listeners.values()].flatMap(({ streams }) => [...streams]);
    const sessions = all.flatMap(({ signIn }) => ('session' in signIn ? [signIn.session] : []));
    const standing = sessions.length > 0 ? await standingSessions(pool, sessions) : new Set<string>();
    const now = Date.now();
    for (const stream of all) {
      const { signIn } = stream;
      if ('session' in signIn ? !standing.has(signIn.session) : signIn.endsAt <= now) stream.end();
    }
  };

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
      // While anybody listens; where the register is away, the next look tells.
      looking ??= setInterval(() => void endSignedOut().catch(onError), everyMs);
      return () => {
        streams.delete(stream);
        if (streams.size > 0 || listeners.get(person) !== listener) return;
        listeners.delete(person);
        listener.stop();
        if (listeners.size > 0) return;
        clearInterval(looking);
        looking = undefined;
      };
    },
  };
}

const endAll = (streams: ReadonlySet<Stream>): void => {
  for (const stream of [...streams]) stream.end();
};
