import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

// A file sealed in pieces, so that one of any length is read and written with little memory: one byte of version, seven of a nonce, then pieces of 64 KiB, each by
// AES-256-GCM with its tag behind it. The nonce of a piece is those seven bytes, its number, and whether it is the last: pieces that were exchanged, dropped, added
// or cut off do not open.

const version = 1;
const prefixBytes = 7;
const headBytes = 1 + prefixBytes;
const pieceBytes = 65_536;
const tagBytes = 16;
const sealedBytes = pieceBytes + tagBytes;

/** What was sealed was changed, or is sealed by another key. */
export class SealBroken extends Error {}

function nonceOf(prefix: Buffer, piece: number, last: boolean): Buffer {
  const rest = Buffer.alloc(5);
  rest.writeUInt32BE(piece);
  rest[4] = last ? 1 : 0;
  return Buffer.concat([prefix, rest]);
}

/** Fills as much of `into` as the file has from `position` on. */
async function readFully(file: FileHandle, into: Buffer, position: number): Promise<Buffer> {
  let got = 0;
  while (got < into.length) {
    const { bytesRead } = await file.read(into, got, into.length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return into.subarray(0, got);
}

/** Seals the file at `from` as a new one at `to`, lasting on the disk; answers the SHA-256 of the clear bytes in hex. */
export async function sealFile(from: string, to: string, key: Uint8Array, about: string): Promise<string> {
  const source = await open(from);
  try {
    const target = await open(to, 'w', 0o600);
    try {
      const { size } = await source.stat();
      const hash = createHash('sha256');
      const prefix = randomBytes(prefixBytes);
      await target.write(Buffer.concat([Buffer.from([version]), prefix]));
      const pieces = Math.max(1, Math.ceil(size / pieceBytes));
      for (let piece = 0; piece < pieces; piece++) {
        const clear = await readFully(source, Buffer.alloc(pieceBytes), piece * pieceBytes);
        hash.update(clear);
        const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, piece, piece === pieces - 1));
        cipher.setAAD(Buffer.from(about, 'utf8'));
        await target.writeFile(Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]));
      }
      await target.sync();
      return hash.digest('hex');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** How many clear bytes a sealed file of that size holds. Throws `SealBroken` where there is no such file. */
export function clearBytesIn(size: number): number {
  const body = size - headBytes;
  const pieces = Math.ceil(body / sealedBytes);
  const clear = body - pieces * tagBytes;
  if (pieces < 1 || clear < 0) throw new SealBroken('a sealed file was cut short');
  return clear;
}

/** The clear bytes of an open sealed file, piece by piece; the handle stays open. Throws `SealBroken` at the first piece that is not what was sealed. */
export async function* openedPieces(file: FileHandle, key: Uint8Array, about: string): AsyncGenerator<Buffer> {
  const { size } = await file.stat();
  clearBytesIn(size);
  const head = await readFully(file, Buffer.alloc(headBytes), 0);
  if (head[0] !== version) throw new SealBroken('a sealed file of an unknown version');
  const pieces = Math.ceil((size - headBytes) / sealedBytes);
  for (let piece = 0; piece < pieces; piece++) {
    const sealed = await readFully(file, Buffer.alloc(sealedBytes), headBytes + piece * sealedBytes);
    const end = sealed.length - tagBytes;
    if (end < 0) throw new SealBroken('a sealed file was cut short');
    const nonce = nonceOf(head.subarray(1), piece, piece === pieces - 1);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      .setAAD(Buffer.from(about, 'utf8'))
      .setAuthTag(sealed.subarray(end));
    let clear: Buffer;
    try {
      clear = Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
    } catch (cause) {
      throw new SealBroken(`piece ${piece} of a sealed file does not open`, { cause });
    }
    yield clear;
  }
}
