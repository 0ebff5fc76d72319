import type pg from 'pg';
import { type Role } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** Somebody the register knows. Role and agency come from here, never from a token. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly organisation: string | null;
  readonly email: string;
  readonly language: 'vi' | 'en';
}

/** For whom somebody may act, in what and how long. */
export interface PowerOfAttorney {
  readonly grantor: string;
  readonly acts: readonly string[];
  /** null = every procedure. */
  readonly procedures: readonly string[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** The person of that id, while active. */
export async function findPerson(pool: pg.Pool, id: string): Promise<Person | undefined> {
  const [found] = await rows<Person & pg.QueryResultRow>(
    pool,
    'select id, name, role, agency, organisation, email, language from person where id = $1 and active',
    [id],
    'find-person',
  );
  return found;
}

/** These people as the register knows them, also those who have left; who is unknown or erased is left out. */
export async function findPeople(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person & { readonly active: boolean }>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Person & { active: boolean } & pg.QueryResultRow>(
    pool,
    'select id, name, role, agency, organisation, email, language, active from person where id = any ($1) and erased_at is null',
    [[...new Set(ids)]],
    'find-people',
  );
  return new Map(found.map((one) => [one.id, one]));
}

/** Powers of attorney of a representative that hold on that day, both ends counted: accepted and not taken back. */
export async function powersOf(pool: pg.Pool, representative: string, on: PlainDate): Promise<PowerOfAttorney[]> {
  return rows(
    pool,
    `select grantor, acts, procedures, from_date as "from", to_date as "to" from power_of_attorney
     where representative = $1 and $2 between from_date and to_date and accepted_at is not null and revoked_at is null order by grantor, from_date`,
    [representative, on],
    'powers-of',
  );
}

/** An act by command name, in one procedure or (null) in the case as a whole. */
export interface RepresentedAct {
  readonly representative: string;
  readonly grantor: string;
  readonly act: string;
  readonly procedure: string | null;
  readonly on: PlainDate;
}

/** Refuses `OUTSIDE_POWER_OF_ATTORNEY` unless a power that holds on that day covers the act. One limited to some procedures covers no other act. */
export async function checkPowerOfAttorney(pool: pg.Pool, asked: RepresentedAct): Promise<void> {
  const powers = await powersOf(pool, asked.representative, asked.on);
  const covers = powers.some(
    ({ grantor, acts, procedures }) =>
      grantor === asked.grantor &&
      acts.includes(asked.act) &&
      (procedures === null || (asked.procedure !== null && procedures.includes(asked.procedure))),
  );
  if (!covers) refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: asked.act, procedure: asked.procedure });
}
