import type pg from 'pg';
import { type Words } from '../../domain/case/words.js';
import { caseCodeOf, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { rows } from '../pool.js';

/** The folded state of a case as of its last commit; undefined where there is no such case. Read without a lock: a rule decides in the door. */
export async function findCaseState(pool: pg.Pool, caseCode: string): Promise<CaseState | undefined> {
  const [found] = await rows<{ state: CaseState }>(
    pool,
    'select state from case_head where code = $1 and state is not null',
    [caseCode],
    'find-case-state',
  );
  return found?.state;
}

/** The reason of the decision of a procedure, as its event has it. */
export async function decisionReason(pool: pg.Pool, scope: ScopeId): Promise<Words | null> {
  const [found] = await rows<{ reason: Words | null }>(
    pool,
    `select state -> 'procedures' -> $2 -> 'decision' -> 'reason' as reason from case_head where code = $1`,
    [caseCodeOf(scope), scope],
    'decision-reason',
  );
  return found?.reason ?? null;
}

/** What the dossier of a procedure is called; null while it has no code. */
export async function dossierCodeOf(pool: pg.Pool, scope: ScopeId): Promise<string | null> {
  const [found] = await rows<{ code: string | null }>(
    pool,
    `select state -> 'procedures' -> $2 ->> 'dossierCode' as code from case_head where code = $1`,
    [caseCodeOf(scope), scope],
    'dossier-code',
  );
  return found?.code ?? null;
}
