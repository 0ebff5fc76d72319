import type pg from 'pg';
import { masterKeysFor, rows } from '../pool.js';
import { createOpener, openingColumns, openingJoin, type TextRow, wordsIn } from './case-keys.js';

/**
 * The words behind references of events of one case, by their id; null where they were erased. Unknown ids are left out. Refuses `KEY_UNAVAILABLE` where the key
 * of some of them is not at hand.
 */
export async function textsOf(
  pool: pg.Pool,
  caseCode: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const found = await rows<TextRow & pg.QueryResultRow>(
    pool,
    `select t.id, ${openingColumns} from case_text t ${openingJoin} where t.case_code = $1 and t.id = any ($2)`,
    [caseCode, ids],
    'texts-of-case',
  );
  return openAll(pool, caseCode, found);
}

/** The words in rows of one case, by their id, as `textsOf` gives them. */
export async function openAll(
  pool: pg.Pool,
  caseCode: string,
  found: readonly TextRow[],
): Promise<ReadonlyMap<string, string | null>> {
  const open = createOpener(masterKeysFor(pool));
  const words = new Map<string, string | null>();
  for (const row of found) words.set(row.id, wordsIn(await open(caseCode, row), caseCode, row.id));
  return words;
}

/** What lies behind one reference with the salt of its hash; undefined where it was erased. Refuses as `textsOf` does. */
export async function saltedText(
  pool: pg.Pool,
  caseCode: string,
  id: string,
): Promise<{ readonly body: string; readonly salt: string } | undefined> {
  const [found] = await rows<TextRow & pg.QueryResultRow>(
    pool,
    `select t.id, ${openingColumns} from case_text t ${openingJoin} where t.case_code = $1 and t.id = $2`,
    [caseCode, id],
    'salted-text',
  );
  if (!found) return undefined;
  const opened = await createOpener(masterKeysFor(pool))(caseCode, found);
  if (wordsIn(opened, caseCode, id) === null || opened.state !== 'open') return undefined;
  return { body: opened.body, salt: opened.salt };
}
