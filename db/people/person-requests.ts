import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

const operationOf = (person: string, key: string): string => `person/${person}/${key}`;

/**
 * When an act of a person is admitted to a case. Refuses `IDEMPOTENCY_KEY_REUSED` where the key answered a request that was no act of a case; what acts it
 * answered, the door knows.
 */
export async function admitAct(pool: pg.Pool, person: string, key: string): Promise<Instant> {
  const [row] = await rows<{ now: Instant; taken: boolean }>(
    pool,
    `select coalesce(now, clock_timestamp()) as now,
       exists (select from person_request where person = $1 and key = $2) as taken from rehearsal_clock`,
    [person, key],
    'admit-act',
  );
  if (!row) throw new Error('The register has no clock: migrate it first');
  return row.taken ? refuse('IDEMPOTENCY_KEY_REUSED') : row.now;
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
