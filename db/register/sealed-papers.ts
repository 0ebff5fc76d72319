import type pg from 'pg';
import { rows } from '../pool.js';

/** Which paper, and from what it was drawn: `model` and `certificate` are SHA-256 in hex. */
export interface SealedPaperKey {
  readonly caseCode: string;
  readonly paper: string;
  readonly model: string;
}

/** The paper as it was sealed. */
export async function findSealedPaper(
  pool: pg.Pool,
  { caseCode, paper, model }: SealedPaperKey,
): Promise<Buffer | undefined> {
  const [found] = await rows<{ pdf: Buffer }>(
    pool,
    `select pdf from sealed_paper where case_code = $1 and paper = $2 and model = decode($3, 'hex')`,
    [caseCode, paper, model],
  );
  return found?.pdf;
}

/** Keeps a sealed paper and gives the one that is kept: whoever sealed it first. */
export async function keepSealedPaper(
  pool: pg.Pool,
  key: SealedPaperKey,
  { pdf, certificate }: { readonly pdf: Buffer; readonly certificate: string },
): Promise<Buffer> {
  const { caseCode, paper, model } = key;
  await pool.query(
    `insert into sealed_paper (case_code, paper, model, certificate, pdf)
     values ($1, $2, decode($3, 'hex'), decode($4, 'hex'), $5) on conflict do nothing`,
    [caseCode, paper, model, certificate, pdf],
  );
  return (await findSealedPaper(pool, key)) ?? pdf;
}
