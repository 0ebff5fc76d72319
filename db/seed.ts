import type pg from 'pg';
import { type CatalogueData } from '../domain/law/catalogue.js';
import { regimeVersion } from '../domain/law/regime.js';
import { type Person } from './people/people.js';
import { createOwnerPool, inTransaction, rows } from './pool.js';

/** One person as seeded; a representative with the power of attorney on which they act. */
export interface SeedPerson extends Person {
  readonly phone: string | null;
  readonly powerOfAttorney: {
    readonly grantor: string;
    readonly acts: readonly string[];
    readonly procedures: readonly string[] | null;
    readonly from: string;
    readonly to: string;
  } | null;
}

/** `{ catalogue: catalogueData(), people }` of `seeds/`. */
export interface SeedData {
  readonly catalogue: CatalogueData;
  readonly people: readonly SeedPerson[];
}

/** Versions that the seeds describe otherwise than the register, where cases rest on them or somebody published them: kept as they were. */
export interface Seeded {
  readonly kept: readonly string[];
}

/**
 * Brings the catalogue and the demonstration people into the register; a second time changes nothing. Runs as the owner of the tables
 * (`MIGRATOR_DATABASE_URL`). A definition that a case rests on is never changed: give it a new version.
 */
export async function seed(target: pg.Pool | string, data: SeedData): Promise<Seeded> {
  if (typeof target !== 'string') return inTransaction(target, (client) => seedInTx(client, data));
  const pool = createOwnerPool(target);
  try {
    return await inTransaction(pool, (client) => seedInTx(client, data));
  } finally {
    await pool.end();
  }
}

async function seedInTx(client: pg.PoolClient, { catalogue, people }: SeedData): Promise<Seeded> {
  const put = (text: string, list: readonly unknown[]) => client.query(text, [JSON.stringify(list)]);
  await client.query(`select pg_advisory_xact_lock(hashtext('seed'))`);
  await put(
    `insert into agency (code, name_vi, name_en, data)
     select a ->> 'code', a -> 'name' ->> 'vi', a -> 'name' ->> 'en', a from json_array_elements($1::json) a
     where not exists (select 1 from law_change l where l.kind = 'agency' and l.code = a ->> 'code' and l.status in ('pending', 'done'))
     on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, data = excluded.data`,
    catalogue.agencies,
  );
  // A later version of a calendar comes by publication alone, which re-dates the clocks that run.
  await put(
    `insert into calendar (code, version, data)
     select c ->> 'code', (c ->> 'version')::int, c from json_array_elements($1::json) c
     where not exists (select 1 from calendar k where k.code = c ->> 'code')`,
    catalogue.calendars,
  );
  const kept = [
    ...(await keptCalendars(client, catalogue)),
    ...(await seedProcedures(client, catalogue.procedures)),
    ...(await seedRegimes(client, catalogue.regimes)),
  ];
  await put(
    `insert into pathway_definition (code, position, data)
     select p ->> 'code', n, p from json_array_elements($1::json) with ordinality as x (p, n)
     on conflict (code) do update set position = excluded.position, data = excluded.data`,
    catalogue.pathways,
  );
  await put(
    `insert into form_definition (code, data) select f ->> 'code', f from json_array_elements($1::json) f
     on conflict (code) do update set data = excluded.data`,
    catalogue.forms,
  );
  await client.query(
    `insert into catalogue_rules (id, as_of, calendar, rules, settings) values (1, $1, $2, $3, $4)
     on conflict (id) do update set as_of = excluded.as_of, calendar = excluded.calendar, rules = excluded.rules, settings = excluded.settings`,
    [catalogue.asOf, catalogue.calendar, JSON.stringify(catalogue.rules), JSON.stringify(catalogue.settings)],
  );
  await seedPeople(put, people);
  return { kept };
}

