import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Readable } from 'node:stream';
import { hashOfFile, keptFile, openKept } from '../../db/register/kept-files.js';
import { refuse } from '../../domain/errors.js';
import { freeBytes } from '../../ops/disk.js';

/** The bytes of a document, compared with their hash before the first of them leaves the house. */
export interface KeptBytes {
  readonly bytes: number;
  readonly content: Readable;
}

/** The bytes of documents, each under its own SHA-256. A document once kept is never changed. */
export interface DocumentStore {
  /** A name nobody uses, for a file that is still coming in. */
  newUpload(): string;
  /** Whether so many bytes can come in without using up what must stay free for everything else. */
  hasRoomFor(bytes: number): Promise<boolean>;
  /** Makes an uploaded file last on the disk, and answers its SHA-256 in hex. */
  seal(upload: string): Promise<string>;
  /** Keeps a sealed upload for good under its SHA-256 and removes the upload; the same bytes twice are kept once. */
  keep(upload: string, sha256: string): Promise<void>;
  discard(upload: string): Promise<void>;
  /** Refuses DOCUMENT_MISSING where the bytes are gone, and DOCUMENT_DIFFERS where they are not those that were kept. */
  read(sha256: string): Promise<KeptBytes>;
}

interface StoreOptions {
  /** Uploads leave at least so much of the disk free; default 0. */
  readonly reserveBytes?: number;
  /** Bytes free under a folder; default: what the system says. */
  readonly free?: (folder: string) => Promise<number>;
}

/** The content-addressed folder `folder/ab/cdef…`. */
export async function createDocumentStore(folder: string, options: StoreOptions = {}): Promise<DocumentStore> {
  const { reserveBytes = 0, free = freeBytes } = options;
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await sweep(incoming);
  const pathOf = (sha256: string) => keptFile(folder, sha256);
  return {
    newUpload: () => join(incoming, randomUUID()),
    hasRoomFor: async (bytes) => (await free(folder)) - bytes >= reserveBytes,
    seal: async (upload) => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(upload), hash);
      const sha256 = hash.digest('hex');
      const file = await open(upload);
      try {
        await file.sync(); // the register must not know a document whose bytes a power cut takes away
      } finally {
        await file.close();
      }
      return sha256;
    },
    keep: async (upload, sha256) => {
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
      await rename(upload, pathOf(sha256));
    },
    discard: (upload) => rm(upload, { force: true }),
    read: async (sha256) => {
      const file = (await openKept(folder, sha256)) ?? refuse('DOCUMENT_MISSING', { sha256 });
      return readCompared(file, sha256);
    },
  };
}

async function readCompared(file: FileHandle, sha256: string): Promise<KeptBytes> {
  try {
    const { size: bytes } = await file.stat();
    if ((await hashOfFile(file)) !== sha256) refuse('DOCUMENT_DIFFERS', { sha256 });
    return { bytes, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const dayMs = 86_400_000;

/** Uploads that a crash left half-way; those of a day ago at the latest, because another process may be taking one now. */
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > dayMs) await rm(path, { force: true });
  }
}
