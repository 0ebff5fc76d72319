import { startOf } from '../../time/instants.js';
import type { Due } from '../rungs.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';

/** A deferral until a date ends when that date begins. */
export function* deferralsEnding({ code, closed, deferred }: CaseState): Generator<Due> {
  if (closed) return;
  const scope = caseScope(code);
  for (const [procedure, { until }] of Object.entries(deferred)) {
    if (until === null) continue;
    const at = startOf(until);
    yield { at, scope, settle: (draft) => draft.emit('procedureResumed', scope, { procedure }, at) };
  }
}
