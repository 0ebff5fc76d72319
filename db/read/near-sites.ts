import type pg from 'pg';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A dossier of another case on a lot that is the same, or could be meant for it. */
export interface NearSite {
  readonly case: string;
  readonly dossierCode: string;
  readonly procedure: string;
  readonly receivedOn: PlainDate;
  /** As its filing spells it; null once erased. */
  readonly lot: string | null;
  /** It is the same lot; else somebody who knows the place is to look. */
  readonly same: boolean;
}

/** Dossiers received for the lots of this case, or for lots that could be mistaken for them, oldest first. */
export async function nearSites(pool: pg.Pool, caseCode: string): Promise<NearSite[]> {
  const found = await rows<Omit<NearSite, 'receivedOn'> & { since: Instant }>(
    pool,
    `select c.case_code as "case", c.dossier_code as "dossierCode", c.procedure, min(c.since) as since,
       f.body #>> '{project,site,lot}' as lot, bool_or(mine.near is false and c.site = mine.site) as same
     from case_site mine join case_site other on other.site = mine.site and other.near = mine.near and other.case_code <> mine.case_code
       join site_claim c on c.case_code = other.case_code and c.released_at is null
       left join filing f on f.case_code = c.case_code
     where mine.case_code = $1
     group by c.case_code, c.dossier_code, c.procedure, f.body #>> '{project,site,lot}' order by min(c.since), c.dossier_code`,
    [caseCode],
    'near-sites',
  );
  return found.map(({ since, ...one }) => ({ ...one, receivedOn: dateOf(since) }));
}
