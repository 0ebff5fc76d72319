import type { Agency } from '../schemas/agency.js';
import { refuse } from '../errors.js';

export type { Agency, Text } from '../schemas/agency.js';

/** Every agency of the catalogue, by code. */
export type Agencies = ReadonlyMap<string, Agency>;

/** Indexes agencies by code; a code that occurs twice, or an unknown parent, is DEFINITION_INVALID. */
export function indexAgencies(list: readonly Agency[]): Agencies {
  const index = new Map<string, Agency>();
  for (const agency of list) {
    if (index.has(agency.code)) refuse('DEFINITION_INVALID', { agency: agency.code, reason: 'duplicate code' });
    index.set(agency.code, agency);
  }
  for (const { code, parent } of list) {
    if (parent !== undefined && (parent === code || !index.has(parent)))
      refuse('DEFINITION_INVALID', { agency: code, reason: 'unknown parent', parent });
  }
  return index;
}

/** The agency of that code; DEFINITION_UNKNOWN when the catalogue has none. */
export function getAgency(agencies: Agencies, code: string): Agency {
  return agencies.get(code) ?? refuse('DEFINITION_UNKNOWN', { agency: code });
}
