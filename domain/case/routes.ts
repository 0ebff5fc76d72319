import type { CaseEvent, EventType } from './events.js';
import { caseScope, caseCodeOf, procedureScopeOf, scopeKind, type ScopeId } from './scope.js';

/** Events that open a scope: delivered by signal-with-start. Every other event finds its workflow running or the register decides. */
const opening: ReadonlySet<string> = new Set(['caseOpened', 'procedureOpened', 'consultationOpened']);

/** True where this event starts the workflow of that scope. */
export const opens = (event: { readonly type: string; readonly scope: ScopeId }, scope: ScopeId): boolean =>
  opening.has(event.type) && event.scope === scope;

/** Events that no workflow hears: they change who holds a task, or are told to people only. */
const unheard: ReadonlySet<EventType> = new Set([
  'taskClaimed',
  'taskReleased',
  'taskReassigned',
  'signatoryNamed',
  'workReturned',
  'opinionUnheard',
  'rungReached',
  'target30AtRisk',
  'target30Missed',
  'target40AtRisk',
  'target40Missed',
  'clocksRedated',
  'supplementExtended',
  'interestDeclared',
  'dutyIncurred',
  'dutyMet',
  'dutyMissed',
  'dutyMoved',
  'dutyDropped',
  'extensionGranted',
  'caseSurveyed',
  'scopeClosed',
  'scopeRebuilt',
  'trialTermsProposed',
  'councilConvened',
  'councilOpened',
  'voteCast',
  'councilClosed',
  'trialKeyRegistered',
  'metricsAccepted',
  'limitNeared',
  'limitExceeded',
  'incidentOpened',
  'incidentReportMissed',
  'trialReportFiled',
  'visitRecorded',
]);

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
  if (unheard.has(event.type)) return [];
  const own = event.scope;
  const others = alsoTo(event).filter((scope) => scope !== own);
  return scopeKind(own) === 'case' ? [own] : [own, ...others];
}
