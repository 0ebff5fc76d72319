import type pg from 'pg';
import { type TextRef, type Words } from '../../domain/case/words.js';
import { caseCodeOf, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { rows } from '../pool.js';
import { readState } from '../register/kept-state.js';

/** The folded state of a case as of its last commit; undefined where there is no such case. Read without a lock: a rule decides in the door. */
export const findCaseState = (pool: pg.Pool, caseCode: string): Promise<CaseState | undefined> =>
  readState(pool, caseCode);

/** The reason of the decision of a procedure and what it says beside yes or no, as its event has them. */
export async function decisionWords(
  pool: pg.Pool,
  scope: ScopeId,
): Promise<{ readonly reason: Words | null; readonly content: TextRef | null }> {
  const decision = (await procedureOf(pool, scope))?.decision;
  return { reason: decision?.reason ?? null, content: decision?.content ?? null };
}

/** The procedure whose dossier has this code; null for none that is known by now. */
export async function dossierScope(pool: pg.Pool, dossierCode: string): Promise<ScopeId | null> {
  const [found] = await rows<{ scope: ScopeId }>(
    pool,
    'select scope from procedure where dossier_code = $1',
    [dossierCode],
    'scope-of-dossier',
  );
  return found?.scope ?? null;
}

const procedureOf = async (pool: pg.Pool, scope: ScopeId) =>
  (await readState(pool, caseCodeOf(scope)))?.procedures[scope];
