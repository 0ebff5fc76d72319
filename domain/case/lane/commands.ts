import type { PredicateId } from '../../lane/evidence.js';

/** What an investor asks for about the lane. */
export type LaneCommand =
  | { readonly type: 'proposeLane'; readonly reason: string }
  /** What proves one of the tests of the green lane; `code`: which kind of document it is. */
  | {
      readonly type: 'giveEvidence';
      readonly predicate: PredicateId;
      readonly code: string;
      readonly documentId: string;
    };
