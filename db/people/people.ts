import type pg from 'pg';
import { type Role } from '../../domain/case/events.js';
import { type Instant } from '../../domain/time/instants.js';
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

/** Who asks, and the business time at which they do: one look for what every request begins with. */
export interface AskingPerson {
  readonly person: Person;
  readonly askedAt: Instant;
}

const asking = async (pool: pg.Pool, id: string, given: string, name: string): Promise<AskingPerson | undefined> => {
  const [found] = await rows<Person & { askedAt: Instant } & pg.QueryResultRow>(
    pool,
    `select p.id, p.name, p.role, p.agency, p.organisation, p.email, p.language, coalesce(c.now, clock_timestamp()) as "askedAt"
     from person p cross join rehearsal_clock c where p.id = ${id} and p.active`,
    [given],
    name,
  );
  if (!found) return undefined;
  const { askedAt, ...person } = found;
  return { person, askedAt };
};

/** The person of that id, while active. */
export const findCaller = (pool: pg.Pool, id: string): Promise<AskingPerson | undefined> =>
  asking(pool, '$1', id, 'find-caller');

/** Who comes as this subject of the sign-on, while active: by the id that the register has for them, else by the account that their first sign-in opened. */
export const findSignedOn = async (pool: pg.Pool, subject: string): Promise<AskingPerson | undefined> =>
  // PostgreSQL knows no NUL, and nobody is called so.
  subject.includes('\0')
    ? undefined
    : asking(
        pool,
        // The id of an account is nobody's name at the sign-on: it is come to by its digest alone.
        `coalesce((select n.id from person n where n.id = $1 and not exists (select from sign_on_account o where o.person = n.id)),
           (select a.person from sign_on_account a where a.digest = sha256(convert_to($1, 'UTF8'))))`,
        subject,
        'find-signed-on',
      );

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

/** Whoever is active in one of these roles: of that agency, or of none where it is null; by role and name. */
export const peopleInRoles = (
  pool: pg.Pool,
  agency: string | null,
  roles: readonly Role[],
): Promise<Pick<Person, 'id' | 'name' | 'role' | 'agency'>[]> =>
  rows<Pick<Person, 'id' | 'name' | 'role' | 'agency'> & pg.QueryResultRow>(
    pool,
    `select id, name, role, agency from person
     where active and erased_at is null and role = any ($2) and agency is not distinct from $1 order by role, name, id`,
    [agency, roles],
    'people-in-roles',
  );
