import type { DossierStatus } from './words.js';

/** What a look at another system comes to, for one dossier. */
export type StatusFinding<T extends DossierStatus> =
  | { readonly is: 'same' }
  /** It lacks what it was told after `after`; null: all of it. */
  | { readonly is: 'missing'; readonly after: T | null }
  | { readonly is: 'different'; readonly ours: T; readonly theirs: DossierStatus };

/** Instants are compared as such: the other side may write them otherwise. */
const isSame = (a: DossierStatus, b: DossierStatus): boolean =>
  a.status === b.status && Date.parse(a.at) === Date.parse(b.at);

/**
 * What another system holds of a dossier against what it was told, in order: it lacks something where it holds nothing, or an earlier one of these; what it was never
 * told is a difference, which nobody writes over.
 */
export function compareStatuses<T extends DossierStatus>(
  told: readonly T[],
  theirs: DossierStatus | null,
): StatusFinding<T> {
  const ours = told.at(-1);
  if (!ours) throw new Error('Nothing was told of it');
  if (theirs === null) return { is: 'missing', after: null };
  if (theirs.status === ours.status) return { is: 'same' };
  const after = told.findLast((one) => isSame(one, theirs));
  return after ? { is: 'missing', after } : { is: 'different', ours, theirs };
}
