import { type Actor } from '../../domain/case/events.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { type Instant } from '../../domain/time/instants.js';
import { type Door } from './door.js';

/**
 * Raises the generation of a scope at the door, so that whatever still runs for it is refused `SUPERSEDED`. `run` names the rebuild: done again
 * under the same name after an interruption, no scope is raised twice. Resolves to the generation that now holds, undefined for a scope that is over.
 */
export const raiseGenerations =
  (door: Door, now: Instant, run: string) =>
  async (scope: ScopeId, caseCode: string): Promise<number | undefined> => {
    const actor: Actor = { kind: 'engine', scope: caseScope(caseCode) };
    const { events } = await door.handle({
      caseCode,
      command: { type: 'rebuildScope', scope },
      actor,
      occurredAt: now,
      operationId: `rebuild/${run}/${scope}`,
      bodyHash: '',
    });
    for (const event of events) {
      if (event.type === 'scopeRebuilt' && event.payload.scope === scope) return event.payload.generation;
    }
    return undefined;
  };
