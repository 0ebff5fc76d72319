import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { packText } from '../../db/register/document-texts.js';
import { recordLookedAgain, takeLeftToLookInto } from '../../db/register/looked-again.js';
import { type ApiDeps } from '../deps.js';

/** Looks once more into one document whose turn did not come; true: there was one. What is not done this time either stays as it was said. */
export async function lookAgain({
  pool,
  documents: store,
  inspector,
}: Pick<ApiDeps, 'pool' | 'documents' | 'inspector'>): Promise<boolean> {
  const left = await takeLeftToLookInto(pool);
  if (!left) return false;
  const { content } = await store.read(left);
  const path = store.newUpload();
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600 }));
    const [remark, pages] = await Promise.all([
      inspector.remarkOn(path, left.mediaType, left.uploadedBy),
      inspector.textOf(path, left.mediaType, left.uploadedBy),
    ]);
    await recordLookedAgain(pool, left, remark, packText(pages ?? []));
    return true;
  } finally {
    await store.discard(path);
  }
}
