import type { CaseEvent } from './events.js';
import { isHeard } from './event-table.js';
import { caseScope, caseCodeOf, procedureScopeOf, scopeKind, type ScopeId } from './scope.js';

/** Events that open a scope: delivered by signal-with-start. Every other event finds its workflow running or the register decides. */
const opening: ReadonlySet<string> = new Set(['caseOpened', 'procedureOpened', 'consultationOpened']);

/** True where this event starts the workflow of that scope. */
export const opens = (event: { readonly type: string; readonly scope: ScopeId }, scope: ScopeId): boolean =>
  opening.has(event.type) && event.scope === scope;

/** Events of one scope that another one waits for. */
function alsoTo(event: CaseEvent): ScopeId[] {
  switch (event.type) {
    case 'procedureOpened':
    case 'procedureClosed':
      return [caseScope(caseCodeOf(event.scope))];
    case 'consultationOpened':
    case 'consultationClosed':
      return [procedureScopeOf(event.scope)];
    default:
      return [];
  }
}

/** Whose mailboxes an event goes to. A withdrawal reaches every scope as the events that close it, so it needs no list of scopes. */
export function routes(event: CaseEvent): ScopeId[] {
  if (!isHeard(event.type)) return [];
  const own = event.scope;
  const others = alsoTo(event).filter((scope) => scope !== own);
  return scopeKind(own) === 'case' ? [own] : [own, ...others];
}
