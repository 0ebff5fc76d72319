import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { allTasks, isOver } from '../task/state.js';

/** Members of a council may be of no agency. */
const sitsInCouncil = ({ procedures }: CaseState, id: string): boolean =>
  Object.values(procedures).some(({ council }) => council?.members.some(({ person: one }) => one === id));

/** Whoever works for an agency, or sits in a council of the case, and has not declared yet. */
export function requireUndeclared(draft: Draft): string {
  const { id, agency } = person(draft);
  if (agency === null && !sitsInCouncil(draft.state, id)) refuse('FORBIDDEN');
  if (Object.hasOwn(draft.state.recused, id)) refuse('DUPLICATE_REQUEST', { person: id });
  return id;
}

/** From here on they take no part: what they hold in this case is free again, at once. */
export function declareInterest(draft: Draft, reason: string): void {
  const id = requireUndeclared(draft);
  draft.emit('interestDeclared', caseScope(draft.state.code), { person: id, reason: draft.seal(reason) });
  for (const task of allTasks(draft.state)) {
    if (!isOver(task) && task.claimedBy === id) draft.emit('taskReleased', task.scope, { taskId: task.id });
  }
}
