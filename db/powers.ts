import type pg from 'pg';
import { refuse } from '../domain/errors.js';
import { type Instant, type PlainDate } from '../domain/time.js';
import { rows } from './pool.js';

/** A power of attorney as both sides see it. */
export interface Power {
  readonly id: string;
  readonly grantor: string;
  readonly representative: string;
  /** null once the person is no longer known. */
  readonly representativeName: string | null;
  readonly acts: readonly string[];
  readonly procedures: readonly string[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly grantedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

const select = `select w.id::text, w.grantor, w.representative, p.name as "representativeName", w.acts, w.procedures, w.from_date as "from",
  w.to_date as "to", w.granted_at as "grantedAt", w.revoked_at as "revokedAt"
  from power_of_attorney w left join person p on p.id = w.representative`;

/** What somebody granted or holds, the newest term first; ended and revoked ones too. */
export const powersAround = (pool: pg.Pool, personId: string): Promise<Power[]> =>
  rows<Power & pg.QueryResultRow>(
    pool,
    `${select} where w.grantor = $1 or w.representative = $1 order by w.from_date desc, w.id limit 500`,
    [personId],
    'powers-around',
  );

async function getPower(pool: pg.Pool, id: string): Promise<Power> {
  const [found] = await rows<Power & pg.QueryResultRow>(pool, `${select} where w.id = $1`, [id], 'get-power');
  return found ?? refuse('NOT_FOUND', { powerOfAttorney: id });
}

type Grant = Omit<Power, 'representativeName' | 'grantedAt' | 'revokedAt'> & { readonly grantedAt: Instant };

/** Grants it under an id made from its request: the same again is the same, another one under the same key is refused `IDEMPOTENCY_KEY_REUSED`. */
export async function grantPower(pool: pg.Pool, grant: Grant): Promise<Power> {
  const { id, grantor, representative, acts, procedures, from, to, grantedAt } = grant;
  await pool.query(
    `insert into power_of_attorney (id, grantor, representative, acts, procedures, from_date, to_date, granted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
    [id, grantor, representative, acts, procedures, from, to, grantedAt],
  );
  const kept = await getPower(pool, id);
  const said = (one: Pick<Grant, 'representative' | 'acts' | 'procedures' | 'from' | 'to'>) =>
    JSON.stringify([one.representative, one.acts, one.procedures, one.from, one.to]);
  return said(kept) === said(grant) ? kept : refuse('IDEMPOTENCY_KEY_REUSED');
}

/** Ends it at once. Twice is once. Whose it is not looks like one that is not there. */
export async function revokePower(pool: pg.Pool, id: string, grantor: string, at: Instant): Promise<Power> {
  await pool.query(
    'update power_of_attorney set revoked_at = $3 where id = $1 and grantor = $2 and revoked_at is null',
    [id, grantor, at],
  );
  const kept = await getPower(pool, id);
  return kept.grantor === grantor ? kept : refuse('NOT_FOUND', { powerOfAttorney: id });
}
