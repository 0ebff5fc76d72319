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
