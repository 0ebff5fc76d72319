import type pg from 'pg';
import { type Role } from '../domain/case/events.js';
import { refuse } from '../domain/errors.js';
import { type PlainDate } from '../domain/time.js';
import { rows } from './pool.js';

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

/** Powers of attorney of a representative that hold on that day, both ends counted. */
export async function powersOf(pool: pg.Pool, representative: string, on: PlainDate): Promise<PowerOfAttorney[]> {
  return rows(
    pool,
    `select grantor, acts, procedures, from_date as "from", to_date as "to" from power_of_attorney
     where representative = $1 and $2 between from_date and to_date and revoked_at is null order by grantor, from_date`,
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

/** `none`; `party` = investor of the case or representative; `agency` = own agency has something to do in it; `all` = may read every case. */
export type CaseAccess = 'none' | 'party' | 'agency' | 'all';

/** What a person may have to do with a case. `on`: the day for powers of attorney. An unknown case is `none`, save for those who may read all. */
export async function caseAccess(
  pool: pg.Pool,
  person: Pick<Person, 'id' | 'role' | 'agency'>,
  caseCode: string,
  on: PlainDate,
): Promise<CaseAccess> {
  const is = async (text: string, values: readonly unknown[]) => (await rows(pool, text, values)).length > 0;
  switch (person.role) {
    case 'leader':
    case 'auditor':
    case 'admin':
    case 'operator':
      return 'all';
    case 'investor':
      return (await is('select 1 from case_head where code = $1 and investor = $2', [caseCode, person.id]))
        ? 'party'
        : 'none';
    case 'representative':
      return (await is(
        `select 1 from case_head h join power_of_attorney p on p.grantor = h.investor
         where h.code = $1 and p.representative = $2 and $3 between p.from_date and p.to_date and p.revoked_at is null`,
        [caseCode, person.id, on],
      ))
        ? 'party'
        : 'none';
    case 'expert':
      return (await is('select 1 from council_seat where case_code = $1 and person = $2', [caseCode, person.id]))
        ? 'agency'
        : 'none';
    case 'receiving-officer':
    case 'officer':
    case 'head':
      return (await is(
        `select 1 from case_agency where case_code = $1 and agency = $2
         union all select 1 from council_seat where case_code = $1 and person = $3`,
        [caseCode, person.agency, person.id],
      ))
        ? 'agency'
        : 'none';
  }
}
