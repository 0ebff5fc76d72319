import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type MemberRole } from '../../domain/people/members.js';
import { powerCovers } from '../../domain/people/party-acts.js';
import { overQuota } from '../../domain/people/quotas.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A power of attorney as both sides see it. */
export interface Power {
  readonly id: string;
  readonly grantor: string;
  /** null once the person is no longer known. */
  readonly grantorName: string | null;
  readonly grantorOrganisation: string | null;
  readonly representative: string;
  /** null once the person is no longer known. */
  readonly representativeName: string | null;
  readonly acts: readonly string[];
  readonly procedures: readonly string[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly grantedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  readonly declinedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

const select = `select w.id::text, w.grantor, g.name as "grantorName", g.organisation as "grantorOrganisation", w.representative, p.name as "representativeName", w.acts, w.procedures, w.from_date as "from",
  w.to_date as "to", w.granted_at as "grantedAt", w.accepted_at as "acceptedAt", w.declined_at as "declinedAt",
  w.revoked_at as "revokedAt"
  from power_of_attorney w left join person p on p.id = w.representative left join person g on g.id = w.grantor`;

/** What somebody granted or holds, the newest term first; ended and revoked ones too. */
export const powersAround = (pool: pg.Pool, personId: string): Promise<Power[]> =>
  rows<Power & pg.QueryResultRow>(
    pool,
    `${select} where (w.grantor = $1 or w.representative = $1) and w.member_as is null order by w.from_date desc, w.id limit 500`,
    [personId],
    'powers-around',
  );

async function findPower(pool: pg.Pool, id: string): Promise<Power | undefined> {
  const [found] = await rows<Power & pg.QueryResultRow>(
    pool,
    `${select} where w.id = $1 and w.member_as is null`,
    [id],
    'find-power',
  );
  return found;
}

const getPower = async (pool: pg.Pool, id: string): Promise<Power> =>
  (await findPower(pool, id)) ?? refuse('NOT_FOUND', { powerOfAttorney: id });

type Grant = Omit<
  Power,
  'grantorName' | 'grantorOrganisation' | 'representativeName' | 'grantedAt' | 'acceptedAt' | 'declinedAt' | 'revokedAt'
> & {
  readonly grantedAt: Instant;
};

/**
 * Offers it to the representative under an id made from its request: the same again is the same, another one under the same key is refused `IDEMPOTENCY_KEY_REUSED`, and
 * `QUOTA_EXCEEDED` where the grantor has `most` that are not over.
 */
export async function grantPower(pool: pg.Pool, grant: Grant, most: number): Promise<Power> {
  const { id, grantor, representative, acts, procedures, from, to, grantedAt } = grant;
  await pool.query(
    `insert into power_of_attorney (id, grantor, representative, acts, procedures, from_date, to_date, granted_at)
     select $1, $2, $3, $4, $5, $6, $7, $8 where (
       select count(*) from power_of_attorney w
       where w.grantor = $2 and w.revoked_at is null and w.declined_at is null and w.to_date >= $9::date
     ) < $10 on conflict (id) do nothing`,
    [id, grantor, representative, acts, procedures, from, to, grantedAt, dateOf(grantedAt), most],
  );
  const kept = (await findPower(pool, id)) ?? overQuota('open-powers-of-attorney', most);
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

/**
 * The representative's answer to a power that was offered to them; only now anything may be done or read under an accepted one. The same answer twice is once.
 * Refuses `PRECONDITION_FAILED` where it was answered otherwise or taken back, `NOT_FOUND` where it was offered to another.
 */
export async function answerPower(
  pool: pg.Pool,
  id: string,
  representative: string,
  answer: 'accepted' | 'declined',
  at: Instant,
): Promise<Power> {
  const column = `${answer}_at`;
  await pool.query(
    `update power_of_attorney set ${column} = $3
     where id = $1 and representative = $2 and accepted_at is null and declined_at is null and revoked_at is null`,
    [id, representative, at],
  );
  const kept = await getPower(pool, id);
  if (kept.representative !== representative) refuse('NOT_FOUND', { powerOfAttorney: id });
  const given = answer === 'accepted' ? kept.acceptedAt : kept.declinedAt;
  return given !== null
    ? kept
    : refuse('PRECONDITION_FAILED', { powerOfAttorney: id, revoked: kept.revokedAt !== null });
}

/** For whom somebody may act, in what and how long. */
export interface PowerOfAttorney {
  readonly grantor: string;
  /** null once the person is no longer known. */
  readonly grantorName: string | null;
  readonly grantorOrganisation: string | null;
  readonly acts: readonly string[];
  /** null = every procedure. */
  readonly procedures: readonly string[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** What they are in the organisation that is the grantor; null: a power of attorney. */
  readonly memberAs: MemberRole | null;
}

/** SQL: the power of attorney `w` is this representative's and holds on that day, both ends counted: accepted and not taken back. */
export const powerHolds = (representative: string, on: string): string =>
  `w.representative = ${representative} and ${on}::date between w.from_date and w.to_date and w.accepted_at is not null and w.revoked_at is null`;

/** The powers of attorney of a representative that hold on that day. */
export async function powersOf(pool: pg.Pool, representative: string, on: PlainDate): Promise<PowerOfAttorney[]> {
  return rows(
    pool,
    `select w.grantor, g.name as "grantorName", g.organisation as "grantorOrganisation", w.acts, w.procedures,
       w.from_date as "from", w.to_date as "to", w.member_as as "memberAs"
     from power_of_attorney w left join person g on g.id = w.grantor where ${powerHolds('$1', '$2')} order by w.grantor, w.from_date`,
    [representative, on],
    'powers-of',
  );
}

/** An act by command name, in one procedure, in the case as a whole (null), or wherever the power reaches (`any`). */
export interface RepresentedAct {
  readonly representative: string;
  readonly grantor: string;
  readonly act: string;
  readonly procedure: string | null | 'any';
  readonly on: PlainDate;
}

/** Refuses `OUTSIDE_POWER_OF_ATTORNEY` unless a power that holds on that day covers the act. One limited to some procedures covers no other act. */
export async function checkPowerOfAttorney(
  pool: pg.Pool,
  { representative, grantor, act, procedure, on }: RepresentedAct,
): Promise<void> {
  const powers = await powersOf(pool, representative, on);
  const covers = powers.some((power) => power.grantor === grantor && powerCovers(power, act, procedure));
  if (!covers) refuse('OUTSIDE_POWER_OF_ATTORNEY', { act, procedure: procedure === 'any' ? null : procedure });
}
