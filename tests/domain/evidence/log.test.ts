import { type createPublicKey, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64, hex } from '@scure/base';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointFrom, checkpointText } from '../../../domain/evidence/checkpoint.js';
import { entryOf, salted, shownTo } from '../../../domain/evidence/leaf.js';
import {
  consistencyPath,
  emptyRoot,
  type Hash,
  inclusionPath,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
  treeRoot,
} from '../../../domain/evidence/merkle.js';
import {
  cosignatureLine,
  noteFrom,
  signatureLine,
  signedBy,
  verifierFrom,
  verifierOf,
  verifierText,
} from '../../../domain/evidence/note.js';
import {
  bundleOf,
  entriesIn,
  entriesPath,
  nodesFrom,
  tilePath,
  tilesAfter,
  type ReadTile,
} from '../../../domain/evidence/tiles.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (n: number): Uint8Array => sha256(bytes(`entry ${n}`));
const leaves = (count: number): Hash[] => Array.from({ length: count }, (_, n) => leafHash(entry(n)));

/** A log in memory, whose leaves come in bunches. */
async function logOf(bunches: readonly number[]) {
  const tiles = new Map<string, Uint8Array>();
  const readTile: ReadTile = async (tile) => tiles.get(tilePath(tile)) ?? Promise.reject(new Error(tilePath(tile)));
  let size = 0;
  for (const bunch of bunches) {
    const more = Array.from({ length: bunch }, (_, n) => leafHash(entry(size + n)));
    for (const { bytes: written, ...tile } of await tilesAfter(readTile, size, more))
      tiles.set(tilePath(tile), written);
    size += bunch;
  }
  return { size, read: nodesFrom(readTile, size), at: (earlier: number) => nodesFrom(readTile, earlier), tiles };
}

describe('the tree', () => {
  // The vectors with which the implementations of Certificate Transparency are tested.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  it('has the roots that RFC 6962 says', () => {
    const hashes = inputs.map((input) => leafHash(hex.decode(input)));
    expect(hex.encode(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    roots.forEach((root, at) => expect(hex.encode(rootOf(hashes.slice(0, at + 1)))).toBe(root));
  });

  it('is the same in tiles, however its leaves came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }), async (bunches) => {
        const { size, read } = await logOf(bunches);
        expect(hex.encode(await treeRoot(read, size))).toBe(hex.encode(rootOf(leaves(size))));
      }),
      { numRuns: 30 },
    );
  });

  it('grows over more than one level of tiles', async () => {
    const { size, read, tiles } = await logOf([70_000, 1]);
    expect([...tiles.keys()]).toContain('tile/2/000.p/1');
    expect(hex.encode(await treeRoot(read, size))).toBe(hex.encode(rootOf(leaves(70_001))));
  });

  it('holds every leaf, and no other in its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (size, some, where) => {
        const { read } = await logOf([size]);
        const root = await treeRoot(read, size);
        const index = some % size;
        const path = await inclusionPath(read, index, size);
        expect(isIncluded(leafHash(entry(index)), index, size, path, root)).toBe(true);
        expect(isIncluded(leafHash(entry(size)), index, size, path, root)).toBe(false);
        const elsewhere = where % size;
        if (elsewhere !== index) expect(isIncluded(leafHash(entry(index)), elsewhere, size, path, root)).toBe(false);
        const bent = path.map((hash, at) => (at === where % path.length ? flipped(hash, where) : hash));
        if (path.length > 0) expect(isIncluded(leafHash(entry(index)), index, size, bent, root)).toBe(false);
        expect(isIncluded(leafHash(entry(index)), index, size, [...path, root], root)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is hashed once, however many paths lead through it', async () => {
    const { size, read, tiles } = await logOf([600]);
    let hashed = 0;
    const counting = nodesFrom(async (tile) => {
      hashed += 1;
      return tiles.get(tilePath(tile)) ?? Promise.reject(new Error(tilePath(tile)));
    }, size);
    for (let index = 0; index < size; index++) await inclusionPath(counting, index, size);
    expect(hashed).toBe(4);
    for (const level of [1, 7, 8]) expect(await read(level, 1)).toBe(await read(level, 1));
  });

  it('begins with every tree that it was, and with no other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 0, max: 700 }),
        fc.nat(),
        async (a, b, at) => {
          const [old, size] = a < b ? [a, b] : [b, a];
          const { read, at: earlier } = await logOf([old, size - old]);
          const [before, now] = [
            { size: old, root: await treeRoot(earlier(old), old) },
            { size, root: await treeRoot(read, size) },
          ];
          const path = await consistencyPath(read, old, size);
          expect(isConsistent(before, now, path)).toBe(true);
          if (old > 0) expect(isConsistent({ ...before, root: flipped(before.root, at) }, now, path)).toBe(false);
          if (old > 0) expect(isConsistent(before, { ...now, root: flipped(now.root, at) }, path)).toBe(false);
          if (old < size) expect(isConsistent(now, before, path)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const flipped = (hash: Hash, where: number): Hash => hash.map((byte, at) => (at === where % 32 ? byte ^ 1 : byte));

describe('what is published', () => {
  it('has the paths of tiled logs', () => {
    expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000');
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 1000, width: 7 })).toBe('tile/1/x001/000.p/7');
    expect(entriesPath(273, 112)).toBe('tile/entries/273.p/112');
  });

  it('keeps entries apart in their bundle', () => {
    const entries = [entry(1), new Uint8Array(), entry(2)];
    expect(entriesIn(bundleOf(entries))).toEqual(entries);
    expect(() => entriesIn(bundleOf(entries).slice(0, -1))).toThrow(RangeError);
  });

  it('reads back what it says of itself, and refuses anything else', () => {
    const checkpoint = { origin: 'luong-xanh.example/log', size: 20_852_163, root: entry(0) };
    expect(checkpointFrom(checkpointText(checkpoint))).toEqual(checkpoint);
    for (const wrong of ['', 'a\n1\n', 'a\n01\n' + base64.encode(entry(0)) + '\n', 'a\n1\nAAAA\n'])
      expect(checkpointFrom(wrong)).toBeUndefined();
  });
});

