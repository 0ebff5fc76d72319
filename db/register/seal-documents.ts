import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { type MasterKeys } from '../../ops/master-keys.js';
import { inTransaction, rows } from '../pool.js';
import { keptFile, removeBytes, sealUnderNewKey } from './kept-files.js';

const documentsAtOnce = 20;
/** Whoever found a document in clear has opened its file by then. */
const readersHave = '1 minute';

export interface DocumentSealing {
  /** Seals some documents that lie in clear, and removes clear files that nobody reads any more; true while there are more to seal. */
  runOnce(): Promise<boolean>;
}

/** Seals the bytes of documents that were kept in clear. What is missing or not what was kept stays as it is: `verify-chain` tells it. */
export function createDocumentSealing(pool: pg.Pool, folder: string, masterKeys: MasterKeys): DocumentSealing {
  const beginning = '00000000-0000-0000-0000-000000000000';
  let place = beginning;
  return {
    async runOnce() {
      await removeClear(pool, folder);
      const page = await rows<{ id: string; sha256: string }>(
        pool,
        `select id::text as id, sha256 from document where id > $1::uuid and seal_id is null and erased_at is null
         order by document.id limit ${documentsAtOnce}`,
        [place],
        'documents-in-clear',
      );
      for (const { id, sha256 } of page) await sealOne(pool, folder, masterKeys, id, sha256);
      const isMore = page.length === documentsAtOnce;
      place = isMore ? (page.at(-1)?.id ?? beginning) : beginning;
      return isMore;
    },
  };
}

async function sealOne(
  pool: pg.Pool,
  folder: string,
  masterKeys: MasterKeys,
  id: string,
  sha256: string,
): Promise<void> {
  const unfinished = join(folder, 'incoming', `${randomUUID()}.sealed`);
  try {
    const [beside] = await rows<{ body: Buffer }>(pool, 'select body from document_text where document_id = $1::uuid', [
      id,
    ]);
    const clear = keptFile(folder, sha256);
    const { sha256: found, seal, text } = await sealUnderNewKey(masterKeys, clear, unfinished, beside?.body);
    if (found !== sha256) return;
    const sealed = keptFile(folder, sha256, seal.id);
    await rename(unfinished, sealed);
    const done = await inTransaction(pool, async (client) => {
      const [answer] = await rows<{ sealed: boolean | null }>(
        client,
        `select seal_document($1::uuid, $2, $3, $4, clock_timestamp() + interval '${readersHave}') as sealed`,
        [id, seal.id, seal.master, seal.wrapped],
      );
      if (answer?.sealed !== true) return false;
      if (text) await client.query('update document_text set body = $2 where document_id = $1::uuid', [id, text]);
      return true;
    });
    // Sealed by another process, or erased meanwhile.
    if (!done) await rm(sealed, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** The clear files of documents that were sealed a while ago, unless another document still lies in the same file. */
async function removeClear(pool: pg.Pool, folder: string): Promise<void> {
  const left = await rows<{ id: string; sha256: string; shared: boolean }>(
    pool,
    `select d.id::text as id, d.sha256, exists (
       select from document o where o.sha256 = d.sha256 and o.seal_id is null and o.erased_at is null) as shared
     from document d where d.clear_until < clock_timestamp() order by d.clear_until limit 200`,
    [],
    'clear-files-left',
  );
  for (const { sha256, shared } of left) if (!shared) await removeBytes(folder, { sha256, sealId: null });
  const gone = left.filter(({ shared }) => !shared).map(({ id }) => id);
  if (gone.length > 0) await pool.query('update document set clear_until = null where id = any ($1::uuid[])', [gone]);
}
