import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { businessNow } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import { raiseGenerations } from '../db/register/generations.js';
import { reconcile as rebuildAll, type Reconciled, type ReconcileOptions } from '../engine/worker/reconcile.js';

interface Options extends Pick<ReconcileOptions, 'port' | 'onProgress'> {
  readonly pool: pg.Pool;
  readonly door: Door;
  /** Names this rebuild: done again under the same name, no generation is raised twice. Left out: a new one. */
  readonly run?: string;
}

/** Rebuilds every open workflow from the register, as of now. */
export async function reconcile({ pool, door, run, ...rest }: Options): Promise<Reconciled> {
  const raise = raiseGenerations(door, await businessNow(pool), run ?? randomUUID());
  return rebuildAll({ pool, raise, ...rest });
}
