import type pg from 'pg';
import { rows } from '../pool.js';

/** The words behind references of events of one case, by their id; null where they were erased. Unknown ids are left out. */
export async function textsOf(
  on: pg.Pool | pg.PoolClient,
  caseCode: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; body: string | null }>(
    on,
    'select id, body from case_text where case_code = $1 and id = any ($2)',
    [caseCode, ids],
    'texts-of-case',
  );
  return new Map(found.map(({ id, body }) => [id, body]));
}

/** What lies behind one reference with the salt of its hash; undefined where it was erased. */
export async function saltedText(
  pool: pg.Pool,
  caseCode: string,
  id: string,
): Promise<{ readonly body: string; readonly salt: string } | undefined> {
  const [found] = await rows<{ body: string; salt: string }>(
    pool,
    'select body, salt from case_text where case_code = $1 and id = $2 and body is not null',
    [caseCode, id],
    'salted-text',
  );
  return found;
}
