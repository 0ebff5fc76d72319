import type pg from 'pg';
import { cityKinds, withCityData, type CityData } from '../../domain/law/city-data.js';
import { type CatalogueData } from '../../domain/law/catalogue.js';
import { type Settings } from '../../domain/schemas/settings.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

const isInForce = `status in ('pending', 'done')`;
const cityKind = `kind in (${cityKinds.map((kind) => `'${kind}'`).join(', ')})`;

/** A change of the City's data as the register keeps it. */
export interface KeptCityData {
  readonly id: string;
  readonly change: CityData;
  readonly document: string;
  readonly at: Instant;
}

/** What is in force, in the order in which it came; agencies stand in their own table. */
export async function cityDataInForce(client: pg.PoolClient | pg.Pool): Promise<KeptCityData[]> {
  const found = await rows<{ id: string; kind: string; code: string; data: unknown; document: string; at: Instant }>(
    client,
    `select id, kind, code, data, document, at from law_change where ${cityKind} and kind <> 'agency' and ${isInForce} order by at, n`,
    [],
    'city-data-in-force',
  );
  return found.map(({ id, kind, code, data, document, at }) => ({
    id,
    document,
    at,
    change: { kind, code, data } as CityData,
  }));
}

/** The seeded catalogue with all of it, and the settings as they stood before each change of them. */
export function layOver(
  data: CatalogueData,
  kept: readonly KeptCityData[],
): { data: CatalogueData; settings: readonly { at: Instant; document: string; previous: Settings }[] } {
  let catalogue = data;
  const settings: { at: Instant; document: string; previous: Settings }[] = [];
  for (const { change, at, document } of kept) {
    if (change.kind === 'setting' || change.kind === 'list')
      settings.push({ at, document, previous: catalogue.settings });
    catalogue = withCityData(catalogue, change);
  }
  return { data: catalogue, settings };
}
