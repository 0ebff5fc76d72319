import type { Lane } from '../case/case/words.js';
import { laneBefore } from '../case/lane/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import { termsOf } from '../case/promise/terms.js';
import type { CaseState, GreenLaneState } from '../case/state.js';
import { allTasks } from '../case/task/state.js';
import type { Law } from '../law/law.js';
import { ifPublished } from '../time/calendar.js';
import { breachInstant, viewLedger } from '../time/clock.js';
import { addDays, dateOf, plainDate, startOf, type Instant } from '../time/instants.js';

/** The lane in which a case counts; a trial in none. */
export interface MeasuredLane {
  readonly lane: Lane | null;
  /** The lane of the case is another one now: it was decided when the first decision, or the first broken term, was known. */
  readonly decidedLate: boolean;
}

/**
 * The lane as it stood at the first decision of any procedure or when the first term was broken, whichever came first; before that, as it stands. Undecided when
 * a term was broken, or past its own date at the decision, it counts as green, without a promise: nobody waits for the outcome and then chooses.
 */
export function measuredLane(state: CaseState, law: Law): MeasuredLane {
  if (state.kind === 'sandbox') return { lane: null, decidedLate: false };
  const { laneAtResult } = state;
  const broken = firstBrokenAt(state, law);
  if (broken !== null && (laneAtResult === null || Date.parse(broken) <= Date.parse(laneAtResult.at))) {
    const then = laneBefore(state, broken);
    return { lane: then === 'undecided' ? 'green' : then, decidedLate: state.lane !== then };
  }
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

/** When the first term of a procedure was broken, that of the law or the promised one; null: none was, as far as the case has come. */
export function firstBrokenAt(state: GreenLaneState, law: Law): Instant | null {
  const broken = Object.values(state.procedures)
    .flatMap((procedure) => [legalTermBroken(procedure, law), promiseBroken(procedure)])
    .filter((at): at is Instant => at !== null && Date.parse(at) <= Date.parse(state.lastAt));
  return broken.reduce<Instant | null>(
    (first, at) => (first === null || Date.parse(at) < Date.parse(first) ? at : first),
    null,
  );
}

function legalTermBroken(procedure: ProcedureState, law: Law): Instant | null {
  if (procedure.ledger.length === 0) return null;
  const { budget, ledger } = termsOf(procedure).statutory;
  const calendar = law.calendar(procedure.calendar);
  return ifPublished(() => breachInstant(calendar, budget, viewLedger(calendar, budget, ledger))) ?? null;
}

/** By the event that said so: the lane it is in since may promise nothing any more. */
function promiseBroken({ rungs }: ProcedureState): Instant | null {
  const missed = rungs.find((rung) => rung.startsWith('target30Missed@'))?.split('@')[1];
  return missed === undefined ? null : startOf(addDays(plainDate(missed), 1));
}
