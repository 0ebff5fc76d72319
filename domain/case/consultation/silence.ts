import { refuse } from '../../errors.js';
import type { Completion } from '../task/commands.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';

/** What the lead makes of a silence that the law does not decide. */
export function decideSilence(draft: Draft, task: TaskState, completion: Completion): void {
  const decision = outcomeOf('silence', completion);
  const reason = draft.seal(reasonOf(completion));
  const { agency } = aboutOf(task, 'silence') ?? refuse('NOT_FOUND', { task: task.id });
  const opinion = draft.getConsultation(task.scope).opinions[agency];
  if (opinion?.status !== 'escalated') refuse('PRECONDITION_FAILED', { opinion: opinion?.status ?? null });
  done(draft, task, completion);
  draft.emit('silenceDecided', task.scope, { agency, taskId: task.id, decision, reason });
}
