import type pg from 'pg';
import { locks } from '../db/locks.js';
import { businessClock, stepClock } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import { settleCase } from '../db/register/settle-case.js';
import { thoughtlessScopes, type HandOver } from '../engine/register/hand-over.js';
import { overdueScopes } from '../engine/register/mailbox.js';
import {
  claimAdvance,
  finishAdvance,
  type Gathering,
  isAdvanceOpen,
  nextInstant,
  quiet,
  type Quiet,
  waitedFor,
} from '../db/register/rehearsal.js';
import { millisecondsOf, type Instant } from '../domain/time/instants.js';

interface RehearsalDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly handOver: HandOver;
  readonly agencies: { readonly baseUrl: string; readonly token: string };
  /** Told that time has moved, so that whoever works by it looks at once. */
  readonly moved?: () => void;
  /** Told that time can go on once this is done. */
  readonly waits?: (gathering: Gathering) => void;
  /** How long the engine may stay restless before an advance gives up and names what is not quiet. */
  readonly patienceMs?: number;
}

const restless = {
  quiet: false,
  thinking: [],
  pendingCalls: 0,
  dueAgenda: 0,
  pendingChanges: 0,
  unsentMessages: 0,
  projectorBehind: false,
  notifierBehind: false,
} as const;
const pollMs = 15;
const pokeAfterMs = 3_000;

/** Moves business time event by event: the clock takes the earliest instant that matters, everybody reacts, and only then it goes on. */
export function createRehearsal({ pool, door, handOver, agencies, moved, waits, patienceMs = 90_000 }: RehearsalDeps) {
  const control = createAgencyClock(agencies);
  let stopping = false;

  /** Waits until nothing moves. Scopes that fell silent are poked on the way: a report of theirs may have died with a process. */
  const untilQuiet = async (): Promise<Quiet> => {
    const begun = performance.now();
    for (let poked = begun; ;) {
      const state = await quiet(pool);
      const now = performance.now();
      // An answer that an agency could not deliver yet belongs to this instant too.
      if (state.quiet && (await control.look()).undelivered === 0) return state;
      if (!state.quiet) for (const one of waitedFor(state)) waits?.(one);
      if (now - begun > patienceMs) return state.quiet ? { ...restless, pendingMessages: 1 } : state;
      if (now - poked > pokeAfterMs) {
        poked = now;
        for (const run of await thoughtlessScopes(pool, 50))
          await handOver.poke(run).catch((error: unknown) => {
            // The engine is away: the advance waits for it.
            throw new Passing('poke', { cause: error });
          });
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  };

  const settleDue = async (now: Instant): Promise<void> => {
    for (;;) {
      const due = await overdueScopes(pool, now, 500);
      const cases = new Set(due.map((one) => one.caseCode));
      for (const caseCode of cases) {
        await settleCase(door, caseCode, now);
      }
      if (due.length < 500) return;
    }
  };

  /** Business time is `at` now: for the register, for the agencies (who answer what falls due) and for every clock of a case. */
  const arriveAt = async (at: Instant): Promise<void> => {
    const now = await stepClock(pool, at);
    await control.set(now);
    moved?.();
    await settleDue(now);
  };

  const advanceTo = async (target: Instant): Promise<Quiet> => {
    for (;;) {
      const state = await untilQuiet();
      if (!state.quiet) return state;
      const { now } = await businessClock(pool);
      const next = earliest([await nextInstant(pool), (await control.look()).at]);
      if (next === null || millisecondsOf(next) > millisecondsOf(target)) break;
      await arriveAt(millisecondsOf(next) < millisecondsOf(now) ? now : next);
    }
    await arriveAt(target);
    return untilQuiet();
  };

  return {
    /** Leaves an advance that is under way to the next worker. */
    stop(): void {
      stopping = true;
    },
    /** Carries out the advance that was asked for; true where there was one. An advance a dead process left behind is taken up again. */
    async runOnce(): Promise<boolean> {
      const { mode, now } = await businessClock(pool);
      if (mode === 'real' || stopping) return false;
      const theirs = await control.ensure(now);
      // A register that was restored: time went on for everybody else, and goes back for nobody.
      if (millisecondsOf(theirs) > millisecondsOf(now)) await arriveAt(theirs);
      if (!(await isAdvanceOpen(pool))) return false;
      const session = await pool.connect();
      try {
        const { rows } = await session.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
          locks.rehearsal,
        ]);
        return rows[0]?.mine === true && (await carryOut());
      } finally {
        // The lock goes with the session.
        session.release(true);
      }
    },
  };

  async function carryOut(): Promise<boolean> {
    const advance = await claimAdvance(pool);
    if (!advance) return false;
    try {
      const end = await advanceTo(advance.target);
      await finishAdvance(pool, advance.id, end.quiet ? 'quiet' : 'restless', end.quiet ? null : end);
    } catch (error) {
      // The register or an agency is away: the advance stays claimed and the next round goes on with it.
      if (isPassing(error)) throw error;
      await finishAdvance(pool, advance.id, 'failed', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
    return true;
  }
}

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((a, b) => (a === null || (b !== null && millisecondsOf(b) < millisecondsOf(a)) ? b : a), null);

/** Goes away by itself: the advance is taken up again. */
class Passing extends Error {}

function isPassing(error: unknown): boolean {
  if (error instanceof Passing) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code === 'OVERLOADED' || code.startsWith('ECONN') || code.startsWith('57') || code.startsWith('08');
}

/** The business clock of the stub agencies: they live on the rehearsal's time. */
function createAgencyClock({ baseUrl, token }: RehearsalDeps['agencies']) {
  let told = false;
  const ask = async (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, `${baseUrl}/`), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: unknown) => {
      throw new Passing(`${method} ${path}`, { cause: error });
    });
    if (response.status >= 500) throw new Passing(`${method} ${path}: ${response.status}`);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const set = async (now: Instant): Promise<void> => {
    await ask('PUT', 'control/clock', { now });
    told = true;
  };
  return {
    set,
    /** Tells the agencies once that time is rehearsed, before they answer anything by the real clock; answers their time where it is later. */
    ensure: async (now: Instant): Promise<Instant> => {
      if (told) return now;
      const { mode, now: theirs } = (await ask('GET', 'control/clock')) as { mode: 'real' | 'rehearsal'; now: Instant };
      const later = mode === 'rehearsal' && millisecondsOf(theirs) > millisecondsOf(now) ? theirs : now;
      await set(later);
      return later;
    },
    /** The next answer that will fall due, and how many fell due and were not taken. */
    look: async () => (await ask('GET', 'control/next')) as { at: Instant | null; undelivered: number },
  };
}
