import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

export type ClockMode = 'real' | 'stepped' | 'ticking';

/** The business clock of the installation. `now` is the register's own time in real mode. */
export interface BusinessClock {
  readonly mode: ClockMode;
  readonly now: Instant;
}

/** Why a process does not start in production on a register that is rehearsed. */
export const rehearsedInProduction =
  'cơ sở dữ liệu chạy theo đồng hồ diễn tập; dùng cơ sở dữ liệu thật, hoặc đặt REHEARSAL_IN_PRODUCTION=yes · the register runs on a rehearsal’s clock; use a real one, or set REHEARSAL_IN_PRODUCTION=yes';

/** Reads it. */
export async function businessClock(pool: pg.Pool): Promise<BusinessClock> {
  const [row] = await rows<BusinessClock>(
    pool,
    'select mode, coalesce(now, clock_timestamp()) as now from rehearsal_clock',
    [],
    'business-clock',
  );
  if (!row) throw new Error('The register has no clock: migrate it first');
  return row;
}

/** Business time: by it every act is dated when it is admitted. One short query. */
export async function businessNow(pool: pg.Pool): Promise<Instant> {
  return (await businessClock(pool)).now;
}

/**
 * Takes the installation out of real time, to stand at `now`, or has a rehearsal's clock run otherwise. Business that was rehearsed is never moved from
 * here: once a case is there, another `now` than the clock's own is refused `CLOCK_KEPT` (null: leave it where it is). Never back to real time.
 */
export async function startRehearsal(
  pool: pg.Pool,
  mode: 'stepped' | 'ticking',
  now: Instant | null,
): Promise<BusinessClock> {
  const changed = await rows(
    pool,
    `update rehearsal_clock set mode = $1, now = case when mode = 'real' then coalesce($2, clock_timestamp()) else coalesce($2, now) end
     where not exists (select 1 from case_head) or (mode <> 'real' and ($2::timestamptz is null or $2 = now)) returning 1`,
    [mode, now],
  );
  const clock = await businessClock(pool);
  if (changed.length > 0) return clock;
  if (clock.mode === 'real') refuse('REHEARSAL_REFUSED', { reason: 'cases were filed in real time' });
  return refuse('CLOCK_KEPT', { now: clock.now });
}

/** Moves a rehearsal's clock forward to `to`; it never goes back. Refuses `REHEARSAL_REFUSED` in real time. */
export async function stepClock(pool: pg.Pool, to: Instant): Promise<Instant> {
  const [row] = await rows<{ now: Instant }>(
    pool,
    `update rehearsal_clock set now = greatest(now, $1) where mode <> 'real' returning now`,
    [to],
  );
  return row ? row.now : refuse('REHEARSAL_REFUSED', { mode: 'real' });
}
