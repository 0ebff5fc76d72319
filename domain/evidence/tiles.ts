import { type Hash, joined, nodeHash, type ReadNode, rootOf } from './merkle.js';

/** Hashes in a full tile (C2SP tlog-tiles: height 8). */
export const tileWidth = 256;
const tileHeight = 8;
const hashBytes = 32;

/** One tile: at level L, tile N holds the roots of the complete subtrees of 256^L leaves, from number 256 * N on; `width` of them. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Reads the hashes of a tile, one after the other, 32 bytes each. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>;

export interface WrittenTile extends Tile {
  readonly bytes: Uint8Array;
}

// C2SP tlog-tiles: groups of three digits, all but the last after an «x».
function numberPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}
const partOf = (width: number): string => (width === tileWidth ? '' : `.p/${width}`);

/** Where a tile is published, below the address of the log. */
export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${numberPath(index)}${partOf(width)}`;

/** Where the entries of tile `index` of level 0 are published. */
export const entriesPath = (index: number, width: number): string =>
  `tile/entries/${numberPath(index)}${partOf(width)}`;

/** Entries as they are published: each after its length (two bytes, the higher first). */
export const bundleOf = (entries: readonly Uint8Array[]): Uint8Array =>
  joined(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]));

/** The entries of a bundle. Throws where its bytes end in the middle of one. */
export function entriesIn(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) throw new RangeError('The bundle ends within a length');
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) throw new RangeError('The bundle ends within an entry');
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}

/** How many hashes level `level` has in a log of `size` leaves. */
const hashesAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level);

/** The tile of this level and number in a log of `size` leaves: full, or as far as it goes. */
export const tileIn = (size: number, level: number, index: number): Tile => ({
  level,
  index,
  width: Math.min(tileWidth, hashesAt(level, size) - index * tileWidth),
});

/** Reads subtrees of the first `size` leaves out of tiles; each tile is read and hashed once. Refuses a tile that is not as long as it must be. */
export function nodesFrom(readTile: ReadTile, size: number): ReadNode {
  const tiles = new Map<string, Promise<readonly (readonly Hash[])[]>>();
  const subtreesOf = (tile: Tile) => {
    const key = tilePath(tile);
    const known = tiles.get(key) ?? readTile(tile).then((bytes) => subtreesIn(hashesIn(bytes, tile)));
    tiles.set(key, known);
    return known;
  };
  return async (level, index) => {
    const within = level % tileHeight;
    const first = index * 2 ** within;
    const tile = tileIn(size, Math.floor(level / tileHeight), Math.floor(first / tileWidth));
    const hash = (await subtreesOf(tile))[within]?.[(first % tileWidth) / 2 ** within];
    if (!hash) throw new RangeError(`${tilePath(tile)} does not reach node ${level}/${index}`);
    return hash;
  };
}

/** The complete subtrees over these hashes by their height, from the hashes themselves on. */
function subtreesIn(hashes: readonly Hash[]): (readonly Hash[])[] {
  const pairs = hashes.flatMap((left, at) => {
    const right = hashes[at + 1];
    return at % 2 === 0 && right ? [nodeHash(left, right)] : [];
  });
  return [hashes, ...(pairs.length > 0 ? subtreesIn(pairs) : [])];
}

function hashesIn(bytes: Uint8Array, tile: Tile): Hash[] {
  if (bytes.length !== tile.width * hashBytes) throw new RangeError(`${tilePath(tile)} has ${bytes.length} bytes`);
  return Array.from({ length: tile.width }, (_, at) => bytes.slice(at * hashBytes, (at + 1) * hashBytes));
}

/** The tiles that come or grow when `leaves` (hashes) follow the first `size` leaves, level by level. */
export async function tilesAfter(readTile: ReadTile, size: number, leaves: readonly Hash[]): Promise<WrittenTile[]> {
  const written: WrittenTile[] = [];
  let hashes = leaves;
  for (let level = 0; hashes.length > 0; level++) {
    const before = hashesAt(level, size);
    const last: Tile = { level, index: Math.floor(before / tileWidth), width: before % tileWidth };
    let held = last.width === 0 ? [] : hashesIn(await readTile(last), last);
    const above: Hash[] = [];
    let { index } = last;
    for (const hash of hashes) {
      held.push(hash);
      if (held.length < tileWidth) continue;
      written.push({ level, index, width: tileWidth, bytes: joined(...held) });
      above.push(rootOf(held));
      held = [];
      index += 1;
    }
    if (held.length > 0) written.push({ level, index, width: held.length, bytes: joined(...held) });
    hashes = above;
  }
  return written;
}
