import type { Instant } from '../../time/instants.js';
import type { PredicateId } from '../../lane/evidence.js';
import type { Lane } from '../case/words.js';
import type { CaseState } from '../state.js';

/** A document given for one of the tests of the green lane. */
export interface LaneEvidence {
  readonly id: string;
  readonly predicate: PredicateId;
  readonly code: string;
  readonly documentId: string;
  readonly givenAt: Instant;
}

/** Its lane; null: it has none. */
export const laneOf = (state: CaseState): Lane | null => (state.kind === 'green-lane' ? state.lane : null);
