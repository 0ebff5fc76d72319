import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { rows } from '../pool.js';

/** Binds a key of a person to the request of a bulk act, once; another request under it is refused `IDEMPOTENCY_KEY_REUSED`. */
export async function bindBulkRequest(pool: pg.Pool, person: string, key: string, bodyHash: string): Promise<void> {
  await rows(pool, 'insert into bulk_request (person, key, body_hash) values ($1, $2, $3) on conflict do nothing', [
    person,
    key,
    bodyHash,
  ]);
  const [bound] = await rows<{ body_hash: string }>(
    pool,
    'select body_hash from bulk_request where person = $1 and key = $2',
    [person, key],
  );
  if (bound?.body_hash !== bodyHash) refuse('IDEMPOTENCY_KEY_REUSED', { key });
}
