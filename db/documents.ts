import type pg from 'pg';
import { refuse } from '../domain/errors.js';
import { type Instant } from '../domain/time.js';
import { rows } from './pool.js';

/** Why a document cannot be read as it is. */
export const remarks = ['password-protected', 'no-pages', 'unreadable'] as const;
export type Remark = (typeof remarks)[number];

/** An uploaded document; its bytes lie in the content-addressed folder under `sha256`. */
export interface DocumentRow {
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly owner: string;
  readonly uploadedAt: Instant;
  /** What an officer should know of it before it is taken in; null: nothing. */
  readonly remark: Remark | null;
}

const columns = `id, sha256, file_name as "fileName", media_type as "mediaType", bytes, owner, uploaded_at as "uploadedAt", remark`;

/** Records an upload under an id made from who uploaded it under which key. The same again is the same; another file under the id is refused `IDEMPOTENCY_KEY_REUSED`. */
export async function recordDocument(
  pool: pg.Pool,
  document: DocumentRow,
): Promise<{ readonly document: DocumentRow; readonly replayed: boolean }> {
  const { id, sha256, fileName, mediaType, bytes, owner, uploadedAt, remark } = document;
  const { rowCount } = await pool.query(
    `insert into document (id, sha256, file_name, media_type, bytes, owner, uploaded_at, remark) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do nothing`,
    [id, sha256, fileName, mediaType, bytes, owner, uploadedAt, remark],
  );
  if (rowCount === 1) return { document, replayed: false };
  const kept = await findDocument(pool, id);
  const same =
    kept?.sha256 === sha256 && kept.fileName === fileName && kept.mediaType === mediaType && kept.owner === owner;
  return kept && same ? { document: kept, replayed: true } : refuse('IDEMPOTENCY_KEY_REUSED');
}

export async function findDocument(pool: pg.Pool, id: string): Promise<DocumentRow | undefined> {
  const [found] = await rows<DocumentRow & pg.QueryResultRow>(
    pool,
    `select ${columns} from document where id = $1 and erased_at is null`,
    [id],
  );
  return found;
}

/** The documents of these ids, in no order; unknown ids are left out. */
export async function findDocuments(pool: pg.Pool, ids: readonly string[]): Promise<DocumentRow[]> {
  if (ids.length === 0) return [];
  return rows(pool, `select ${columns} from document where id::text = any ($1::text[]) and erased_at is null`, [
    [...ids],
  ]);
}

/** Which of these ids are documents that this person uploaded. Ids of any shape: what is no id is nobody's document. */
export async function ownedDocuments(pool: pg.Pool, owner: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows<{ id: string }>(
    pool,
    'select id::text from document where owner = $1 and id::text = any ($2::text[]) and erased_at is null',
    [owner, [...ids]],
    'owned-documents',
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * Cases that rest on the document, by their evidence: whoever may read one of them may read it. Only cases of its uploader, or of those who ever gave
 * the uploader a power of attorney, are looked at: nobody else could have named it.
 */
export async function casesOfDocument(pool: pg.Pool, id: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    pool,
    `select distinct e.case_code as code
     from document d
     join case_head h on h.investor = d.owner
       or h.investor in (select p.grantor from power_of_attorney p where p.representative = d.owner)
     join case_event e on e.case_code = h.code
     where d.id = $1 and e.type in ('caseOpened', 'dossierFiled', 'supplementAnswered', 'gateMet',
         'permitRecorded', 'trialReportFiled', 'incidentReported', 'finalReportFiled')
       and position(d.id::text in e.canonical) > 0`,
    [id],
  );
  return found.map(({ code }) => code);
}
