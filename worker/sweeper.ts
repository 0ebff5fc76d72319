import type pg from 'pg';
import { businessClock } from '../db/business-clock.js';
import { type Door } from '../db/door.js';
import { thoughtlessScopes, type HandOver } from '../db/hand-over.js';
import { overdueScopes } from '../db/mailbox.js';
import { type ScopeId } from '../domain/case/scope.js';

interface SweeperDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly handOver: HandOver;
  readonly onError: (error: unknown, scope: ScopeId) => void;
}

const limit = 200;
/** A timer of Temporal is late by a second or two; this is a lost one. */
const lostAfterMs = 60_000;
const firstPokeMs = 20_000;
const longestPauseMs = 600_000;

/** Looks for timers that were lost and for workflows that have fallen silent: a minute is lost by it, never a deadline. */
export function createSweeper({ pool, door, handOver, onError }: SweeperDeps) {
  const silent = new Map<ScopeId, { lastSeq: number; pauseMs: number; pokeAt: number }>();

  /** In real time only: a stepped clock is settled by whoever steps it. */
  const settleOverdue = async (): Promise<number> => {
    const { mode, now } = await businessClock(pool);
    if (mode !== 'real') return 0;
    const overdue = await overdueScopes(pool, new Date(Date.parse(now) - lostAfterMs).toISOString(), limit);
    let settled = 0;
    for (const caseCode of new Set(overdue.map((one) => one.caseCode))) {
      const operationId = `case/${caseCode}/settle/${now}`;
      const settle = { caseCode, command: { type: 'settle' }, actor: { kind: 'clock' } } as const;
      try {
        await door.handle({ ...settle, occurredAt: now, operationId, bodyHash: 'settle' });
        settled += 1;
      } catch (error) {
        onError(error, `case/${caseCode}`);
      }
    }
    return settled;
  };

  /** A scope that was told everything and has not finished thinking: its run may be gone, or its report. Poked at growing intervals. */
  const pokeSilent = async (nowMs: number): Promise<number> => {
    const found = await thoughtlessScopes(pool, limit);
    const seen = new Set(found.map(({ scope }) => scope));
    for (const scope of silent.keys()) if (!seen.has(scope)) silent.delete(scope);
    let poked = 0;
    for (const { scope, kind, generation, lastSeq } of found) {
      const known = silent.get(scope);
      if (known?.lastSeq !== lastSeq) {
        silent.set(scope, { lastSeq, pauseMs: firstPokeMs, pokeAt: nowMs + firstPokeMs });
      } else if (nowMs >= known.pokeAt) {
        const pauseMs = Math.min(known.pauseMs * 3, longestPauseMs);
        silent.set(scope, { lastSeq, pauseMs, pokeAt: nowMs + pauseMs });
        await handOver.poke({ scope, kind, generation }).catch((error: unknown) => onError(error, scope));
        poked += 1;
      }
    }
    return poked;
  };

  return { settleOverdue, pokeSilent };
}
