import type pg from 'pg';
import { rows } from '../../pool.js';

/** How far a witness has signed; 0 where it never did. */
export async function cosignedSize(pool: pg.Pool, witness: string): Promise<number> {
  const [found] = await rows<{ size: number }>(
    pool,
    'select coalesce(max(size), 0)::float8 as size from log_cosignature where witness = $1',
    [witness],
  );
  return found?.size ?? 0;
}

/** Keeps the line that a witness signed under the checkpoint of this size. */
export async function addCosignature(pool: pg.Pool, size: number, witness: string, line: string): Promise<void> {
  await pool.query(
    'insert into log_cosignature (size, witness, line, at) values ($1, $2, $3, clock_timestamp()) on conflict do nothing',
    [size, witness, line],
  );
}
