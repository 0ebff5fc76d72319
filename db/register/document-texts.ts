import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type pg from 'pg';
import { type PageText } from '../../domain/drafting/words.js';
import { refuse } from '../../domain/errors.js';
import { masterKeysFor, rows } from '../pool.js';
import { openText, sealColumn, sealOf, type StoredSeal } from './kept-files.js';

/** Bytes of the text of one document, unpacked. */
const mostBytes = 4 * 1024 * 1024;

/** What is kept of the text of a document; null where it has none. */
export const packText = (pages: readonly PageText[]): Buffer | null =>
  pages.length === 0 ? null : deflateRawSync(JSON.stringify(pages));

const unpackText = (packed: Buffer): readonly PageText[] =>
  JSON.parse(inflateRawSync(packed, { maxOutputLength: mostBytes }).toString()) as readonly PageText[];

/**
 * The texts of these documents by their ids; without those that have none or were erased. Refuses KEY_UNAVAILABLE where the key of one is not at hand,
 * DOCUMENT_DIFFERS where it is not what was kept.
 */
export async function readTexts(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly PageText[]>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; sha256: string; seal: StoredSeal | null; body: Buffer }>(
    pool,
    `select d.id::text as id, d.sha256, t.body, ${sealColumn} from document d join document_text t on t.document_id = d.id
     where d.id::text = any ($1::text[]) and d.erased_at is null`,
    [[...ids]],
    'document-texts',
  );
  const texts = new Map<string, readonly PageText[]>();
  for (const { id, sha256, seal, body } of found) {
    const packed = await openText({ seal: sealOf(seal) }, body, masterKeysFor(pool));
    if (packed === 'away') return refuse('KEY_UNAVAILABLE', { sha256 });
    if (packed === 'differs') return refuse('DOCUMENT_DIFFERS', { sha256 });
    texts.set(id, unpackText(packed));
  }
  return texts;
}
