import type pg from 'pg';
import { publishingSteps } from '../../domain/law/agency-systems.js';
import { type Filing } from '../../domain/lane/screening.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Page, pageOf, placeOf } from './keyset.js';

/**
 * That a dossier was received, as the law has it published: project, objective, place, investor, time (Decree 96/2026/NĐ-CP Art. 6.1c). Never
 * the code of the case: it is half of what opens the public look-up.
 */
export interface Publication {
  readonly step: string;
  readonly publishedAt: Instant;
  readonly dossierCode: string;
  readonly procedure: string;
  readonly version: string;
  readonly agency: string;
  readonly receivedAt: Instant;
  /** What was filed; null once the filing was erased. */
  readonly filed: {
    readonly project: Filing['project']['name'];
    readonly objective: Filing['project']['summary'];
    readonly place: Pick<Filing['project']['site'], 'zone' | 'lot' | 'areaM2'>;
    readonly investor: string;
  } | null;
}

// Written out, not a parameter: only so does the partial index `step_published` serve.
const published = publishingSteps.map((code) => `'${code}'`).join(', ');

/** Newest first. Refuses `VALIDATION_FAILED` for a cursor it never gave. */
export async function listPublications(
  pool: pg.Pool,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<Page<Publication>> {
  const place = placeOf(cursor, ['instant', 'text']);
  const values: unknown[] = [limit + 1];
  // The first condition walks the index, the second tells publications of one instant apart.
  const after = place ? 'and s.completed_at <= $2::timestamptz and (s.completed_at, p.dossier_code) < ($2, $3)' : '';
  if (place) values.push(...place);
  const found = await rows<Omit<Publication, 'filed'> & { body: Filing | null }>(
    pool,
    `select s.code as step, s.completed_at as "publishedAt", p.dossier_code as "dossierCode", p.procedure, p.version,
       p.handling_agency as agency, p.received_at as "receivedAt", f.body
     from step s join procedure p on p.scope = s.scope left join filing f on f.case_code = s.case_code
     where s.code in (${published}) and s.completed_at is not null and p.dossier_code is not null ${after}
     order by s.completed_at desc, p.dossier_code desc limit $1`,
    values,
  );
  const items = found.map(({ body, ...rest }) => ({ ...rest, filed: body && filedOf(body) }));
  return pageOf(items, limit, (one) => [one.publishedAt, one.dossierCode]);
}

function filedOf({ project, investor }: Filing): NonNullable<Publication['filed']> {
  const { zone, lot, areaM2 } = project.site;
  return { project: project.name, objective: project.summary, place: { zone, lot, areaM2 }, investor: investor.name };
}
