import { type Client } from '@temporalio/client';
import type pg from 'pg';
import { type Logger } from 'pino';
import { engineOf, noteEngine } from '../db/register/engine-identity.js';
import { type Door } from '../db/register/door.js';
import { type WorkflowPort } from '../engine/register/temporal-port.js';
import { reconcile } from './reconcile.js';

interface EngineWatchDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly port: WorkflowPort;
  /** Which memory answers now; throws while Temporal is away. */
  readonly identity: () => Promise<string>;
  readonly logger: Logger;
  readonly rebuilt?: (scopes: number) => void;
}

/**
 * Sees that Temporal has begun with an empty memory (its data was lost, or it is another server) and rebuilds every open workflow there from the register,
 * without being asked. Cut off in the middle it goes on where it was: the rebuild is named after the new memory.
 */
export function createEngineWatch({ pool, door, port, identity, logger, rebuilt }: EngineWatchDeps) {
  let known: string | undefined;
  return {
    /** One look; resolves to whether something was rebuilt. Asks nothing of the register while the same memory answers. */
    async look(): Promise<boolean> {
      const found = await identity();
      if (found === known) return false;
      const kept = await engineOf(pool);
      if (kept === found || kept === null) {
        if (kept === null) await noteEngine(pool, found);
        known = found;
        return false;
      }
      logger.error({ was: kept, is: found }, 'Temporal has lost its data: rebuilding the workflows from the register');
      const { rebuilt: scopes, left } = await reconcile({ pool, door, port, run: `engine/${found}` });
      await noteEngine(pool, found);
      known = found;
      rebuilt?.(scopes);
      logger.warn({ rebuilt: scopes, left: left.length }, 'the workflows were rebuilt');
      return true;
    },
  };
}

/** The id of the namespace: a server that begins anew gives another one. */
export const namespaceIdentity =
  (client: Client, namespace: string): (() => Promise<string>) =>
  async () => {
    const { namespaceInfo } = await client.withDeadline(Date.now() + 5_000, () =>
      client.workflowService.describeNamespace({ namespace }),
    );
    if (!namespaceInfo?.id) throw new Error(`The namespace ${namespace} has no id`);
    return namespaceInfo.id;
  };
