import type pg from 'pg';
import { type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { rows } from '../pool.js';
import { type Kept, keptUnknown, stateAtHead } from '../register/kept-state.js';

/** An attempt at a procedure that is not over, with the state of its case. */
export interface OpenAttempt {
  readonly case: string;
  readonly scope: ScopeId;
  readonly attempt: number;
  readonly state: CaseState;
}

interface Wanted {
  readonly procedure: string;
  /** Only of these cases. */
  readonly cases: readonly string[] | undefined;
  /** Scopes after this one. */
  readonly after: ScopeId | undefined;
  readonly limit: number;
}

/** By scope. What was opened a moment ago may be missing: the list is projected. */
export async function openAttempts(pool: pg.Pool, { procedure, cases, after, limit }: Wanted): Promise<OpenAttempt[]> {
  const found = await rows<Omit<OpenAttempt, 'state'> & { kept: Kept }>(
    pool,
    `select p.case_code as case, p.scope, p.attempt, ${keptUnknown} as kept from procedure p join case_head h on h.code = p.case_code
     where p.procedure = $1 and p.closed_at is null and p.scope > $2 and ($3::text[] is null or p.case_code = any ($3))
     order by p.scope limit $4`,
    [procedure, after ?? '', cases ?? null, limit],
  );
  return Promise.all(found.map(async ({ kept, ...one }) => ({ ...one, state: await stateAtHead(pool, kept) })));
}
