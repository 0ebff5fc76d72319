import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { callForStep } from '../activities/index.js';
import { callDue, claimItems, postpone, stepOfCallItem, strikeOff, type AgendaItem } from '../db/register/agenda.js';
import { businessNow } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import { readState } from '../db/register/kept-state.js';
import { type LawSource } from '../db/law/live-law.js';
import { type AgencyCallPolicy } from '../domain/case/activities.js';
import { caseCodeOf } from '../domain/case/scope.js';
import { errors, Refusal } from '../domain/errors.js';

interface CallsDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly law: LawSource;
  readonly client: AgencyClient;
  /** How often one call is tried before its step becomes an officer's task. */
  readonly calls: AgencyCallPolicy;
  readonly callsPerSecond: number;
  readonly onError: (error: unknown, about: string) => void;
  /** Told that one has ended, or may be tried again: there may be something to begin. */
  readonly done: () => void;
}

export interface Calls {
  /** Begins as many calls as there is room for; the number of those it began. */
  begin(): Promise<number>;
  /** When none is under way any more. */
  settled(): Promise<void>;
}

const atOnce = 20;
const patienceMs = 20_000;
/** Longer than any call: a worker that dies gives its calls back. */
const claimMs = 30_000;
const longestWaitMs = 60_000;

/**
 * Makes the calls that steps need and nothing else of their story rests on: look-ups, and sending the decision on. They stand on the agenda in the transaction of
 * the step's beginning; what comes of one is a command. The key of a call is that of its step, so that asking again is asking once.
 */
export function createCalls(deps: CallsDeps): Calls {
  const { pool, callsPerSecond, onError, done } = deps;
  const underWay = new Set<Promise<void>>();
  let allowance = callsPerSecond;
  let at = performance.now();
  const room = (): number => {
    const now = performance.now();
    allowance = Math.min(callsPerSecond, allowance + ((now - at) / 1000) * callsPerSecond);
    at = now;
    return Math.min(atOnce - underWay.size, Math.floor(allowance));
  };
  return {
    begin: async () => {
      const limit = room();
      if (limit <= 0) return 0;
      const items = await claimItems(pool, callDue, { limit, forMs: claimMs });
      allowance -= items.length;
      for (const item of items) {
        const work = make(deps, item)
          .catch((error: unknown) => onError(error, item.ref))
          .finally(() => {
            underWay.delete(work);
            done();
          });
        underWay.add(work);
      }
      return items.length;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function make(deps: CallsDeps, item: AgendaItem): Promise<void> {
  const { pool, calls, onError, done } = deps;
  try {
    await attempt(deps, item, item.attempts + 1 >= calls.attempts);
    await strikeOff(pool, item.id, await businessNow(pool));
  } catch (error) {
    if (!(error instanceof Refusal)) onError(error, item.ref);
    const waitMs = Math.min(calls.firstRetryMs * 2 ** item.attempts, longestWaitMs);
    await postpone(pool, item.id, waitMs);
    setTimeout(done, waitMs + 20).unref();
  }
}

/** Throws where it is to be tried again. `last`: whatever it comes to is the answer. */
async function attempt({ pool, door, law, client }: CallsDeps, item: AgendaItem, last: boolean): Promise<void> {
  const { scope, step, round } = stepOfCallItem(item);
  const state = await readState(pool, caseCodeOf(scope));
  const procedure = state?.procedures[scope];
  const begun = procedure?.steps[step];
  // Done by hand, begun anew, withdrawn: nobody waits for it any more.
  if (!state || !procedure || procedure.closed || begun?.round !== round || begun.completedAt || begun.failed) return;
  const definition = law.current().law.procedureVersion(procedure.procedure, procedure.version, state.facts);
  let result: { outcome: string | null; reference: string | null; failure: string | null };
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await callForStep({ pool, client }, { procedure, definition, step, round }, signal);
    result = { ...answer, failure: null };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'INTERNAL';
    if (!last && errors[code].retryable) throw error;
    if (!last && code === 'INTERNAL') throw error;
    result = { outcome: null, reference: null, failure: code };
  }
  try {
    await door.handle({
      caseCode: state.code,
      command: { type: 'finishCall', procedure: scope, step, round, ...result },
      actor: { kind: 'engine', scope },
      occurredAt: await businessNow(pool),
      operationId: `call/${item.ref}`,
      bodyHash: createHash('sha256').update(JSON.stringify(result)).digest('hex'),
    });
  } catch (error) {
    // The case went another way meanwhile, or this was booked before: nobody waits.
    if (!(error instanceof Refusal) || errors[error.code].retryable) throw error;
  }
}