describe('notes', () => {
  it('are read as everybody reads them', () => {
    const verifier = verifierFrom('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const text = `If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n`;
    const note = noteFrom(
      `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`,
    );
    if (!verifier || !note) throw new Error('not read');
    expect(signedBy(note, verifier)).toEqual({});
    expect(signedBy({ ...note, text: text.replace('answer', 'anchor') }, verifier)).toBeUndefined();
    expect(verifierText(verifier)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(verifierFrom('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeUndefined();
  });

  it('carry the words of witnesses, with their instant', () => {
    const { privateKey, verifier } = key('witness.example', 'witness');
    const text = checkpointText({ origin: 'log', size: 1, root: entry(0) });
    const note = noteFrom(`${text}\n${cosignatureLine(text, verifier, 1_795_000_000, sign(privateKey))}`);
    expect(note && signedBy(note, verifier)).toEqual({ seconds: 1_795_000_000 });
    const asLog = verifierOf('witness.example', 'log', verifier.publicKey);
    expect(note && signedBy(note, asLog)).toBeUndefined();
  });
});

const sign = (privateKey: Parameters<typeof createPublicKey>[0] & object) => (message: Uint8Array) =>
  signWith(null, message, privateKey as never);
function key(name: string, kind: 'log' | 'witness') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return { privateKey, publicKey, verifier: verifierOf(name, kind, new Uint8Array(raw)) };
}

describe('a checker that others wrote', () => {
  it('finds each leaf under the signed root, and nothing that was changed', async () => {
    const size = 300;
    const { read } = await logOf([size]);
    const { privateKey, publicKey, verifier } = key('luong-xanh.example/log', 'log');
    const text = checkpointText({ origin: verifier.name, size, root: await treeRoot(read, size) });
    const envelope = `${text}\n${signatureLine(text, verifier, sign(privateKey))}`;
    const log = {
      baseURL: verifier.name,
      logID: Buffer.from(verifier.id),
      publicKey,
      validFor: { start: new Date(0), end: new Date() },
    };
    for (const index of [0, 1, 255, 256, 299]) {
      const hashes = (await inclusionPath(read, index, size)).map((hash) => Buffer.from(hash));
      const proven = (body: Uint8Array) => ({
        canonicalizedBody: Buffer.from(body),
        inclusionProof: {
          logIndex: String(index),
          treeSize: String(size),
          rootHash: Buffer.alloc(0),
          hashes,
          checkpoint: { envelope },
        },
      });
      const checkpoint = verifyCheckpoint(proven(entry(index)) as never, [log as never]);
      expect(checkpoint.logSize).toBe(BigInt(size));
      verifyMerkleInclusion(proven(entry(index)) as never, checkpoint);
      expect(() => verifyMerkleInclusion(proven(entry(index + 1)) as never, checkpoint)).toThrow();
    }
    const other = key(verifier.name, 'log');
    expect(() =>
      verifyCheckpoint({ inclusionProof: { checkpoint: { envelope } } } as never, [
        { ...log, publicKey: other.publicKey } as never,
      ]),
    ).toThrow();
  });
});

describe('a leaf', () => {
  const event = {
    caseCode: 'LX-260706-0001K',
    seq: 3,
    fields: [
      { name: 'payload.note', value: '"secret"' },
      { name: 'type', value: '"opinionGiven"' },
    ],
  };
  it('is the same for whoever sees less, and another one where anything is another', () => {
    const logKey = entry(0);
    const whole = salted(event, logKey);
    const partly = shownTo(whole, (name) => name === 'type');
    expect(partly.fields[0]).toEqual({ name: 'payload.note', hidden: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(entryOf(partly)).toEqual(entryOf(whole));
    const changed = [
      { ...whole, seq: 4 },
      { ...whole, caseCode: 'LX-260706-0002L' },
      { ...whole, fields: whole.fields.slice(1) },
      { ...whole, fields: whole.fields.map((field) => ({ ...field, value: '"other"' })) },
      salted(event, entry(1)),
    ];
    for (const other of changed) expect(entryOf(other)).not.toEqual(entryOf(whole));
  });
});
