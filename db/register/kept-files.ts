import { createHash, randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { decipher, encipher, type MasterKeys, type WrappedKey } from '../../ops/master-keys.js';
import { aboutDocumentKey, idBytes, openKey } from './data-keys.js';
import { clearBytesIn, openedPieces, SealBroken, sealFile } from './sealed-files.js';

/** The key that the bytes of one document are sealed by; `wrapped` is null once it was destroyed. */
export interface FileSeal {
  readonly id: string;
  readonly master: string;
  readonly wrapped: Buffer | null;
}

/** Which bytes: by the SHA-256 of what was uploaded, and how they lie: sealed, or in clear (null). */
export interface KeptDocument {
  readonly sha256: string;
  readonly seal: FileSeal | null;
}

/** What of a row of `document` says how its bytes lie. */
export const sealColumn = `case when seal_id is not null then json_build_object('id', seal_id, 'master', seal_master, 'wrapped', encode(seal_wrapped, 'hex')) end as seal`;

/** As `sealColumn` gives it. */
export interface StoredSeal {
  readonly id: string;
  readonly master: string;
  readonly wrapped: string | null;
}
export const sealOf = (stored: StoredSeal | null): FileSeal | null =>
  stored && { ...stored, wrapped: stored.wrapped === null ? null : Buffer.from(stored.wrapped, 'hex') };

/** Where the bytes of a document lie: `folder/ab/cdef…`, by their SHA-256; sealed ones by the id of their key behind it. */
export const keptFile = (folder: string, sha256: string, sealId?: string): string =>
  join(folder, sha256.slice(0, 2), sealId === undefined ? sha256.slice(2) : `${sha256.slice(2)}.${sealId}`);

const aboutBytes = (id: string): string => `document/${id}`;

const aboutText = (id: string): string => `document-text/${id}`;

/** A document that was just sealed, with what is kept beside it. */
interface NewlySealed {
  readonly sha256: string;
  readonly seal: FileSeal & WrappedKey;
  /** The packed text, sealed under the same key; null where there is none. */
  readonly text: Buffer | null;
}

/** Seals the file at `from` under a key of its own as a new one at `to`, and under the same key the text that is kept beside it. */
export async function sealUnderNewKey(
  masterKeys: MasterKeys,
  from: string,
  to: string,
  text: Uint8Array | null = null,
): Promise<NewlySealed> {
  const [id, key] = [randomBytes(idBytes).toString('hex'), randomBytes(32)];
  const sha256 = await sealFile(from, to, key, aboutBytes(id));
  const seal = { id, ...(await masterKeys.wrap(key, aboutDocumentKey(id))) };
  return { sha256, seal, text: text && encipher(key, text, aboutText(id)) };
}

/** The packed text that was kept beside a document. `away`: its master key is not at hand. `differs`: its key is gone, or it is not what was sealed. */
export async function openText(
  { seal }: Pick<KeptDocument, 'seal'>,
  body: Buffer,
  masterKeys: MasterKeys | undefined,
): Promise<Buffer | 'away' | 'differs'> {
  if (seal === null) return body;
  const { id, master, wrapped } = seal;
  if (wrapped === null) return 'differs';
  const key = await openKey(masterKeys, { master, wrapped }, aboutDocumentKey(id));
  return key ? (decipher(key, body, aboutText(id)) ?? 'differs') : 'away';
}

/** The packed text of a document that was kept without, sealed as `openText` opens it. `away`: its key is not at hand, or gone. */
export async function sealText(
  { seal }: Pick<KeptDocument, 'seal'>,
  packed: Buffer,
  masterKeys: MasterKeys | undefined,
): Promise<Buffer | 'away'> {
  if (seal === null) return packed;
  const { id, master, wrapped } = seal;
  const key = wrapped && (await openKey(masterKeys, { master, wrapped }, aboutDocumentKey(id)));
  return key ? encipher(key, packed, aboutText(id)) : 'away';
}

/** SHA-256 of what these pieces are together. */
async function hashOfPieces(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** SHA-256 of an open file from its beginning; the handle stays open. */
export const hashOfFile = (file: FileHandle): Promise<string> =>
  hashOfPieces(file.createReadStream({ start: 0, autoClose: false }));

/** An open document: its clear bytes, as often as they are asked for; whoever has it closes it. */
interface OpenDocument {
  readonly bytes: number;
  pieces(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** `away`: its master key is not at hand. `differs`: its key is gone, or it is cut short. Anything else that keeps it from being read is thrown. */
async function openKept(
  folder: string,
  { sha256, seal }: KeptDocument,
  masterKeys: MasterKeys | undefined,
): Promise<OpenDocument | 'missing' | 'away' | 'differs'> {
  let file: FileHandle;
  try {
    file = await open(keptFile(folder, sha256, seal?.id));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  const closed = async <T>(answer: T): Promise<T> => {
    await file.close();
    return answer;
  };
  try {
    const { size } = await file.stat();
    const close = () => file.close();
    if (seal === null) {
      const pieces = () => file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
      return { bytes: size, pieces, close };
    }
    const { id, master, wrapped } = seal;
    if (wrapped === null) return await closed('differs');
    const key = await openKey(masterKeys, { master, wrapped }, aboutDocumentKey(id));
    if (!key) return await closed('away');
    return { bytes: clearBytesIn(size), pieces: () => openedPieces(file, key, aboutBytes(id)), close };
  } catch (error) {
    await file.close();
    if (error instanceof SealBroken) return 'differs';
    throw error;
  }
}

/** The bytes of a document, compared with their hash before the first of them is given. */
export interface KeptBytes {
  readonly bytes: number;
  readonly content: Readable;
}

/** The bytes that were kept, or why there are none. */
export async function readKept(
  folder: string,
  kept: KeptDocument,
  masterKeys: MasterKeys | undefined,
): Promise<KeptBytes | 'missing' | 'away' | 'differs'> {
  const found = await openKept(folder, kept, masterKeys);
  if (typeof found === 'string') return found;
  try {
    if ((await hashOfPieces(found.pieces())) === kept.sha256) return { bytes: found.bytes, content: streamOf(found) };
  } catch (error) {
    await found.close();
    if (error instanceof SealBroken) return 'differs';
    throw error;
  }
  await found.close();
  return 'differs';
}

/** Gives the file back however the reading ends, also where it never began. */
function streamOf(document: OpenDocument): Readable {
  const pieces = document.pieces()[Symbol.asyncIterator]();
  return new Readable({
    read() {
      pieces.next().then(
        ({ done, value }) => this.push(done === true ? null : value),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      document.close().then(
        () => done(error),
        (failed: unknown) => done(error ?? (failed as Error)),
      );
    },
  });
}

/** What became of the bytes that were kept. */
export async function checkKept(
  folder: string,
  kept: KeptDocument,
  masterKeys: MasterKeys | undefined,
): Promise<'same' | 'missing' | 'away' | 'differs' | 'unreadable'> {
  try {
    const found = await openKept(folder, kept, masterKeys);
    if (typeof found === 'string') return found;
    try {
      return (await hashOfPieces(found.pieces())) === kept.sha256 ? 'same' : 'differs';
    } finally {
      await found.close();
    }
  } catch (error) {
    return error instanceof SealBroken ? 'differs' : 'unreadable'; // the finding is the answer: the check goes on with the next one
  }
}

/** Bytes that no document names any more; removed as often as it is asked for. `sealId` null: those that lie in clear. */
export interface LeftBytes {
  readonly sha256: string;
  readonly sealId: string | null;
}

export const removeBytes = (folder: string, { sha256, sealId }: LeftBytes): Promise<void> =>
  rm(keptFile(folder, sha256, sealId ?? undefined), { force: true });
