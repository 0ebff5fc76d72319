import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Where the bytes of a document lie: `folder/ab/cdef…`, by their SHA-256. */
export const keptFile = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));

/** SHA-256 of an open file from its beginning; the handle stays open. */
export async function hashOfFile(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(file.createReadStream({ start: 0, autoClose: false }), hash);
  return hash.digest('hex');
}

/** Undefined where there is no such file; anything else that keeps it from being read is thrown. */
export async function openKept(folder: string, sha256: string): Promise<FileHandle | undefined> {
  try {
    return await open(keptFile(folder, sha256));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What became of the bytes that were kept under this hash. */
export async function checkKept(
  folder: string,
  sha256: string,
): Promise<'same' | 'missing' | 'differs' | 'unreadable'> {
  let file: FileHandle | undefined;
  try {
    file = await openKept(folder, sha256);
    if (!file) return 'missing';
    return (await hashOfFile(file)) === sha256 ? 'same' : 'differs';
  } catch {
    return 'unreadable'; // the finding is the answer: the check goes on with the next one
  } finally {
    await file?.close();
  }
}
