import type pg from 'pg';
import { foldVersion } from '../../domain/case/state.js';
import { inTransaction, rows } from '../pool.js';
import { foldAnew } from './kept-state.js';

const casesAtOnce = 50;

/**
 * After an upgrade: folds the events of every case anew whose kept state was made by an older fold. Answers how many. The events are the truth,
 * so an interruption costs nothing: what is left is folded the next time, or when somebody acts on it. Nothing to do is one look at an index.
 */
export async function refoldCases(pool: pg.Pool): Promise<number> {
  let folded = 0;
  for (let after = { fold: -1, code: '' }; ;) {
    const stale = await rows<{ fold: number; code: string }>(
      pool,
      `select fold, code from case_head where (fold, code) > ($1::smallint, $2::text) and fold < $3
       order by fold, code limit $4`,
      [after.fold, after.code, foldVersion, casesAtOnce],
    );
    for (const { code } of stale) if (await refoldOne(pool, code)) folded += 1;
    const last = stale.at(-1);
    if (!last || stale.length < casesAtOnce) return folded;
    after = last;
  }
}

/** One case, one transaction: whoever acts on it waits for its own fold at most. */
const refoldOne = (pool: pg.Pool, code: string): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const [head] = await rows<{ fold: number | null }>(
      client,
      `select (state ->> 'fold')::int as fold from case_head where code = $1 and fold < $2 for no key update`,
      [code, foldVersion],
    );
    if (!head) return false;
    // A new column over a state that is right already: only the column is written.
    const state = head.fold === foldVersion ? null : JSON.stringify(await foldAnew(client, code));
    await client.query(
      `update case_head set state = coalesce($2::json, state), state_seq = case when $2 is null then state_seq else seq end, fold = $3 where code = $1`,
      [code, state, foldVersion],
    );
    return state !== null;
  });
