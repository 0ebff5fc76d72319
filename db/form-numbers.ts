import type pg from 'pg';
import { rows } from './pool.js';

/** A paper that is to have a number: by its id in the case, and the register it counts in. */
export interface NumberedPaper {
  readonly paper: string;
  readonly agency: string;
  readonly year: number;
  readonly form: string;
}

/**
 * The numbers of these papers, by their ids; whoever has none yet gets the next of its agency, year and form. A paper keeps its number for ever, no
 * number comes twice, gaps are allowed. Any number of processes may ask at once.
 */
export async function numbersOf(
  pool: pg.Pool,
  caseCode: string,
  papers: readonly NumberedPaper[],
): Promise<ReadonlyMap<string, number>> {
  const known = await findNumbers(pool, caseCode);
  const missing = papers.filter(({ paper }) => !known.has(paper));
  if (missing.length === 0) return known;
  for (const paper of missing) await takeNumber(pool, caseCode, paper);
  return findNumbers(pool, caseCode);
}

async function findNumbers(pool: pg.Pool, caseCode: string): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ paper: string; number: number }>(
    pool,
    'select paper, number from form_number where case_code = $1',
    [caseCode],
    'form-numbers',
  );
  return new Map(found.map(({ paper, number }) => [paper, number]));
}

/** Where somebody else was faster the number taken here stays a gap. */
async function takeNumber(
  pool: pg.Pool,
  caseCode: string,
  { paper, agency, year, form }: NumberedPaper,
): Promise<void> {
  await pool.query(
    `with taken as (
       insert into form_counter as c (agency, year, form, last) values ($3, $4, $5, 1)
       on conflict (agency, year, form) do update set last = c.last + 1 returning last
     ) insert into form_number (case_code, paper, agency, year, form, number)
       select $1, $2, $3, $4, $5, last from taken on conflict (case_code, paper) do nothing`,
    [caseCode, paper, agency, year, form],
  );
}
