import { rebuildScopes, type RebuildOptions } from '../register/rebuild.js';
import type { WorkflowPort } from '../register/temporal-port.js';
import type { ScopeId } from '../words.js';

export interface ReconcileOptions extends Omit<RebuildOptions, 'only'> {
  readonly port: WorkflowPort;
  readonly onProgress?: (done: number, total: number) => void;
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
export async function reconcile({ pool, raise, port, onProgress }: ReconcileOptions): Promise<Reconciled> {
  const raised = await rebuildScopes({ pool, raise });
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
