import type pg from 'pg';
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
