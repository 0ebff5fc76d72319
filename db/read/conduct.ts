import type pg from 'pg';
import type { Conduct } from '../../domain/integrity/conduct.js';
import type { Observed } from '../../domain/integrity/questions.js';
import { addDays, startOf, type PlainDate } from '../../domain/time/instants.js';
import { masterKeysFor, rows } from '../pool.js';
import { createOpener, openingColumns, openingJoin, type TextRow } from '../register/case-keys.js';

/** Ids of words that are kept beside events; what is none is the words themselves. */
const wordsId = /^\d+\.\d+$/;

/** What the cases of the period show of how they were handled, both ends counted. What was asked for is in words, as far as they are kept. */
export async function conductBetween(
  pool: pg.Pool,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<Observed[]> {
  const found = await rows<{ case: string; party: string; conduct: Conduct }>(
    pool,
    `select f.case_code as case, h.investor as party, f.conduct from conduct_fact f join case_head h on h.code = f.case_code
     where f.at >= $1 and f.at < $2 order by f.case_code, f.n`,
    [startOf(from), startOf(addDays(to, 1))],
    'conduct-between',
  );
  const named = found.flatMap(({ case: code, conduct }) =>
    conduct.kind === 'asked' ? conduct.items.filter((id) => wordsId.test(id)).map((id) => ({ code, id })) : [],
  );
  const kept = await rows<TextRow & { code: string } & pg.QueryResultRow>(
    pool,
    `select t.case_code as code, t.id, ${openingColumns} from case_text t ${openingJoin}
     join unnest($1::text[], $2::text[]) n (code, id) on n.code = t.case_code and n.id = t.id`,
    [named.map(({ code }) => code), named.map(({ id }) => id)],
    'conduct-words',
  );
  const open = createOpener(masterKeysFor(pool));
  const words = new Map<string, string>();
  for (const { code, ...row } of kept) {
    const opened = await open(code, row);
    // Of one case whose key is not at hand nothing is compared; the others are.
    words.set(`${code} ${row.id}`, opened.state === 'open' ? opened.body : '');
  }
  return found.map(({ conduct, ...of }) =>
    conduct.kind === 'asked'
      ? {
          ...conduct,
          ...of,
          items: conduct.items.map((id) => (wordsId.test(id) ? (words.get(`${of.case} ${id}`) ?? '') : id)),
        }
      : { ...conduct, ...of },
  );
}
