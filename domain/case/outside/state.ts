import type { Instant } from '../../time/instants.js';
import type { CaseEvent } from '../events.js';
import type { ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { TextRef } from '../words.js';
import type { DossierStatus, OutsideOutcome } from './words.js';

/** Something that another system says and an officer has to settle. */
export interface OutsideMatter {
  readonly id: string;
  /** Of the procedure whose dossier it is about. */
  readonly scope: ScopeId;
  readonly at: Instant;
  readonly about:
    | { readonly kind: 'papers'; readonly filedAt: Instant; readonly note: TextRef | null }
    | {
        readonly kind: 'status';
        readonly system: string;
        readonly ours: DossierStatus;
        readonly theirs: DossierStatus;
      };
  outcome: OutsideOutcome | null;
}

export const findMatter = ({ outside = [] }: Pick<CaseState, 'outside'>, id: string | undefined) =>
  outside.find((one) => one.id === id);

/** The system that is to be told our state of the dossier again, because an officer found its own to be wrong; null: none. */
export function wrongOutside(state: Pick<CaseState, 'outside'>, { type, payload }: CaseEvent): string | null {
  if (type !== 'outsideSettled' || payload.outcome !== 'not-ours') return null;
  const about = findMatter(state, payload.matterId)?.about;
  return about?.kind === 'status' ? about.system : null;
}

/** Whether a system's state of a dossier is known to differ already. */
export const isKnownDifference = (
  { outside = [] }: Pick<CaseState, 'outside'>,
  scope: ScopeId,
  system: string,
  theirs: DossierStatus,
): boolean =>
  outside.some(
    ({ scope: of, about }) =>
      of === scope &&
      about.kind === 'status' &&
      about.system === system &&
      about.theirs.status === theirs.status &&
      about.theirs.at === theirs.at,
  );
