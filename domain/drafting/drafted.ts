import { factsBehind } from '../case/procedure/state.js';
import { procedureScopeOf, scopeKind } from '../case/scope.js';
import type { CaseState } from '../case/state.js';
import { answerKindOf } from '../case/task/outcomes.js';
import type { TaskState } from '../case/task/state.js';
import type { Law } from '../law/law.js';
import { checkedSentences, isSourced } from './check.js';
import { type Drafted, keptOf } from './kept.js';
import { rulesDrafter } from './rules.js';
import type { Drafter, ReadableDocument, Sentence, Subject } from './words.js';

const kinds = { step: 'appraisal', opinion: 'opinion', signature: 'decision' } as const;
type Answered = Pick<TaskState, 'kind' | 'key' | 'step' | 'scope'>;

/**
 * What an answer to this task may say, each sentence with its source; empty where the work is of another kind. `documents`: those that whoever reads the draft may open.
 * Refuses `DRAFT_UNSOURCED`.
 */
export function draftedFor(
  task: Answered,
  state: CaseState,
  law: Law,
  drafter: Drafter = rulesDrafter,
  documents: readonly ReadableDocument[] = [],
): readonly Sentence[] {
  const subject = subjectOf(task, state, law, documents);
  return subject ? checkedSentences(subject, drafter.draft(subject)) : [];
}

/**
 * How much of what was written into this answer came unchanged from the draft as it is now; undefined: nothing was written, or nothing is drafted for such work.
 * It only tells, and refuses nothing: a sentence without a source is nobody's draft, and what is quoted from a document is its author's words, not the machine's.
 */
export function draftedIn(task: Answered, state: CaseState, law: Law, written: readonly string[]): Drafted | undefined {
  const subject = subjectOf(task, state, law, []);
  if (!subject) return undefined;
  const offered = rulesDrafter.draft(subject).filter((one) => isSourced(subject, one));
  return keptOf(offered, written);
}

function subjectOf(
  task: Answered,
  state: CaseState,
  law: Law,
  documents: readonly ReadableDocument[],
): Subject | undefined {
  if (scopeKind(task.scope) === 'case' || state.kind === 'sandbox') return undefined;
  const procedure = state.procedures[procedureScopeOf(task.scope)];
  if (!procedure) return undefined;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const kind = answerKindOf(task, resolved);
  if (kind !== 'step' && kind !== 'opinion' && kind !== 'signature') return undefined;
  return { state, procedure, resolved, of: kinds[kind], law, documents };
}
