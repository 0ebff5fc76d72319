import type { Agency, Text } from './schemas/agency.js';
import { refuse } from './errors.js';

export type { Agency, Text } from './schemas/agency.js';

/** Every agency of the catalogue, by code. */
export type Agencies = ReadonlyMap<string, Agency>;

/** Indexes agencies by code; a code that occurs twice is DEFINITION_INVALID. */
export function indexAgencies(list: readonly Agency[]): Agencies {
  const index = new Map<string, Agency>();
  for (const agency of list) {
    if (index.has(agency.code)) refuse('DEFINITION_INVALID', { agency: agency.code, reason: 'duplicate code' });
    index.set(agency.code, agency);
  }
  return index;
}

/** The agency of that code; DEFINITION_UNKNOWN when the catalogue has none. */
export function getAgency(agencies: Agencies, code: string): Agency {
  return agencies.get(code) ?? refuse('DEFINITION_UNKNOWN', { agency: code });
}

/** The name people read; `system` and `investor`, who are no agencies, have one too. */
export function nameOfHolder(agencies: Agencies, code: string): Text {
  if (code === 'system') return { vi: 'Hệ thống', en: 'System' };
  if (code === 'investor') return { vi: 'Nhà đầu tư', en: 'Investor' };
  return getAgency(agencies, code).name;
}
