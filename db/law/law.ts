import type pg from 'pg';
import { type Agency } from '../../domain/law/agency.js';
import { type CalendarData, compileCalendar } from '../../domain/time/calendar.js';
import { type CalendarAhead } from '../../domain/time/calendar-ahead.js';
import { createLaw, type Law } from '../../domain/law/law.js';
import { buildCatalogue, type Catalogue, type CatalogueData } from '../../domain/law/catalogue.js';
import { type ProcedureDefinition } from '../../domain/law/procedure.js';
import { type FormDefinition } from '../../domain/schemas/forms.js';
import { type Regime } from '../../domain/law/regime.js';
import { type PathwayDefinition } from '../../domain/schemas/pathway.js';
import { millisecondsOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import { cityDataInForce, layOver } from './laid-over.js';

export { createLaw } from '../../domain/law/law.js';

/** The law of one moment. `version` rises with every publication. */
export interface LoadedLaw {
  readonly version: number;
  readonly catalogue: Catalogue;
  readonly law: Law;
}

/** The catalogue as the register has it, the newest version of each calendar, checked and indexed. Throws when nothing was seeded. */
export async function loadCatalogue(pool: pg.Pool): Promise<Catalogue> {
  return (await loadLaw(pool)).catalogue;
}

/** The whole law from one snapshot, with the calendars and settings that publications replaced. Throws when nothing was seeded. */
export function loadLaw(pool: pg.Pool): Promise<LoadedLaw> {
  return inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const { version, ...seeded } = await readSeeded(client);
    const { data, settings } = layOver(seeded, await cityDataInForce(client));
    const catalogue = buildCatalogue(data);
    const calendars = await readPublished(client, data.settings.calendarAhead);
    const mergers = await readMergers(client);
    return { version, catalogue, law: createLaw(catalogue, [...calendars, ...settings, ...mergers].sort(byInstant)) };
  });
}

const byInstant = (a: { readonly at: Instant }, b: { readonly at: Instant }): number =>
  millisecondsOf(a.at) - millisecondsOf(b.at);

/** Everything that holds now, the published data of the City laid over the seeds. Throws when nothing was seeded. */
export async function readCatalogue(client: pg.PoolClient): Promise<CatalogueData> {
  const { version: _version, ...seeded } = await readSeeded(client);
  return layOver(seeded, await cityDataInForce(client)).data;
}

/** The same in a transaction of its own. */
export const readWholeCatalogue = (pool: pg.Pool): Promise<CatalogueData> => inTransaction(pool, readCatalogue);

async function readSeeded(client: pg.PoolClient): Promise<CatalogueData & { version: number }> {
  const [whole] = await rows<Pick<CatalogueData, 'asOf' | 'calendar' | 'rules' | 'settings'> & { version: number }>(
    client,
    'select as_of as "asOf", calendar, rules, settings, version from catalogue_rules',
  );
  if (!whole) throw new Error('The register has no catalogue: seed it first');
  const data = async <T>(text: string): Promise<T[]> => (await rows<{ data: T }>(client, text)).map((row) => row.data);
  return {
    ...whole,
    agencies: await data<Agency>('select data from agency order by code'),
    procedures: await readProcedures(client),
    pathways: await data<PathwayDefinition>('select data from pathway_definition order by position'),
    regimes: await data<Regime>('select data from regime order by version'),
    forms: await data<FormDefinition>('select data from form_definition order by code'),
    calendars: await data<CalendarData>('select distinct on (code) data from calendar order by code, version desc'),
  };
}

/**
 * A version ends at the latest the day before the next one begins, and one taken back is passed over: nothing stored has to be changed for that. What was proposed and
 * never confirmed says nothing; whoever takes a published one back says why.
 */
async function readProcedures(client: pg.PoolClient): Promise<ProcedureDefinition[]> {
  const found = await rows<{ data: ProcedureDefinition; validTo: PlainDate | null }>(
    client,
    `select coalesce(l.data, d.data) as data,
       least(case when l.data is null then d.valid_to else (l.data ->> 'validTo')::date end,
         lead(d.valid_from) over (partition by d.code order by d.valid_from) - 1) as "validTo"
     from procedure_definition d
     left join lateral (select status, data from law_change where kind = 'procedure' and version = d.version
         and (status in ('pending', 'done') or declined_for is not null) order by n desc limit 1) l on true
     where l.status is distinct from 'declined'
     order by d.code, d.valid_from`,
  );
  return found.map(({ data, validTo }) => ({ ...data, validTo }));
}

async function readPublished(client: pg.PoolClient, ahead: CalendarAhead | undefined) {
  const found = await rows<{
    calendar: string;
    version: number;
    document: string;
    at: Instant;
    previous: CalendarData;
  }>(
    client,
    `select l.code as calendar, l.version::int as version, l.document, l.at, p.data as previous
     from law_change l join calendar p on p.code = l.code and p.version = l.version::int - 1
     where l.kind = 'calendar' and l.status in ('pending', 'done') order by l.at, l.n`,
  );
  return found.map(({ previous, ...publication }) => ({ ...publication, previous: compileCalendar(previous, ahead) }));
}

/** Agencies that were merged while cases ran. */
const readMergers = (client: pg.PoolClient) =>
  rows<{ merged: string; into: string; document: string; at: Instant }>(
    client,
    `select code as merged, data ->> 'mergedInto' as into, document, at from law_change
     where kind = 'agency' and status in ('pending', 'done') and data ->> 'mergedInto' is not null order by at, n`,
    [],
    'mergers',
  );
