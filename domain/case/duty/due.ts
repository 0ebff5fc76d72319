import type { Law } from '../../law/law.js';
import type { Due } from '../rungs.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { dutyRungs, missedAt, recurrences } from './owed.js';
import { incur } from './rules.js';
import { rungKey } from '../../time/ladder.js';

/** Duties outlive the case: their rungs, the day after their date, and the next time of those that come round. */
export function* dutyDues(state: CaseState, law: Law): Generator<Due> {
  const scope = caseScope(state.code);
  for (const duty of Object.values(state.duties)) {
    const { id, rungs, dueDate } = duty;
    for (const { rung, at, dueDate: date } of dutyRungs(law, state, duty)) {
      if (rungs.includes(rungKey(rung, date))) continue;
      const payload = { clock: `duty/${id}`, rung, dueDate: date };
      yield { at, scope, settle: (draft) => draft.emit('rungReached', scope, payload, at) };
    }
    const at = missedAt(duty);
    if (at === undefined || dueDate === null) continue;
    yield { at, scope, settle: (draft) => draft.emit('dutyMissed', scope, { duty: id, dueDate }, at) };
  }
  for (const { owed, id, at, dueDate } of recurrences(state, law)) {
    yield { at, scope, settle: (draft) => incur(draft, owed, id, dueDate, at) };
  }
}
