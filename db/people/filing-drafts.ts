import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { overQuota } from '../../domain/people/quotas.js';
import { type Instant } from '../../domain/time/instants.js';
import { type Page, pageOf, placeOf } from '../read/keyset.js';
import { rows } from '../pool.js';

/** What an investor has begun to write. `content` is null once it was filed or discarded. */
export interface FilingDraft {
  readonly id: string;
  readonly owner: string;
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly discardedAt: Instant | null;
  readonly filedCase: string | null;
}

/** The request behind a change: its Idempotency-Key and hash. */
export interface FilingDraftRequest {
  readonly key: string;
  readonly hash: string;
  readonly at: Instant;
}

type Row = FilingDraft & { readonly lastKey: string; readonly lastHash: string };

const columns = `id, owner, version, content, created_at as "createdAt", updated_at as "updatedAt",
  discarded_at as "discardedAt", filed_case as "filedCase", last_key as "lastKey", last_hash as "lastHash"`;

const draftOf = ({ lastKey: _key, lastHash: _hash, ...draft }: Row): FilingDraft => draft;

async function findRow(pool: pg.Pool, id: string): Promise<Row | undefined> {
  const [found] = await rows<Row>(pool, `select ${columns} from draft where id = $1`, [id], 'find-draft');
  return found;
}

export async function findFilingDraft(pool: pg.Pool, id: string): Promise<FilingDraft | undefined> {
  const found = await findRow(pool, id);
  return found && draftOf(found);
}

/** Keeps a draft under an id made from its request: the same again is the same; another one under the key is refused `IDEMPOTENCY_KEY_REUSED`, and `QUOTA_EXCEEDED` where the investor has `most` open ones. */
export async function keepFilingDraft(
  pool: pg.Pool,
  { id, owner, content }: { readonly id: string; readonly owner: string; readonly content: unknown },
  { key, hash, at }: FilingDraftRequest,
  most: number,
): Promise<FilingDraft> {
  await pool.query(
    `insert into draft (id, owner, content, created_at, updated_at, last_key, last_hash)
     select $1, $2, $3, $4, $4, $5, $6
     where (select count(*) from (select from draft d where d.owner = $2 and d.content is not null limit $7) o) < $7
     on conflict (id) do nothing`,
    [id, owner, JSON.stringify(content), at, key, hash, most],
  );
  const kept = (await findRow(pool, id)) ?? overQuota('open-drafts', most);
  // Once it was changed, the hash of what it began as is gone: the key alone says that it is the same.
  if (kept.lastKey === key && kept.lastHash !== hash) refuse('IDEMPOTENCY_KEY_REUSED');
  return draftOf(kept);
}

/** Writes the next version. Refuses `STALE` where somebody else wrote one meanwhile, `PRECONDITION_FAILED` where it was filed or discarded. */
export async function changeFilingDraft(
  pool: pg.Pool,
  { id, version, content }: { readonly id: string; readonly version: number; readonly content: unknown },
  { key, hash, at }: FilingDraftRequest,
): Promise<FilingDraft> {
  const [changed] = await rows<Row>(
    pool,
    `update draft set content = $3, version = version + 1, updated_at = $4, last_key = $5, last_hash = $6
     where id = $1 and version = $2 and content is not null returning ${columns}`,
    [id, version, JSON.stringify(content), at, key, hash],
    'change-draft',
  );
  if (changed) return draftOf(changed);
  const kept = (await findRow(pool, id)) ?? refuse('NOT_FOUND', { draft: id });
  if (kept.lastKey === key) return kept.lastHash === hash ? draftOf(kept) : refuse('IDEMPOTENCY_KEY_REUSED');
  if (kept.content === null) refuseOver(kept);
  return refuse('STALE', { version: kept.version });
}

/** Throws what is in it away. Twice is once; refuses `PRECONDITION_FAILED` where it became a case. */
export async function discardFilingDraft(pool: pg.Pool, id: string, at: Instant): Promise<FilingDraft> {
  await pool.query(
    `update draft set content = null, discarded_at = $2, updated_at = $2, version = version + 1
     where id = $1 and content is not null`,
    [id, at],
  );
  const kept = (await findRow(pool, id)) ?? refuse('NOT_FOUND', { draft: id });
  if (kept.filedCase !== null) refuseOver(kept);
  return draftOf(kept);
}

/** Refuses `PRECONDITION_FAILED`: it is over. `filed` names the case it became. */
export const refuseOver = ({ filedCase }: Pick<FilingDraft, 'filedCase'>): never =>
  refuse('PRECONDITION_FAILED', filedCase === null ? { discarded: true } : { filed: filedCase });

/** The latest changed first; only those that still can be filed, unless `over`. */
export async function listFilingDrafts(
  pool: pg.Pool,
  owners: readonly string[],
  { cursor, limit, over }: { readonly cursor?: string; readonly limit: number; readonly over: boolean },
): Promise<Page<FilingDraft>> {
  const place = placeOf(cursor, ['instant', 'text']);
  const found = await rows<Row>(
    pool,
    `select ${columns} from draft where owner = any ($1) and ($2 or content is not null)
       and ($3::timestamptz is null or (updated_at, id::text) < ($3::timestamptz, $4::text))
     order by updated_at desc, id::text desc limit $5`,
    [owners, over, place?.[0] ?? null, place?.[1] ?? '', limit + 1],
    'list-drafts',
  );
  return pageOf(found.map(draftOf), limit, (one) => [one.updatedAt, one.id]);
}

/** Whether a filing failed because its draft was changed, discarded or filed meanwhile. */
export const isFilingDraftMoved = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'draft_version';
