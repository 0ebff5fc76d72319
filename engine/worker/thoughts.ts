import type pg from 'pg';
import { reportDone, type Thought } from '../register/mailbox.js';
import type { ScopeId } from '../words.js';

export interface Thoughts {
  /** Takes the report of a workflow in; never throws, never waits. */
  note(scope: ScopeId, generation: number, doneSeq: number): void;
  /** Writes what is still in hand. */
  flush(): Promise<void>;
}

/**
 * Brings `done_seq` into the register, outside of any workflow's history. A report that is lost with the process is not missed: the sweeper
 * pokes scopes that seem to have stopped thinking, and a poked workflow reports again. `written` is told of each that stands; it must not throw.
 */
export function createThoughts(
  pool: pg.Pool,
  onError: (error: unknown) => void,
  written: (scope: ScopeId) => void = () => undefined,
): Thoughts {
  const latest = new Map<ScopeId, Thought>();
  let writing: Promise<void> | undefined;

  /** Together; where that fails, one by one: a mailbox that somebody holds keeps no other waiting for the sweeper. */
  const report = async (batch: readonly Thought[]): Promise<void> => {
    try {
      await reportDone(pool, batch);
      for (const { scope } of batch) written(scope);
    } catch (error) {
      if (batch.length === 1) onError(error);
      else for (const one of batch) await report([one]);
    }
  };

  const write = async (): Promise<void> => {
    while (latest.size > 0) {
      const batch = [...latest.values()];
      latest.clear();
      await report(batch);
    }
  };

  return {
    note(scope, generation, doneSeq) {
      latest.set(scope, { scope, generation, doneSeq });
      writing ??= write().finally(() => (writing = undefined));
    },
    async flush() {
      await writing;
    },
  };
}
