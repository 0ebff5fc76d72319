import type { CaseState } from '../case/state.js';

/**
 * Whether two filings of one investor are about the same place: one of their lots is the same, or the zone is: whoever leaves the lot out, or takes the next one,
 * is not taken for somebody else.
 */
export function isSameSite(one: CaseState, other: CaseState): boolean {
  const [a, b] = [lotsOf(one), lotsOf(other)];
  return a.some((lot) => b.includes(lot)) || (zoneOf(one) !== null && zoneOf(one) === zoneOf(other));
}

const lotsOf = ({ sites, site }: CaseState): readonly string[] => sites ?? (site === null ? [] : [site]);
const zoneOf = ({ facts }: CaseState): unknown => facts['project.site.zone'] ?? null;
