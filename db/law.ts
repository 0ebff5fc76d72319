import type pg from 'pg';
import { type Agency } from '../domain/agency.js';
import { type CalendarData } from '../domain/calendar.js';
import { buildCatalogue, type Catalogue, type CatalogueData } from '../domain/catalogue.js';
import { type ProcedureDefinition } from '../domain/procedure.js';
import { type PathwayDefinition } from '../domain/schemas/pathway.js';
import { rows } from './pool.js';

export { createLaw } from '../domain/case/law.js';

/** The catalogue as the register has it, the newest version of each calendar, checked and indexed. Throws when nothing was seeded. */
export async function loadCatalogue(pool: pg.Pool): Promise<Catalogue> {
  const [whole] = await rows<Pick<CatalogueData, 'asOf' | 'calendar' | 'rules' | 'settings'>>(
    pool,
    'select as_of as "asOf", calendar, rules, settings from catalogue_rules',
  );
  if (!whole) throw new Error('The register has no catalogue: seed it first');
  const data = async <T>(text: string): Promise<T[]> => (await rows<{ data: T }>(pool, text)).map((row) => row.data);
  return buildCatalogue({
    ...whole,
    agencies: await data<Agency>('select data from agency order by code'),
    procedures: await data<ProcedureDefinition>('select data from procedure_definition order by code, valid_from'),
    pathways: await data<PathwayDefinition>('select data from pathway_definition order by position'),
    calendars: await data<CalendarData>('select distinct on (code) data from calendar order by code, version desc'),
  });
}
