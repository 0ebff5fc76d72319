import type pg from 'pg';
import { rows } from '../pool.js';

/** Which memory of Temporal the workflows of this register live in; null where no worker has said so yet. */
export async function engineOf(pool: pg.Pool): Promise<string | null> {
  const [row] = await rows<{ engine: string | null }>(pool, 'select engine from installation');
  if (!row) throw new Error('The register has no installation row: migrate it first');
  return row.engine;
}

/** From now on they live in `engine`. Once everything open was rebuilt there, never before. */
export async function noteEngine(pool: pg.Pool, engine: string): Promise<void> {
  await pool.query('update installation set engine = $1 where engine is distinct from $1', [engine]);
}
