import type { Instant, PlainDate } from '../../time/instants.js';
import type { PredicateId } from '../../lane/evidence.js';
import type { Lane } from '../case/words.js';
import type { CaseState, GreenLaneState } from '../state.js';
import type { TextRef } from '../words.js';

/** From when on a case was in a lane. */
export interface LaneEntry {
  readonly lane: Lane;
  readonly at: Instant;
}

/** A document given for one of the tests of the green lane. */
export interface LaneEvidence {
  readonly id: string;
  readonly predicate: PredicateId;
  readonly code: string;
  readonly documentId: string;
  readonly givenAt: Instant;
}

/** A hearing before the lane is taken back. */
export interface LaneHearing {
  readonly id: string;
  readonly predicates: readonly PredicateId[];
  readonly reason: TextRef;
  /** Whoever opened it: they do not decide it. */
  readonly by: string | null;
  readonly openedAt: Instant;
  readonly answerBy: PlainDate;
  answeredAt: Instant | null;
  statement: TextRef | null;
  outcome: 'revoked' | 'kept' | null;
}

/** The one that nobody has decided yet. */
export const openHearing = ({ laneHearings }: Pick<GreenLaneState, 'laneHearings'>): LaneHearing | undefined =>
  laneHearings.find(({ outcome }) => outcome === null);

/** Whether its lane may still be decided: not once a decision of some procedure is known, nor after the case has ended. */
export const isLaneOpen = ({
  closed,
  lane,
  laneAtResult,
}: Pick<GreenLaneState, 'closed' | 'lane' | 'laneAtResult'>): boolean =>
  !closed && lane !== 'green' && laneAtResult === null;

/** Its lane; null: it has none. */
export const laneOf = (state: CaseState): Lane | null => (state.kind === 'green-lane' ? state.lane : null);

/** Puts it into this lane, in place; whoever is in it already stays as they came. */
export function enterLane(state: GreenLaneState, lane: Lane, at: Instant): void {
  state.lane = lane;
  if (state.lanes.at(-1)?.lane !== lane) state.lanes.push({ lane, at });
}

/** The lane in which an instant found it: what was decided at that very instant came after. */
export function laneBefore({ lanes, lane }: Pick<GreenLaneState, 'lanes' | 'lane'>, at: Instant): Lane {
  const found = lanes.findLast((entry) => Date.parse(entry.at) < Date.parse(at));
  return (found ?? lanes[0])?.lane ?? lane;
}
