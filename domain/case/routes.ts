import type { CaseEvent } from './events.js';
import { alsoHeardBy, isHeard, opensScope } from './event-table.js';
import { caseScope, caseCodeOf, procedureScopeOf, scopeKind, type ScopeId } from './scope.js';

/** True where this event starts the workflow of that scope. */
export const opens = (event: Pick<CaseEvent, 'type' | 'scope'>, scope: ScopeId): boolean =>
  opensScope(event.type) && event.scope === scope;

/** Events of one scope that another one waits for. */
function alsoTo(event: CaseEvent): ScopeId[] {
  switch (alsoHeardBy(event.type)) {
    case 'case':
      return [caseScope(caseCodeOf(event.scope))];
    case 'procedure':
      return [procedureScopeOf(event.scope)];
    case undefined:
      return [];
  }
}

/** Whose mailboxes an event goes to. A withdrawal reaches every scope as the events that close it, so it needs no list of scopes. */
export function routes(event: CaseEvent): ScopeId[] {
  if (!isHeard(event)) return [];
  const own = event.scope;
  const others = alsoTo(event).filter((scope) => scope !== own);
  return scopeKind(own) === 'case' ? [own] : [own, ...others];
}
