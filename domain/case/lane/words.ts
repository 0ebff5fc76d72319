import type { PredicateId } from '../../lane/evidence.js';
import type { PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** What the events of a hearing carry: a lane is taken back only after the investor was heard. */
export interface LanePayloads {
  /** Whoever owns the lane doubts what these tests rest on; the investor has until `answerBy` to speak. */
  laneHearingOpened: {
    hearingId: string;
    predicates: readonly PredicateId[];
    reason: TextRef;
    answerBy: PlainDate;
  };
  laneHearingAnswered: { hearingId: string; statement: TextRef };
  /** The project goes on in the standard lane: what the lane rested on was false. */
  laneRevoked: { hearingId: string; taskId: string; reason: TextRef };
  laneKept: { hearingId: string; taskId: string; reason: TextRef };
}
