import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { businessNow } from '../../db/business-clock.js';
import { type Door } from '../../db/door.js';
import { rebuildScopes } from '../register/rebuild.js';
import { type WorkflowPort } from '../register/temporal-port.js';
import { type ScopeId } from '../../domain/case/scope.js';

interface ReconcileOptions {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly port: WorkflowPort;
  readonly onProgress?: (done: number, total: number) => void;
  /** Names this rebuild: done again under the same name, no generation is raised twice. Left out: a new one. */
  readonly run?: string;
}

/** What became of the open scopes. */
export interface Reconciled {
  readonly rebuilt: number;
  /** Not started now: the dispatchers of the workers will do it. */
  readonly left: readonly ScopeId[];
}

/**
 * Rebuilds every open workflow from the register: raises each generation, so that nothing that still runs can speak for its scope, and starts a
 * new run that loads. Doing it twice costs a generation and changes nothing else.
 */
export async function reconcile({ pool, door, port, onProgress, run }: ReconcileOptions): Promise<Reconciled> {
  const raised = await rebuildScopes({ pool, door, now: await businessNow(pool), run: run ?? randomUUID() });
  const left: ScopeId[] = [];
  const queue = [...raised];
  let done = 0;
  const starter = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { scope } = next;
      await port.start(next, 10_000, 'anew').catch(() => left.push(scope));
      onProgress?.(++done, raised.length);
    }
  };
  await Promise.all(Array.from({ length: 16 }, starter));
  return { rebuilt: raised.length, left };
}
