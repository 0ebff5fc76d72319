import type pg from 'pg';
import { locks } from '../locks.js';
import { refuse } from '../../domain/errors.js';
import { overQuota } from '../../domain/people/quotas.js';
import { type Instant } from '../../domain/time/instants.js';
import { type WrappedKey } from '../../ops/master-keys.js';
import { inTransaction, rows } from '../pool.js';
import { type FileSeal, type KeptDocument, sealColumn, sealOf, type StoredSeal } from './kept-files.js';

/** Why a document cannot be read as it is; `not-looked-into`: nobody knows yet. */
export const remarks = ['password-protected', 'no-pages', 'unreadable', 'not-looked-into'] as const;
export type Remark = (typeof remarks)[number];

/** An uploaded document; its bytes lie in the folder of documents (db/register/kept-files.ts). */
export interface DocumentRow extends KeptDocument {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The investor whose it is. */
  readonly owner: string;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
  /** What an officer should know of it before it is taken in; null: nothing. */
  readonly remark: Remark | null;
}

const columns = `id, sha256, file_name as "fileName", media_type as "mediaType", bytes, owner, uploaded_by as "uploadedBy",
  uploaded_at as "uploadedAt", remark, ${sealColumn}`;

type StoredRow = Omit<DocumentRow, 'seal'> & { readonly seal: StoredSeal | null };
const documentOf = (row: StoredRow): DocumentRow => ({ ...row, seal: sealOf(row.seal) });

/** An upload under its Idempotency-Key. `formerId`: what ids were made of before they were random; who repeats such a request finds its document. */
export interface UploadRequest extends Omit<DocumentRow, 'id' | 'seal'> {
  readonly seal: (FileSeal & WrappedKey) | null;
  /** As `SealedUpload`s have it: what is kept beside the document. */
  readonly text: Buffer | null;
  /** It was not looked into, or not read, and is to be later. */
  readonly again: boolean;
  readonly key: string;
  readonly formerId: string;
}

/** How much one person may send in a day of real time, and keep without naming it in any act. */
export interface DocumentQuota {
  readonly perDay: number;
  readonly bytesPerDay: number;
  readonly unusedBytes: number;
}

/**
 * Records an upload under a random id, once per person and key; `keep` makes its bytes lasting just before. The same request again is the same document;
 * another file under the key is refused `IDEMPOTENCY_KEY_REUSED`, too much `QUOTA_EXCEEDED`, and of what is refused nothing is kept.
 */
export async function recordDocument(
  pool: pg.Pool,
  request: UploadRequest,
  quota: DocumentQuota,
  keep: () => Promise<void>,
): Promise<{ readonly document: DocumentRow; readonly replayed: boolean }> {
  const { sha256, seal, text, fileName, mediaType, bytes, remark, owner, uploadedBy, uploadedAt, key, formerId } =
    request;
  return inTransaction(pool, async (client) => {
    // One upload of a person after the other: neither the key nor what is left of the quota can be used twice.
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [locks.uploads, uploadedBy]);
    const [kept] = await rows<StoredRow & pg.QueryResultRow>(
      client,
      `select ${columns} from document where uploaded_by = $1 and (key = $2 or (key is null and id = $3))`,
      [uploadedBy, key, formerId],
    );
    if (kept) {
      const same =
        kept.sha256 === sha256 &&
        kept.fileName === fileName &&
        kept.mediaType === mediaType &&
        (kept.owner === owner || kept.owner === uploadedBy);
      return same ? { document: documentOf(kept), replayed: true } : refuse('IDEMPOTENCY_KEY_REUSED');
    }
    await requireWithin(client, uploadedBy, bytes, quota);
    await keep();
    const [document] = await rows<StoredRow & pg.QueryResultRow>(
      client,
      `insert into document (sha256, file_name, media_type, bytes, remark, owner, uploaded_by, uploaded_at, key, seal_id, seal_master, seal_wrapped, look_again_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $13 then clock_timestamp() + interval '1 minute' end) returning ${columns}`,
      [
        ...[sha256, fileName, mediaType, bytes, remark, owner, uploadedBy, uploadedAt, key],
        ...[seal?.id ?? null, seal?.master ?? null, seal?.wrapped ?? null, request.again],
      ],
    );
    if (!document) throw new Error('A document was kept and is not there');
    if (text) await client.query('insert into document_text (document_id, body) values ($1, $2)', [document.id, text]);
    return { document: documentOf(document), replayed: false };
  });
}

async function requireWithin(
  client: pg.PoolClient,
  person: string,
  bytes: number,
  quota: DocumentQuota,
): Promise<void> {
  const [used] = await rows<{ n: number; bytes: number; frees: number; unused: number }>(
    client,
    `select count(*)::int as n, coalesce(sum(bytes), 0)::float8 as bytes,
       coalesce(ceil(extract(epoch from min(received_at) + interval '1 day' - clock_timestamp())), 0)::int as frees,
       (select coalesce(sum(d.bytes), 0)::float8 from document d where d.uploaded_by = $1
          and not exists (select from document_use u where u.document_id = d.id)) as unused
     from document where uploaded_by = $1 and received_at > clock_timestamp() - interval '1 day'`,
    [person],
  );
  if (!used) return;
  if (used.n >= quota.perDay) overQuota('documents-per-day', quota.perDay, used.frees);
  if (used.bytes + bytes > quota.bytesPerDay) overQuota('document-bytes-per-day', quota.bytesPerDay, used.frees);
  if (used.unused + bytes > quota.unusedBytes) overQuota('unused-document-bytes', quota.unusedBytes);
}

export async function findDocument(pool: pg.Pool, id: string): Promise<DocumentRow | undefined> {
  const [found] = await rows<StoredRow & pg.QueryResultRow>(
    pool,
    `select ${columns} from document where id = $1 and erased_at is null`,
    [id],
  );
  return found && documentOf(found);
}

/** The documents of these ids, in no order; unknown ids are left out. */
export async function findDocuments(pool: pg.Pool, ids: readonly string[]): Promise<DocumentRow[]> {
  if (ids.length === 0) return [];
  const found = await rows<StoredRow & pg.QueryResultRow>(
    pool,
    `select ${columns} from document where id::text = any ($1::text[]) and erased_at is null`,
    [[...ids]],
  );
  return found.map(documentOf);
}

/** Who names documents in an act, and for which investor. */
export interface Showing {
  readonly person: string;
  readonly investor: string;
}

/**
 * Which of these ids are documents that this person may show for that investor: the investor's own; of a representative those they uploaded for them; of a member of an
 * organisation all that was uploaded for it. Ids of any shape: what is no id is nobody's document.
 */
export async function ownedDocuments(
  pool: pg.Pool,
  { person, investor }: Showing,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows<{ id: string }>(
    pool,
    `select id::text from document
     where id::text = any ($3::text[]) and erased_at is null and owner in ($1, $2) and ($1 = $2 or uploaded_by = $1
       or (owner = $2 and exists (select from power_of_attorney w where w.grantor = $2 and w.representative = $1
         and w.member_as is not null and w.accepted_at is not null and w.revoked_at is null)))`,
    [person, investor, [...ids]],
    'owned-documents',
  );
  return new Set(found.map(({ id }) => id));
}
