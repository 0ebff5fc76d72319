import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { inTransaction, masterKeysFor, rows } from '../pool.js';
import { type Remark } from './documents.js';
import { type KeptDocument, sealColumn, sealOf, sealText, type StoredSeal } from './kept-files.js';

/** A document that was not looked into when it came, or not read. */
export interface LeftToLookInto extends KeptDocument {
  readonly id: string;
  readonly mediaType: string;
  readonly uploadedBy: string;
}

/** Takes up the next one whose time has come, for good: nobody gets it again. */
export async function takeLeftToLookInto(pool: pg.Pool): Promise<LeftToLookInto | undefined> {
  const [taken] = await rows<Omit<LeftToLookInto, 'seal'> & { readonly seal: StoredSeal | null }>(
    pool,
    `update document set look_again_at = null where id = (
       select id from document where look_again_at <= clock_timestamp() and erased_at is null
       order by look_again_at limit 1 for update skip locked)
     returning id::text as id, sha256, media_type as "mediaType", uploaded_by as "uploadedBy", ${sealColumn}`,
    [],
    'left-to-look-into',
  );
  return taken && { ...taken, seal: sealOf(taken.seal) };
}

/**
 * What was found at the second look: the remark where there was none yet, and the packed text where nothing was read; of a document that was erased meanwhile nothing.
 * Refuses KEY_UNAVAILABLE where its key is not at hand.
 */
export async function recordLookedAgain(
  pool: pg.Pool,
  { id, sha256, seal }: LeftToLookInto,
  remark: Remark | null,
  text: Buffer | null,
): Promise<void> {
  const body = text && (await sealText({ seal }, text, masterKeysFor(pool)));
  if (body === 'away') return refuse('KEY_UNAVAILABLE', { sha256 });
  await inTransaction(pool, async (client) => {
    await client.query('select remark_document($1::uuid, $2)', [id, remark]);
    if (body === null) return;
    // The lock keeps its erasure, and its sealing afterwards, from coming between.
    await client.query(
      `with it as (select id from document where id = $1::uuid and erased_at is null and seal_id is not distinct from $3 for update)
       insert into document_text (document_id, body) select id, $2 from it on conflict do nothing`,
      [id, body, seal?.id ?? null],
    );
  });
}
