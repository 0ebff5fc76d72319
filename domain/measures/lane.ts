import type { Lane } from '../case/case/words.js';
import type { CaseState } from '../case/state.js';
import { allTasks } from '../case/task/state.js';
import { dateOf } from '../time/instants.js';

/** The lane in which a case counts; a trial in none. */
export interface MeasuredLane {
  readonly lane: Lane | null;
  /** The lane of the case is another one now: it was decided when the first decision was known. */
  readonly decidedLate: boolean;
}

/**
 * The lane as it stood at the first decision of any procedure; before that, as it stands. Undecided past its date it counts as green, without a promise: nobody
 * waits for the outcome and then chooses.
 */
export function measuredLane(state: CaseState): MeasuredLane {
  if (state.kind === 'sandbox') return { lane: null, decidedLate: false };
  const { laneAtResult } = state;
  if (!laneAtResult) return { lane: state.lane, decidedLate: false };
  const overdue = [...allTasks(state)].some(
    ({ kind, dueDate, openedAt, completedAt }) =>
      kind === 'lane' &&
      dueDate !== null &&
      dueDate < dateOf(laneAtResult.at) &&
      Date.parse(openedAt) <= Date.parse(laneAtResult.at) &&
      // Where the lane was undecided then, what came at that same instant came after it.
      (completedAt === null || Date.parse(completedAt) >= Date.parse(laneAtResult.at)),
  );
  const lane = laneAtResult.lane === 'undecided' && overdue ? 'green' : laneAtResult.lane;
  return { lane, decidedLate: state.lane !== laneAtResult.lane };
}
