import type pg from 'pg';
import { paperNamed } from '../../domain/case/case/paper-numbers.js';
import { rows } from '../pool.js';
import { type Break } from './breaks.js';

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

const pageOf = 100;

/**
 * Checks every sealed paper: that its case has the event that its id names, of a type that brings such a paper about, and that its bytes are those of its hash.
 * Answers how many there are.
 */
export async function verifySealedPapers(
  client: pg.PoolClient,
  only: string | undefined,
  report: (found: Break) => void,
): Promise<number> {
  let checked = 0;
  for (let after = ['', '', ''] as readonly string[]; ;) {
    const page = await rows<{ code: string; paper: string; model: string; type: string | null; same: boolean }>(
      client,
      `select p.case_code as code, p.paper, encode(p.model, 'hex') as model, e.type, sha256(p.pdf) = p.sha256 as same
       from sealed_paper p left join case_event e on e.case_code = p.case_code and e.seq = substring(p.paper from '-([1-9][0-9]{0,8})$')::int
       where (p.case_code, p.paper, p.model) > ($1, $2, decode($3, 'hex')) and ($4::text is null or p.case_code = $4)
       order by p.case_code, p.paper, p.model limit ${pageOf}`,
      [...after, only ?? null],
      'verify-sealed-papers',
    );
    for (const { code, paper, type, same } of page) {
      const named = paperNamed(paper);
      const add = (detail: string) =>
        report({
          caseCode: code,
          seq: named?.seq ?? null,
          reason: 'paper-differs',
          detail: `paper ${paper}: ${detail}`,
        });
      if (!named) add('it is no paper of any form');
      else if (type === null) add('there is no such event');
      else if (!named.begins.some((one) => one === type)) add(`event ${named.seq} brings no such paper about`);
      if (!same) add('its bytes are not those of its hash');
    }
    checked += page.length;
    const last = page.at(-1);
    if (!last || page.length < pageOf) return checked;
    after = [last.code, last.paper, last.model];
  }
}

/** Creates and empties where `takePapers` puts what signed roots name; for a session of one's own. */
export const preparePapers = (client: pg.PoolClient) =>
  client.query(
    `create temp table if not exists root_paper (code text, paper text, model text, sha256 text, number int, written_at timestamptz);
     truncate root_paper`,
  );

/** Takes in what one signed root names. */
export const takePapers = (
  client: pg.PoolClient,
  {
    number,
    writtenAt,
    papers = [],
  }: { readonly number: number; readonly writtenAt: string; readonly papers?: readonly object[] },
) =>
  client.query(
    `insert into root_paper select r.code, r.paper, r.model, r.sha256, $2, $3 from json_to_recordset($1::json)
       as r (code text, paper text, model text, sha256 text)`,
    [JSON.stringify(papers), number, writtenAt],
  );

// An erasure takes away the sealed papers of the cases it reaches. One that began before the root was written may end after it.
const erasedSince = `exists (select from erasure e where e.at > r.written_at - interval '10 minutes' and case e.kind
    when 'case' then e.ref = r.code
    when 'text' then split_part(e.ref, '/', 1) = r.code
    when 'document' then exists (select from document_use u where u.case_code = r.code and u.document_id::text = e.ref)
    else exists (select from case_name n where n.case_code = r.code and n.kind = 'person' and n.subject = e.ref)
      or exists (select from case_head h where h.code = r.code and h.investor = e.ref) end)`;

/**
 * Checks that each paper a signed root names is kept as it was, or went with an erasure, and that none says to be named by a root that does not name it. Only of
 * what `takePapers` took; `complete`: every root could be read.
 */
export async function verifyPapersInRoots(
  client: pg.PoolClient,
  { complete, only }: { readonly complete: boolean; readonly only: string | undefined },
  report: (found: Break) => void,
): Promise<void> {
  const seqOf = (paper: string): number | null => paperNamed(paper)?.seq ?? null;
  const found = await rows<{ code: string; paper: string; number: number; there: boolean }>(
    client,
    `select distinct on (r.code, r.paper, r.model) r.code, r.paper, r.number, p.paper is not null as there
     from root_paper r left join sealed_paper p on p.case_code = r.code and p.paper = r.paper and p.model = decode(r.model, 'hex')
     where ($1::text is null or r.code = $1) and (p.paper is null or encode(p.sha256, 'hex') <> r.sha256) and not ${erasedSince}
     order by r.code, r.paper, r.model, r.number`,
    [only ?? null],
  );
  for (const { code, paper, number, there } of found) {
    const detail = `paper ${paper}: root ${number} saw ${there ? 'other bytes' : 'it, and no erasure reached it since'}`;
    report({ caseCode: code, seq: seqOf(paper), reason: there ? 'paper-differs' : 'paper-missing', detail });
  }
  if (!complete) return;
  const unnamed = await rows<{ code: string; paper: string; root: number }>(
    client,
    `select p.case_code as code, p.paper, p.root from sealed_paper p where p.root is not null and ($1::text is null or p.case_code = $1)
       and not exists (select from root_paper r where r.number = p.root and r.code = p.case_code and r.paper = p.paper
         and decode(r.model, 'hex') = p.model)
     order by 1, 2`,
    [only ?? null],
  );
  for (const { code, paper, root } of unnamed)
    report({
      caseCode: code,
      seq: seqOf(paper),
      reason: 'paper-differs',
      detail: `paper ${paper}: root ${root} does not name it`,
    });
}
