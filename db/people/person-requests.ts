import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { rows } from '../pool.js';

const operationOf = (person: string, key: string): string => `person/${person}/${key}`;

/**
 * Before a case is opened: refuses `IDEMPOTENCY_KEY_REUSED` where the key answered a request that was no act of a case. What acts it answered the door knows, which
 * looks at both where the case is there already.
 */
export async function requireFreshKey(pool: pg.Pool, person: string, key: string): Promise<void> {
  const [taken] = await rows(
    pool,
    'select 1 from person_request where person = $1 and key = $2',
    [person, key],
    'fresh-key',
  );
  if (taken) refuse('IDEMPOTENCY_KEY_REUSED');
}

/**
 * Whether this request of a person, which is no act of a case, was answered before under its key. Refuses `IDEMPOTENCY_KEY_REUSED` where the key answered
 * another one, an act of a case included.
 */
export async function isRepeated(pool: pg.Pool, person: string, key: string, hash: string): Promise<boolean> {
  const [row] = await rows<{ hash: string | null; act: boolean }>(
    pool,
    `select (select hash from person_request where person = $1 and key = $2) as hash,
       exists (select from operation where operation_id = $3) as act`,
    [person, key, operationOf(person, key)],
    'is-repeated',
  );
  if (row?.act || (row?.hash ?? hash) !== hash) refuse('IDEMPOTENCY_KEY_REUSED');
  return row?.hash === hash;
}

/** Binds the key to the request that it answered, for good. */
export async function bindRequest(pool: pg.Pool, person: string, key: string, hash: string): Promise<void> {
  await rows(
    pool,
    'insert into person_request (person, key, hash) values ($1, $2, $3) on conflict do nothing',
    [person, key, hash],
    'bind-request',
  );
}
