import type pg from 'pg';
import { type ScopeId } from '../../domain/case/scope.js';
import { rows } from '../pool.js';

/** What we asked of an agency's system. */
export interface AskedRequest {
  readonly scope: ScopeId;
  readonly caseCode: string;
  readonly agency: string | null;
}

/** The request that a callback answers; undefined where we never asked. */
export async function findRequestByCorrelation(
  pool: pg.Pool,
  correlationId: string,
): Promise<AskedRequest | undefined> {
  const [found] = await rows<AskedRequest & pg.QueryResultRow>(
    pool,
    'select scope, case_code as "caseCode", agency from agency_request where correlation_id = $1',
    [correlationId],
    'find-request',
  );
  return found;
}

/** Whether a question that is not known was asked by a register that has been restored since: it was lost, and is asked anew where somebody still wants to know. */
export async function wasLost(pool: pg.Pool, correlationId: string): Promise<boolean> {
  const [row] = await rows<{ lost: boolean }>(
    pool,
    `select epoch > 1 and right($1, length(epoch::text) + 1) <> '~' || epoch as lost from installation`,
    [correlationId],
  );
  return row?.lost ?? false;
}
