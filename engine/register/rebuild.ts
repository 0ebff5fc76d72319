import type pg from 'pg';
import { type Actor } from '../../domain/case/events.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { type ScopeStart, type WorkflowKind } from '../../domain/engine.js';
import { type Instant } from '../../domain/time.js';
import { type Door } from '../../db/door.js';
import { rows } from '../../db/pool.js';

export interface RebuildOptions {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly now: Instant;
  /** Names this rebuild: run again under the same name after an interruption, no scope is raised twice. */
  readonly run: string;
  /** Only these; default: every open scope of a managed case. */
  readonly only?: readonly ScopeId[];
}

/**
 * Raises the generation of open scopes, so that whatever still runs for them is refused `SUPERSEDED`, and gives their mailboxes free to be sent again
 * from the beginning: dispatchers then start what is missing. Answers the scopes raised, with the generation that now holds.
 */
export async function rebuildScopes(options: RebuildOptions): Promise<ScopeStart[]> {
  const { pool, door, now, run, only } = options;
  const raised: ScopeStart[] = [];
  for (let after = ''; ;) {
    const open = await rows<{ scope: ScopeId; kind: WorkflowKind; caseCode: string }>(
      pool,
      `select id as scope, kind, case_code as "caseCode" from scope
       where not closed and id > $1 and ($2::text[] is null or id = any ($2)) order by id limit 500`,
      [after, only ?? null],
    );
    const last = open.at(-1);
    if (!last) return raised;
    for (const { scope, kind, caseCode } of open) {
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
        if (event.type !== 'scopeRebuilt' || event.payload.scope !== scope) continue;
        raised.push({ scope, kind, generation: event.payload.generation });
      }
    }
    after = last.scope;
  }
}
