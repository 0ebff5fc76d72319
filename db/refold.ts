import type pg from 'pg';
import { foldCase } from '../domain/case/fold.js';
import { foldVersion } from '../domain/case/state.js';
import { eventOf } from './chain-link.js';
import { inTransaction, rows } from './pool.js';

const casesAtOnce = 50;

/**
 * After an upgrade: folds the events of every case anew whose kept state was made by an older fold. Answers how many. The events are the truth,
 * so an interruption costs nothing: what is left is folded the next time.
 */
export async function refoldCases(pool: pg.Pool): Promise<number> {
  for (let folded = 0; ;) {
    const done = await inTransaction(pool, async (client) => {
      const heads = await rows<{ code: string }>(
        client,
        `select code from case_head where state is not null and (state ->> 'fold')::int is distinct from $1
         order by code limit $2 for update`,
        [foldVersion, casesAtOnce],
      );
      for (const { code } of heads) {
        const events = await rows<{ canonical: string }>(
          client,
          'select canonical from case_event where case_code = $1 order by seq',
          [code],
        );
        const state = foldCase(
          code,
          events.map(({ canonical }) => eventOf(canonical)),
        );
        await client.query('update case_head set state = $2 where code = $1', [code, JSON.stringify(state)]);
      }
      return heads.length;
    });
    folded += done;
    if (done < casesAtOnce) return folded;
  }
}
