import { refuse } from '../../errors.js';
import { dateOf } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import { latestAttempt } from '../procedure/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import { planned } from '../deferral/rules.js';
import { caseScope } from '../scope.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';

/** About one procedure: to whoever handles it. About the case: to whoever owns the green lane. */
export function askQuestion(draft: Draft, procedure: string | null, text: string): void {
  const { state, law } = draft;
  const questionId = `Q${Object.keys(state.questions).length + 1}`;
  const agency = procedure === null ? law.laneOwner : handlerOf(draft, procedure);
  draft.emit('questionAsked', caseScope(state.code), { questionId, procedure, agency, text: draft.seal(text, 'text') });
}

function handlerOf({ state, law, now }: Draft, code: string): string {
  planned(state, code);
  const attempt = latestAttempt(state, code);
  return attempt?.handlingAgency ?? law.procedureAt(code, dateOf(now), state.facts).handlingAgency;
}

/** The words go to the investor only: the task says no more than that it was answered. */
export function answerQuestion(draft: Draft, task: TaskState, completion: Completion): void {
  outcomeOf('question', completion);
  const words = reasonOf(completion);
  const { questionId } = aboutOf(task, 'question') ?? refuse('NOT_FOUND', { task: task.id });
  const question = draft.state.questions[questionId] ?? refuse('NOT_FOUND', { question: questionId });
  if (question.answeredAt !== null) refuse('PRECONDITION_FAILED', { question: questionId, answered: true });
  done(draft, task, { outcome: 'answer' });
  draft.emit('questionAnswered', task.scope, { questionId, taskId: task.id, text: draft.seal(words) });
}
