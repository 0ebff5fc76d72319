import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Advance, findAdvance } from './rehearsal.js';

/**
 * Asks for an advance under an id made from who asked under which key: the same again is the same advance, with another target it is refused
 * IDEMPOTENCY_KEY_REUSED. One at a time: CONFLICT while another is under way.
 */
export async function requestAdvanceOnce(
  pool: pg.Pool,
  { id, to, requestedBy }: { readonly id: string; readonly to: Instant; readonly requestedBy: string },
): Promise<{ readonly advance: Advance; readonly replayed: boolean }> {
  const fresh = await rows(
    pool,
    'insert into rehearsal_advance (id, target, requested_by) values ($1, $2, $3) on conflict do nothing returning id',
    [id, to, requestedBy],
  );
  const advance = await findAdvance(pool, id);
  if (!advance) return refuse('CONFLICT', { advance: 'another one is under way' });
  if (Date.parse(advance.to) !== Date.parse(to)) refuse('IDEMPOTENCY_KEY_REUSED');
  return { advance, replayed: fresh.length === 0 };
}

/** Notes under this id that the clock was set to `to`: an advance that is over at once. */
export async function noteClockSet(
  pool: pg.Pool,
  { id, to, requestedBy }: { readonly id: string; readonly to: Instant; readonly requestedBy: string },
): Promise<void> {
  await pool.query(
    `insert into rehearsal_advance (id, target, requested_by, status, finished_at)
     values ($1, $2, $3, 'quiet', clock_timestamp()) on conflict do nothing`,
    [id, to, requestedBy],
  );
}
