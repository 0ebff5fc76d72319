import { type z } from 'zod';
import { type Exchanges } from '../../db/read/exchanges.js';
import { isLaneOpen } from '../../domain/case/lane/state.js';
import { type CaseState } from '../../domain/case/state.js';
import { isOver } from '../../domain/case/task/state.js';
import { type Law } from '../../domain/law/law.js';
import { type LaneNowView } from '../schemas/cases.js';

/** Who decides on the lane until when, and what was decided with why; of a trial nothing. */
export function laneNowView(
  state: CaseState,
  law: Law,
  { lane: decided }: Exchanges,
): z.input<typeof LaneNowView> | null {
  if (state.kind === 'sandbox') return null;
  const waits = state.lane === 'undecided' && isLaneOpen(state);
  const task = Object.values(state.tasks).find((one) => one.kind === 'lane' && !isOver(one));
  return {
    open: isLaneOpen(state),
    agency: waits ? (task?.agency ?? law.laneOwner) : null,
    dueDate: (waits && task?.dueDate) || null,
    decided,
  };
}
