import type pg from 'pg';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** Somebody who works in an agency. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  /** The last day of the absence they are in; null: they are there. */
  readonly absentUntil: PlainDate | null;
  /** Who stands in for them now; null where nobody has accepted to. */
  readonly standIn: { readonly id: string; readonly name: string } | null;
}

/** Who works in an agency, heads first. `on`: the day that absences are looked at. */
export const colleaguesOf = (pool: pg.Pool, agency: string, on: PlainDate): Promise<Colleague[]> =>
  rows<Colleague & pg.QueryResultRow>(
    pool,
    `select p.id, p.name, p.role, d.to_date as "absentUntil",
       case when d.accepted_at is not null and o.active then json_build_object('id', o.id, 'name', o.name) end as "standIn"
     from person p
     left join lateral (
       select * from delegation d where d.person = p.id and d.revoked_at is null and $2::date between d.from_date and d.to_date
       order by d.accepted_at is null, d.declined_at is not null, d.to_date desc limit 1
     ) d on true
     left join person o on o.id = d.delegate
     where p.active and p.agency = $1 order by p.role <> 'head', p.role, p.id`,
    [agency, on],
    'colleagues-of',
  );

/** Who answers for each agency. */
export async function headsByAgency(pool: pg.Pool): Promise<ReadonlyMap<string, string[]>> {
  const found = await rows<{ agency: string; names: string[] }>(
    pool,
    `select agency, array_agg(name order by id) as names from person
     where active and role = 'head' and agency is not null group by agency`,
    [],
    'heads-by-agency',
  );
  return new Map(found.map(({ agency, names }) => [agency, names]));
}
