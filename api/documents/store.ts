import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type FileSeal,
  hashOfFile,
  type KeptBytes,
  type KeptDocument,
  keptFile,
  readKept,
  sealUnderNewKey,
} from '../../db/register/kept-files.js';
import { refuse } from '../../domain/errors.js';
import { freeBytes } from '../../ops/disk.js';
import { type MasterKeys, type WrappedKey } from '../../ops/master-keys.js';

/** An upload that lasts on the disk; `seal` is null where it lies in clear, because there are no master keys. */
export interface SealedUpload {
  readonly sha256: string;
  readonly seal: (FileSeal & WrappedKey) | null;
  /** Its packed text as it is to be kept: sealed under the same key; null where it has none. */
  readonly text: Buffer | null;
}

/** The bytes of documents, each sealed by a key of its own. A document once kept is never changed. */
export interface DocumentStore {
  /** A name nobody uses, for a file that is still coming in. */
  newUpload(): string;
  /** Whether so many bytes can come in without using up what must stay free for everything else. */
  hasRoomFor(bytes: number): Promise<boolean>;
  /** Makes an uploaded file last on the disk, sealed and its packed text with it, and answers the SHA-256 of what was uploaded. No clear byte of it stays. */
  seal(upload: string, text?: Buffer | null): Promise<SealedUpload>;
  /** Keeps a sealed upload for good. In clear the same bytes twice are kept once. */
  keep(upload: string, sealed: SealedUpload): Promise<void>;
  discard(upload: string): Promise<void>;
  /** Refuses DOCUMENT_MISSING where the bytes are gone, DOCUMENT_DIFFERS where they are not those that were kept, and KEY_UNAVAILABLE where their key is not at hand. */
  read(document: KeptDocument): Promise<KeptBytes>;
}

interface StoreOptions {
  /** Uploads leave at least so much of the disk free; default 0. */
  readonly reserveBytes?: number;
  /** What the keys of documents are wrapped by; left out: their bytes lie in clear. */
  readonly masterKeys?: MasterKeys | undefined;
  /** Bytes free under a folder; default: what the system says. */
  readonly free?: (folder: string) => Promise<number>;
}

/** The folder of documents: `folder/ab/cdef…` by their SHA-256. */
export async function createDocumentStore(folder: string, options: StoreOptions = {}): Promise<DocumentStore> {
  const { reserveBytes = 0, free = freeBytes, masterKeys } = options;
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await sweep(incoming);
  return {
    newUpload: () => join(incoming, randomUUID()),
    hasRoomFor: async (bytes) => (await free(folder)) - bytes >= reserveBytes,
    seal: async (upload, text = null) => {
      if (masterKeys) {
        const sealed = `${upload}.sealed`;
        try {
          const made = await sealUnderNewKey(masterKeys, upload, sealed, text);
          await rename(sealed, upload);
          return made;
        } catch (error) {
          await rm(sealed, { force: true });
          throw error;
        }
      }
      const file = await open(upload);
      try {
        const sha256 = await hashOfFile(file);
        await file.sync(); // the register must not know a document whose bytes a power cut takes away
        return { sha256, seal: null, text };
      } finally {
        await file.close();
      }
    },
    keep: async (upload, { sha256, seal }) => {
      const path = keptFile(folder, sha256, seal?.id);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(upload, path);
    },
    discard: (upload) => rm(upload, { force: true }),
    read: async (document) => {
      const { sha256 } = document;
      const found = await readKept(folder, document, masterKeys);
      switch (found) {
        case 'missing':
          return refuse('DOCUMENT_MISSING', { sha256 });
        case 'differs':
          return refuse('DOCUMENT_DIFFERS', { sha256 });
        case 'away':
          return refuse('KEY_UNAVAILABLE', { sha256 });
        default:
          return found;
      }
    },
  };
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
