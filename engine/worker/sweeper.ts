import type pg from 'pg';
import { thoughtlessScopes, type HandOver } from '../register/hand-over.js';
import { overdueScopes, type OverdueScope } from '../register/mailbox.js';
import type { ScopeId, ScopeStart } from '../words.js';

interface SweeperDeps {
  readonly pool: pg.Pool;
  /** Business time, and whether it runs by itself. */
  readonly clock: () => Promise<{ readonly mode: string; readonly now: string }>;
  /** Has the register look at what fell due in a case by `now`. */
  readonly settle: (caseCode: string, now: string) => Promise<void>;
  readonly handOver: HandOver;
  /** A scope that could not be helped, and by which of the two rounds. */
  readonly onError: (error: unknown, scope: ScopeId, loop: 'timers' | 'silence') => void;
}

const pageSize = 200;
/** A timer of Temporal is late by a second or two; this is a lost one. */
const lostAfterMs = 60_000;
const firstPokeMs = 20_000;
const longestPauseMs = 600_000;
/** Pokes under way at once: one that gets no answer keeps the others waiting for a few seconds at most. */
const pokesAtOnce = 8;

/**
 * Looks for timers that were lost and for workflows that have fallen silent: a minute is lost by it, never a deadline. Each round looks at all of them, page by
 * page, and whoever could not be helped waits longer each time: so none of them hides another.
 */
export function createSweeper({ pool, clock, settle, handOver, onError }: SweeperDeps) {
  const silent = new Map<ScopeId, { lastSeq: number; pauseMs: number; pokeAt: number }>();
  const refused = new Map<string, { pauseMs: number; again: number }>();

  /** In real time only: a stepped clock is settled by whoever steps it. `nowMs` is any clock that only goes forward. Resolves to how many cases were helped. */
  const settleOverdue = async (nowMs: number): Promise<number> => {
    const { mode, now } = await clock();
    if (mode !== 'real') return 0;
    const lost = new Date(Date.parse(now) - lostAfterMs).toISOString();
    const seen = new Set<string>();
    let settled = 0;
    for (let after: OverdueScope | undefined; ;) {
      const page = await overdueScopes(pool, lost, pageSize, after);
      for (const { caseCode } of page) {
        if (seen.has(caseCode)) continue;
        seen.add(caseCode);
        const known = refused.get(caseCode);
        if (known && nowMs < known.again) continue;
        try {
          await settle(caseCode, now);
          refused.delete(caseCode);
          settled += 1;
        } catch (error) {
          const pauseMs = Math.min((known?.pauseMs ?? firstPokeMs / 3) * 3, longestPauseMs);
          refused.set(caseCode, { pauseMs, again: nowMs + pauseMs });
          onError(error, `case/${caseCode}`, 'timers');
        }
      }
      after = page.at(-1);
      if (page.length < pageSize) break;
    }
    for (const caseCode of refused.keys()) if (!seen.has(caseCode)) refused.delete(caseCode);
    return settled;
  };

  const pokeAll = async (runs: readonly ScopeStart[]): Promise<void> => {
    const queue = [...runs];
    const poker = async (): Promise<void> => {
      for (let run = queue.shift(); run; run = queue.shift()) {
        const { scope } = run;
        await handOver.poke(run).catch((error: unknown) => onError(error, scope, 'silence'));
      }
    };
    await Promise.all(Array.from({ length: pokesAtOnce }, poker));
  };

  /** A scope that was told everything and has not finished thinking: its run may be gone, or its report. Poked at growing intervals. */
  const pokeSilent = async (nowMs: number): Promise<number> => {
    const seen = new Set<ScopeId>();
    const due: ScopeStart[] = [];
    for (let after: ScopeId = ''; ;) {
      const page = await thoughtlessScopes(pool, pageSize, after);
      for (const { scope, kind, generation, lastSeq } of page) {
        seen.add(scope);
        const known = silent.get(scope);
        if (known?.lastSeq !== lastSeq) {
          silent.set(scope, { lastSeq, pauseMs: firstPokeMs, pokeAt: nowMs + firstPokeMs });
        } else if (nowMs >= known.pokeAt) {
          const pauseMs = Math.min(known.pauseMs * 3, longestPauseMs);
          silent.set(scope, { lastSeq, pauseMs, pokeAt: nowMs + pauseMs });
          due.push({ scope, kind, generation });
        }
      }
      after = page.at(-1)?.scope ?? after;
      if (page.length < pageSize) break;
    }
    for (const scope of silent.keys()) if (!seen.has(scope)) silent.delete(scope);
    await pokeAll(due);
    return due.length;
  };

  return { settleOverdue, pokeSilent };
}
