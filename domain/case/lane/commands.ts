import type { PredicateId } from '../../lane/evidence.js';

/** What people want of the lane: the investor, and whoever owns it. */
export type LaneCommand =
  | { readonly type: 'proposeLane'; readonly reason: string }
  /** What proves one of the tests of the green lane; `code`: which kind of document it is. */
  | {
      readonly type: 'giveEvidence';
      readonly predicate: PredicateId;
      readonly code: string;
      readonly documentId: string;
    }
  /** Whoever owns the lane doubts what some of its tests rest on. */
  | { readonly type: 'openLaneHearing'; readonly predicates: readonly PredicateId[]; readonly reason: string }
  | { readonly type: 'answerLaneHearing'; readonly statement: string };
