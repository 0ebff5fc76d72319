import type pg from 'pg';
import { reportDone } from '../register/mailbox.js';
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
  const latest = new Map<ScopeId, { generation: number; doneSeq: number }>();
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (latest.size > 0) {
      const batch = [...latest];
      latest.clear();
      await Promise.all(
        batch.map(([scope, report]) =>
          reportDone(pool, { scope, ...report }).then(
            () => written(scope),
            (error: unknown) => onError(error),
          ),
        ),
      );
    }
  };

  return {
    note(scope, generation, doneSeq) {
      latest.set(scope, { generation, doneSeq });
      writing ??= write().finally(() => (writing = undefined));
    },
    async flush() {
      await writing;
    },
  };
}
