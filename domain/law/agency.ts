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
  for (const agency of list) {
    const { code, parent, mergedInto } = agency;
    if (parent !== undefined && (parent === code || !index.has(parent)))
      refuse('DEFINITION_INVALID', { agency: code, reason: 'unknown parent', parent });
    if (mergedInto !== undefined && !index.has(mergedInto))
      refuse('DEFINITION_INVALID', { agency: code, reason: 'unknown successor', mergedInto });
  }
  for (const [code, agency] of index) {
    const parent = agency.parent === undefined ? undefined : successorOf(index, agency.parent);
    if (parent !== agency.parent) index.set(code, withParent(agency, parent === code ? undefined : parent));
  }
  return index;
}

/** Who has to do now what this agency once had to: itself while it exists, else the body it was merged into, and so on. */
export const successorOf = (agencies: Agencies, code: string): string => successionOf(agencies, code).at(-1) ?? code;

/** This agency and, merger by merger, who took its place; who has its work now comes last. */
export function successionOf(agencies: Agencies, code: string): string[] {
  const succession = [code];
  // A ring is refused before it is published; one that is there all the same holds nobody up.
  for (let now = code; succession.length <= agencies.size;) {
    const into = agencies.get(now)?.mergedInto;
    if (into === undefined) break;
    succession.push(into);
    now = into;
  }
  return succession;
}

/** The agencies whose work this one has taken over, itself not among them, by code. */
export const predecessorsOf = (agencies: Agencies, code: string): string[] =>
  [...agencies.keys()].filter((one) => one !== code && successorOf(agencies, one) === code).sort();

/** The agency of that code; DEFINITION_UNKNOWN when the catalogue has none. */
export function getAgency(agencies: Agencies, code: string): Agency {
  return agencies.get(code) ?? refuse('DEFINITION_UNKNOWN', { agency: code });
}

/** Whoever stood under a body that was merged stands under the one that took its place. */
function withParent({ parent: _parent, ...agency }: Agency, parent: string | undefined): Agency {
  return parent === undefined ? agency : { ...agency, parent };
}
