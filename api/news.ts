import { type Pool } from 'pg';
import { type Bell } from '../db/bell.js';
import { type FeedPosition, feedEnd, readFeed } from '../db/register/feed.js';

/** That something happened in a case, and how far it has come; nothing of what. */
export interface CaseNews {
  readonly case: string;
  readonly caseSeq: number;
}

/** Tells whoever listens in this process what happened in cases, in the order of the feed, as soon as nothing can appear before it any more. */
export interface News {
  /** `over`: the process ends, or the register was away and news may be missing. Answers how to stop listening. */
  listen(hear: (news: readonly CaseNews[]) => void, over: () => void): () => void;
  stop(): void;
}

/** How often it looks by itself: a ring comes with the commit, the horizon a moment later. */
const lookMs = 1_000;
const mostAtOnce = 500;

interface NewsOptions {
  readonly pool: Pool;
  readonly bell?: Pick<Bell, 'on'>;
  readonly onError: (error: unknown) => void;
}

/** See `News`. While nobody listens the register is not asked. */
export function createNews({ pool, bell, onError }: NewsOptions): News {
  const listeners = new Set<{ readonly hear: (news: readonly CaseNews[]) => void; readonly over: () => void }>();
  let position: FeedPosition | undefined;
  let looking = false;
  let watching: { readonly timer: NodeJS.Timeout; readonly off: () => void } | undefined;

  const everyone = (tell: (one: { hear: (news: readonly CaseNews[]) => void; over: () => void }) => void) => {
    for (const one of [...listeners]) tell(one);
  };

  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      position ??= await feedEnd(pool);
      for (;;) {
        const events = await readFeed(pool, position, mostAtOnce);
        const last = events.at(-1);
        if (last === undefined) break;
        position = last;
        const newest = new Map(events.map(({ caseCode, seq }) => [caseCode, seq]));
        everyone(({ hear }) => hear([...newest].map(([code, caseSeq]) => ({ case: code, caseSeq }))));
        if (events.length < mostAtOnce) break;
      }
    } catch (error) {
      onError(error);
      // Nobody knows what is missed meanwhile: who listens begins anew.
      position = undefined;
      everyone(({ over }) => over());
    } finally {
      looking = false;
    }
  };

  const rest = (): void => {
    if (watching === undefined || listeners.size > 0) return;
    clearInterval(watching.timer);
    watching.off();
    watching = undefined;
    position = undefined;
  };

  return {
    listen(hear, over) {
      const one = { hear, over };
      listeners.add(one);
      if (watching === undefined) {
        const wake = () => void look();
        const timer = setInterval(wake, lookMs);
        timer.unref();
        watching = { timer, off: bell?.on('events', wake) ?? (() => undefined) };
        wake();
      }
      return () => {
        listeners.delete(one);
        rest();
      };
    },
    stop() {
      everyone(({ over }) => over());
      listeners.clear();
      rest();
    },
  };
}
