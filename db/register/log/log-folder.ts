import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointFrom } from '../../../domain/evidence/checkpoint.js';
import { noteFrom } from '../../../domain/evidence/note.js';
import { leafHash, type ReadNode } from '../../../domain/evidence/merkle.js';
import {
  bundleOf,
  entriesIn,
  entriesPath,
  nodesFrom,
  type Tile,
  tileIn,
  tilePath,
  tilesAfter,
  tileWidth,
} from '../../../domain/evidence/tiles.js';
import { writeDurably } from '../../../ops/durable-file.js';

/** The files of a transparency log as everybody reads them (C2SP tlog-tiles): any web server can publish the folder. */
export interface LogFolder {
  /** Throws where the tile is missing (ENOENT) or shorter than it must be. */
  readTile(tile: Tile): Promise<Uint8Array>;
  /** Subtrees of the first `size` leaves. */
  nodes(size: number): ReadNode;
  /** The entries from leaf `from` on, below `to`; in a log of `size` leaves. */
  entries(from: number, to: number, size: number): AsyncGenerator<Uint8Array>;
  /** Writes what comes when `entries` follow the first `size` leaves; the same bytes again change nothing. */
  append(size: number, entries: readonly Uint8Array[]): Promise<void>;
  /** The newest signed state; undefined where there is none. */
  checkpoint(): Promise<string | undefined>;
  writeCheckpoint(note: string): Promise<void>;
}

/** The name of the log that was published in a folder; undefined where none was. */
export async function publishedOrigin(folder: string): Promise<string | undefined> {
  const note = noteFrom((await logFolder(folder).checkpoint()) ?? '');
  return note && checkpointFrom(note.text)?.origin;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What stood at `path` when the log was `width` long there: the file of that width, or the beginning of one that went on. */
async function firstOf(folder: string, pathOf: (width: number) => string, width: number): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, pathOf(width)));
  } catch (error) {
    if (!isMissing(error) || width === tileWidth) throw error;
    return readFile(join(folder, pathOf(tileWidth)));
  }
}

export function logFolder(folder: string): LogFolder {
  const readTile = async (tile: Tile): Promise<Uint8Array> => {
    const bytes = await firstOf(folder, (width) => tilePath({ ...tile, width }), tile.width);
    return bytes.subarray(0, tile.width * 32);
  };
  const bundle = async (index: number, width: number): Promise<Uint8Array[]> =>
    entriesIn(await firstOf(folder, (part) => entriesPath(index, part), width)).slice(0, width);
  // What was there in parts is in the whole.
  const write = async (pathOf: (width: number) => string, width: number, bytes: Uint8Array): Promise<void> => {
    await writeDurably(join(folder, pathOf(width)), bytes);
    if (width === tileWidth) await rm(`${join(folder, pathOf(width))}.p`, { recursive: true, force: true });
  };
  return {
    readTile,
    nodes: (size) => nodesFrom(readTile, size),
    async *entries(from, to, size) {
      for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) {
        const { width } = tileIn(size, 0, index);
        const start = index * tileWidth;
        yield* (await bundle(index, width)).slice(Math.max(0, from - start), to - start);
      }
    },
    async append(size, entries) {
      const tiles = await tilesAfter(readTile, size, entries.map(leafHash));
      for (const { bytes, ...tile } of tiles) await write((width) => tilePath({ ...tile, width }), tile.width, bytes);
      const first = Math.floor(size / tileWidth);
      const held = size % tileWidth === 0 ? [] : await bundle(first, size % tileWidth);
      const all = [...held, ...entries];
      for (let at = 0; at < all.length; at += tileWidth) {
        const part = all.slice(at, at + tileWidth);
        await write((width) => entriesPath(first + at / tileWidth, width), part.length, bundleOf(part));
      }
    },
    async checkpoint() {
      try {
        return await readFile(join(folder, 'checkpoint'), 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    writeCheckpoint: (note) => writeDurably(join(folder, 'checkpoint'), note),
  };
}

/** Brings a second place up to a signed state of the first: what it lacks is copied, then the checkpoint. `held`: how far it was. */
export async function copyLog(from: LogFolder, to: LogFolder, held: number, size: number, note: string): Promise<void> {
  // A bounded part at a time: a place that was empty gets years.
  for (let at = held; at < size;) {
    const end = Math.min(size, (Math.floor(at / tileWidth) + 64) * tileWidth);
    const entries: Uint8Array[] = [];
    for await (const entry of from.entries(at, end, size)) entries.push(entry);
    await to.append(at, entries);
    at = end;
  }
  await to.writeCheckpoint(note);
}
