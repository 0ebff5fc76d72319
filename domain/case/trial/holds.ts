import { addWorkingDays, ifPublished } from '../../time/calendar.js';
import { refuse } from '../../errors.js';
import { addDays, dateOf, startOf, type Instant } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import { allTasks, type TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { HoldCause } from './words.js';
import { caseScope } from '../scope.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { trialOf } from './parties.js';

/** Stops a running trial at once; one that stands still already is not stopped again. The competent person confirms or lifts it within a working day. */
export function placeHold(draft: Draft, cause: HoldCause): void {
  const trial = trialOf(draft);
  if (trial.phase !== 'running') return;
  const holdId = `H${Object.keys(trial.holds).length + 1}`;
  draft.emit('holdPlaced', caseScope(draft.state.code), { holdId, cause, confirmBy: confirmBy(draft) });
}

/** The end of the next working day; where nobody has published that calendar, of the next day: a hold is never longer for want of a calendar. */
function confirmBy({ law, now }: Draft): Instant {
  const today = dateOf(now);
  return startOf(addDays(ifPublished(() => addWorkingDays(law.caseCalendar, today, 1)) ?? addDays(today, 1), 1));
}

/** Confirmed, the trial stands still until it is resumed; lifted, it runs on. */
export function decideHold(draft: Draft, task: TaskState, completion: Completion): void {
  const confirms = outcomeOf('hold', completion) === 'confirm';
  const hold = trialOf(draft).holds[aboutOf(task, 'hold')?.holdId ?? ''] ?? refuse('NOT_FOUND', { task: task.id });
  if (hold.status !== 'placed') refuse('PRECONDITION_FAILED', { hold: hold.status });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, { outcome: completion.outcome });
  const decided = { holdId: hold.id, taskId: task.id, reason };
  draft.emit(confirms ? 'holdConfirmed' : 'holdLifted', task.scope, decided);
}

/** Nobody has confirmed it in time: it is lifted, and whoever should have is told, with those above them. */
export function lapseHold(draft: Draft, holdId: string, at: Instant): void {
  draft.emit('holdLifted', caseScope(draft.state.code), { holdId, taskId: null, reason: null }, at);
  for (const task of allTasks(draft.state)) {
    if (aboutOf(task, 'hold')?.holdId === holdId) draft.cancelTask(task, 'lapsed', at);
  }
}
