import type pg from 'pg';
import { rows } from '../pool.js';

/** Cases that adjust the project which this one licensed, oldest first. Projected. */
export async function adjustedBy(pool: pg.Pool, caseCode: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    pool,
    'select case_code as code from case_link where adjusts = $1 order by case_code',
    [caseCode],
    'adjusted-by',
  );
  return found.map(({ code }) => code);
}
