import type pg from 'pg';
import type { ScopeId, ScopeStart } from '../words.js';
import { rows } from './rows.js';

export interface RebuildOptions {
  readonly pool: pg.Pool;
  /**
   * Raises the generation of a scope by the register's own act, once per rebuild, and gives its mailbox free to be sent again from the beginning.
   * Resolves to the generation that now holds; undefined where the scope is over.
   */
  readonly raise: (scope: ScopeId, caseCode: string) => Promise<number | undefined>;
  /** Only these; default: every open scope of a managed case. */
  readonly only?: readonly ScopeId[];
}

/**
 * Raises the generation of open scopes, so that whatever still runs for them is refused `SUPERSEDED`; dispatchers then start what is missing.
 * Answers the scopes raised, with the generation that now holds.
 */
export async function rebuildScopes({ pool, raise, only }: RebuildOptions): Promise<ScopeStart[]> {
  const raised: ScopeStart[] = [];
  for (let after = ''; ;) {
    const open = await rows<{ scope: ScopeId; kind: string; caseCode: string }>(
      pool,
      `select id as scope, kind, case_code as "caseCode" from scope
       where not closed and id > $1 and ($2::text[] is null or id = any ($2)) order by id limit 500`,
      [after, only ?? null],
    );
    const last = open.at(-1);
    if (!last) return raised;
    for (const { scope, kind, caseCode } of open) {
      const generation = await raise(scope, caseCode);
      if (generation !== undefined) raised.push({ scope, kind, generation });
    }
    after = last.scope;
  }
}
