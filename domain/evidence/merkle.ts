import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256: 32 bytes. */
export type Hash = Uint8Array;

/** Answers the hash of the complete subtree of `2 ** level` leaves that begins at leaf `index * 2 ** level`. */
export type ReadNode = (level: number, index: number) => Promise<Hash>;

/** What one leaf is hashed to (RFC 6962, 2.1). */
export const leafHash = (entry: Uint8Array): Hash => sha256(joined(Uint8Array.of(0), entry));

/** What two subtrees are hashed to (RFC 6962, 2.1). */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(joined(Uint8Array.of(1), left, right));

/** The root of a tree without leaves. */
export const emptyRoot: Hash = sha256(new Uint8Array());

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** The root over hashes of leaves, all at hand (RFC 6962, 2.1). */
export function rootOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (!first) return emptyRoot;
  if (leaves.length === 1) return first;
  const split = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** The root of the tree of the first `size` leaves. */
export const treeRoot = (read: ReadNode, size: number): Promise<Hash> =>
  size === 0 ? Promise.resolve(emptyRoot) : rangeHash(read, 0, size);

/** The hashes that lead from a leaf to the root of the first `size` leaves, from below (RFC 9162, 2.1.3.1). */
export async function inclusionPath(read: ReadNode, index: number, size: number): Promise<Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`No leaf ${index} in a tree of ${size}`);
  const path = async (start: number, end: number): Promise<Hash[]> => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...(await path(start, middle)), await rangeHash(read, middle, end)]
      : [...(await path(middle, end)), await rangeHash(read, start, middle)];
  };
  return path(0, size);
}

/** The hashes by which the tree of the first `size` leaves shows to hold that of the first `old` ones unchanged (RFC 9162, 2.1.4.1). */
export async function consistencyPath(read: ReadNode, old: number, size: number): Promise<Hash[]> {
  if (old < 0 || old > size) throw new RangeError(`A tree of ${size} holds none of ${old}`);
  if (old === 0 || old === size) return [];
  const path = async (start: number, end: number, whole: boolean): Promise<Hash[]> => {
    if (end === old) return whole ? [] : [await rangeHash(read, start, end)];
    const middle = start + splitOf(end - start);
    return old <= middle
      ? [...(await path(start, middle, whole)), await rangeHash(read, middle, end)]
      : [...(await path(middle, end, false)), await rangeHash(read, start, middle)];
  };
  return path(0, size, true);
}

/** Whether `path` leads from the leaf at `index` to the root of a tree of `size` leaves (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const next of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(next, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else hash = nodeHash(hash, next);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** Whether `path` shows that the tree of `size` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.2). */
export function isConsistent(
  old: { readonly size: number; readonly root: Hash },
  now: { readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  if (old.size > now.size) return false;
  if (old.size === now.size) return path.length === 0 && sameBytes(old.root, now.root);
  if (old.size === 0) return path.length === 0 && sameBytes(old.root, emptyRoot);
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const [first, ...rest] = at === 0 ? [old.root, ...path] : path;
  if (!first) return false;
  let [before, after] = [first, first];
  for (const next of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [nodeHash(next, before), nodeHash(next, after)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else after = nodeHash(after, next);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(before, old.root) && sameBytes(after, now.root);
}

const half = (n: number): number => Math.floor(n / 2);

/** The largest power of two below `n`; where the left subtree ends. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

/** `start` is a multiple of every power of two that the range needs: so it is in all trees that begin at leaf 0. */
async function rangeHash(read: ReadNode, start: number, end: number): Promise<Hash> {
  const length = end - start;
  const level = Math.round(Math.log2(length));
  if (2 ** level === length) return read(level, start / length);
  const middle = start + splitOf(length);
  return nodeHash(await rangeHash(read, start, middle), await rangeHash(read, middle, end));
}