async function keptCalendars(client: pg.PoolClient, { calendars }: CatalogueData): Promise<string[]> {
  const kept = await rows<{ version: string }>(
    client,
    `select concat(c ->> 'code', '@', c ->> 'version') as version from json_array_elements($1::json) c
     where not exists (select 1 from calendar k where k.code = c ->> 'code' and k.version = (c ->> 'version')::int and k.data::text = c::text)
     order by 1`,
    [JSON.stringify(calendars)],
  );
  return kept.map(({ version }) => version);
}

async function seedProcedures(client: pg.PoolClient, procedures: CatalogueData['procedures']): Promise<string[]> {
  // Versions in use are read from the mandatory truth, the case states would be too many: the projected table names each.
  const list = [JSON.stringify(procedures)];
  await client.query(
    `insert into procedure_definition as d (version, code, valid_from, valid_to, data)
     select p ->> 'version', p ->> 'code', (p ->> 'validFrom')::date, (p ->> 'validTo')::date, p
     from json_array_elements($1::json) p
     on conflict (version) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to, data = excluded.data
     where d.data::text <> excluded.data::text and not exists (select 1 from procedure u where u.version = d.version)
       and not exists (select 1 from law_change l where l.kind = 'procedure' and l.version = d.version
         and (l.status in ('pending', 'done') or l.declined_for is not null))`,
    list,
  );
  const kept = await rows<{ version: string }>(
    client,
    `select d.version from json_array_elements($1::json) p join procedure_definition d on d.version = p ->> 'version'
     where d.data::text <> p::text order by 1`,
    list,
  );
  return kept.map(({ version }) => version);
}

/** Cases keep the version under which they were filed: one that a case rests on stays as it is, a change of a regime is a new version. */
async function seedRegimes(client: pg.PoolClient, regimes: CatalogueData['regimes']): Promise<string[]> {
  const list = [JSON.stringify(regimes.map((regime) => ({ version: regimeVersion(regime), regime })))];
  await client.query(
    `insert into regime as r (version, code, data) select r ->> 'version', r -> 'regime' ->> 'code', r -> 'regime' from json_array_elements($1::json) r
     on conflict (version) do update set data = excluded.data
     where r.data::text <> excluded.data::text
       and not exists (select 1 from case_head h where h.kind = 'sandbox' and h.trial ->> 'version' = r.version)`,
    list,
  );
  const kept = await rows<{ version: string }>(
    client,
    `select k.version from json_array_elements($1::json) r join regime k on k.version = r ->> 'version'
     where k.data::text <> (r -> 'regime')::text order by 1`,
    list,
  );
  return kept.map(({ version }) => version);
}

async function seedPeople(
  put: (text: string, list: readonly unknown[]) => Promise<unknown>,
  people: readonly SeedPerson[],
): Promise<void> {
  await put(
    `insert into person (id, name, role, agency, organisation, email, phone, language)
     select id, name, role, agency, organisation, email, phone, language from json_to_recordset($1::json)
       as p (id text, name text, role text, agency text, organisation text, email text, phone text, language text)
     on conflict (id) do update set name = excluded.name, role = excluded.role, agency = excluded.agency,
       organisation = excluded.organisation, email = excluded.email, phone = excluded.phone, language = excluded.language
     where person.erased_at is null and not exists (select 1 from person_change c where c.person = person.id)`,
    people,
  );
  await put(
    `insert into power_of_attorney (representative, grantor, acts, procedures, from_date, to_date, accepted_at)
     select r, p ->> 'grantor', array(select json_array_elements_text(p -> 'acts')),
       case when json_typeof(p -> 'procedures') = 'array' then array(select json_array_elements_text(p -> 'procedures')) end,
       (p ->> 'from')::date, (p ->> 'to')::date, clock_timestamp()
     from (select r ->> 'id' as r, r -> 'powerOfAttorney' as p from json_array_elements($1::json) r) x
     where json_typeof(p) = 'object'
     on conflict (representative, grantor, from_date) where granted_at is null do update set acts = excluded.acts, procedures = excluded.procedures,
       to_date = excluded.to_date`,
    people,
  );
}
