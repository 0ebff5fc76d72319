import type pg from 'pg';
import { type Filing } from '../../domain/lane/screening.js';
import { inTransaction, rows } from '../pool.js';
import { siteOf } from './site-claims.js';

/**
 * After an upgrade: lots that an older rule told apart by their spelling are read anew from the filings, and claims with them, none lost. Where two dossiers turn
 * out to claim one lot the earlier one holds it; the later one stands beside it. As the owner of the tables. Answers how many cases; none are left but those
 * whose filing was erased.
 */
export async function rekeySites(pool: pg.Pool): Promise<number> {
  const old = await rows<{ code: string; filing: Filing }>(
    pool,
    `select s.case_code as code, f.body as filing from case_site s join filing f on f.case_code = s.case_code
     left join lateral (select min(c.since) as since from site_claim c where c.case_code = s.case_code) claim on true
     where s.rule < 2 and f.body is not null order by claim.since nulls last, s.case_code`,
    [],
  );
  for (const { code, filing } of old) await inTransaction(pool, (client) => rekey(client, code, filing));
  return old.length;
}

async function rekey(client: pg.PoolClient, code: string, filing: Filing): Promise<void> {
  await client.query('select 1 from case_head where code = $1 for no key update', [code]);
  const site = siteOf(filing);
  // It named a lot by the old rule: what the new one cannot read stays as it is.
  if (!site) return void (await client.query('update case_site set rule = 2 where case_code = $1', [code]));
  await client.query('delete from case_site where case_code = $1', [code]);
  await client.query(
    `insert into case_site (case_code, site, near) select $1, site, false from unnest($2::text[]) site
     union all select $1, site, true from unnest($3::text[]) site`,
    [code, site.lots, site.near],
  );
  await client.query(
    `with gone as (delete from site_claim where case_code = $1 returning *), own as (
       select distinct on (scope) * from gone order by scope
     )
     insert into site_claim (scope, site, case_code, procedure, dossier_code, investor, since, exclusive, open, released_at, contested)
     select o.scope, lot, o.case_code, o.procedure, o.dossier_code, o.investor, o.since, o.exclusive, o.open, o.released_at,
       o.exclusive and o.released_at is null and exists (
         select from site_claim h where h.site = lot and h.case_code <> $1 and h.exclusive and h.released_at is null and not h.contested
       )
     from own o cross join unnest($2::text[]) lot`,
    [code, site.lots],
  );
}
