import { writeFile } from 'node:fs/promises';
import type pg from 'pg';
import { type DocumentStore } from '../../api/documents/store.js';
import { recordDocument } from '../../db/register/documents.js';
import { keptFile } from '../../db/register/kept-files.js';
import { at } from './memory-register.js';

const quota = { perDay: 1_000, bytesPerDay: 1e9, unusedBytes: 1e9 };
let uploads = 0;

/** Keeps these bytes as an upload of that person does; answers id, hash and where they lie. */
export async function keepDocument(
  pool: pg.Pool,
  store: DocumentStore,
  folder: string,
  bytes: Uint8Array,
  owner = 'investor.besi',
  text: Buffer | null = null,
): Promise<{ readonly id: string; readonly sha256: string; readonly path: string }> {
  const file = store.newUpload();
  await writeFile(file, bytes);
  const sealed = await store.seal(file, text);
  const what = {
    fileName: 'hộ chiếu.pdf',
    mediaType: 'application/pdf',
    bytes: bytes.length,
    remark: null,
    again: false,
  };
  const by = { owner, uploadedBy: owner, uploadedAt: at('2026-07-06 09:00') };
  const request = { key: `k${++uploads}`, formerId: '00000000-0000-4000-8000-000000000001' };
  const { document } = await recordDocument(pool, { ...sealed, ...what, ...by, ...request }, quota, () =>
    store.keep(file, sealed),
  );
  return { id: document.id, sha256: sealed.sha256, path: keptFile(folder, sealed.sha256, sealed.seal?.id) };
}
