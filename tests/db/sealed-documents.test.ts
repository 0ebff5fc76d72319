import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDocumentStore } from '../../api/documents/store.js';
import { verifyChains } from '../../db/register/chain.js';
import { masterKeysAway, masterKeysInUse, rewrapKeys } from '../../db/register/data-keys.js';
import { packText, readTexts } from '../../db/register/document-texts.js';
import { findDocument } from '../../db/register/documents.js';
import { erase } from '../../db/register/erasure.js';
import { removeBytes } from '../../db/register/kept-files.js';
import { createDocumentSealing } from '../../db/register/seal-documents.js';
import { masterKeysHeld, masterKeysIn, newMasterKey, type MasterKeys } from '../../ops/master-keys.js';
import { createPool } from '../../db/pool.js';
import { keepDocument } from '../support/documents.js';
import { at, createTestRegister, refusedWith, type TestRegister } from './support.js';

let register: TestRegister;
let folder: string;
beforeAll(async () => {
  register = await createTestRegister();
  folder = await mkdtemp(join(tmpdir(), 'sealed-documents-'));
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true });
});

const keysOf = (...lines: string[]): MasterKeys => {
  const keys = masterKeysIn(lines.join('\n'));
  return masterKeysHeld(() => keys);
};
let one = '';
beforeEach(async () => {
  one = newMasterKey();
  await register.owner.query('delete from document');
});

const storeOf = (masterKeys?: MasterKeys) => createDocumentStore(folder, { masterKeys });
const kept = async (bytes: Uint8Array, masterKeys?: MasterKeys, text: Buffer | null = null) =>
  keepDocument(register.pool, await storeOf(masterKeys), folder, bytes, 'investor.besi', text);

async function read(id: string, masterKeys?: MasterKeys): Promise<Buffer> {
  const document = await findDocument(register.pool, id);
  if (!document) throw new Error('no such document');
  const { bytes, content } = await (await storeOf(masterKeys)).read(document);
  const whole = await buffer(content);
  expect(whole.length).toBe(bytes);
  return whole;
}

const verified = async (masterKeys: MasterKeys | undefined) => {
  const pool = createPool(register.database.appUrl, { max: 2, masterKeys });
  try {
    const { broken, unopened } = await verifyChains(pool, { documentsFolder: folder });
    return { broken: broken.map(({ reason }) => reason), unopened };
  } finally {
    await pool.end();
  }
};
const gone = (id: string) => ({
  kind: 'document' as const,
  ref: id,
  askedBy: 'đơn 12/2026',
  basis: 'Luật 91/2025/QH15',
  now: at('2026-07-08 09:00'),
});

it.each([1, 65_535, 65_536, 65_537, 131_072, 300_001])(
  '%d bytes lie sealed, are read as they were, and verify',
  async (length) => {
    const bytes = Buffer.concat([Buffer.from('Bà Trần Thị B'), randomBytes(length)]).subarray(0, length);
    const { id, path } = await kept(bytes, keysOf(one));
    if (length > 12) expect((await readFile(path)).includes(bytes.subarray(0, 12))).toBe(false);
    expect((await read(id, keysOf(one))).equals(bytes)).toBe(true);
    expect(await verified(keysOf(one))).toEqual({ broken: [], unopened: 0 });
  },
);

it('the same bytes of two people lie under two keys', async () => {
  const [a, b] = [await kept(Buffer.from('same'), keysOf(one)), await kept(Buffer.from('same'), keysOf(one))];
  expect(a.path).not.toBe(b.path);
  expect((await readFile(a.path)).equals(await readFile(b.path))).toBe(false);
  const { bytes } = await erase(register.owner, gone(a.id));
  for (const left of bytes) await removeBytes(folder, left);
  await expect(readFile(a.path)).rejects.toThrow('ENOENT');
  expect((await read(b.id, keysOf(one))).toString()).toBe('same');
});

const piece = 65_536 + 16;
it.each<[string, (bytes: Buffer) => Buffer]>([
  ['one bit is another', (bytes) => (bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9), bytes)],
  ['its version is another', (bytes) => (bytes.writeUInt8(9, 0), bytes)],
  ['its nonce is another', (bytes) => (bytes.writeUInt8(bytes.readUInt8(1) ^ 1, 1), bytes)],
  ['its last piece is cut off', (bytes) => bytes.subarray(0, 8 + piece)],
  ['some bytes are cut off', (bytes) => bytes.subarray(0, bytes.length - 5)],
  ['a piece is put behind it', (bytes) => Buffer.concat([bytes, bytes.subarray(8, 8 + piece)])],
  [
    'two pieces are exchanged',
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, 8),
        bytes.subarray(8 + piece, 8 + 2 * piece),
        bytes.subarray(8, 8 + piece),
        bytes.subarray(8 + 2 * piece),
      ]),
  ],
  ['it is emptied', () => Buffer.alloc(0)],
])('not one byte is given where %s, and it is told', async (_what, change) => {
  const { id, path } = await kept(randomBytes(150_000), keysOf(one));
  await writeFile(path, change(await readFile(path)));
  expect(await refusedWith(read(id, keysOf(one)))).toBe('DOCUMENT_DIFFERS');
  expect((await verified(keysOf(one))).broken).toEqual(['document-differs']);
});

it('the bytes of another document in its place are told', async () => {
  const [a, b] = [await kept(Buffer.from('one'), keysOf(one)), await kept(Buffer.from('two'), keysOf(one))];
  await copyFile(b.path, a.path);
  expect(await refusedWith(read(a.id, keysOf(one)))).toBe('DOCUMENT_DIFFERS');
  await rm(a.path);
  expect(await refusedWith(read(a.id, keysOf(one)))).toBe('DOCUMENT_MISSING');
});

it('a master key that is lost or another shuts its documents alone', async () => {
  const shut = await kept(Buffer.from('shut'), keysOf(one));
  const two = newMasterKey();
  const open = await kept(Buffer.from('open'), keysOf(two));
  for (const keys of [keysOf(two), undefined]) expect(await refusedWith(read(shut.id, keys))).toBe('KEY_UNAVAILABLE');
  expect((await read(open.id, keysOf(two))).toString()).toBe('open');
  const [master] = masterKeysIn(one).keys();
  expect(await masterKeysAway(register.pool, keysOf(two))).toEqual([{ master, cases: 0, documents: 1 }]);
  expect(await verified(keysOf(two))).toEqual({ broken: [], unopened: 1 });
});

it('an erasure destroys its key: a copy of the file is opened no more, and the evidence stays whole', async () => {
  const { id, path } = await kept(Buffer.from('passport'), keysOf(one));
  const copy = `${path}.copy`;
  await copyFile(path, copy);
  const { bytes, what } = await erase(register.owner, gone(id));
  expect(what).toMatchObject({ document: 1 });
  for (const left of bytes) await removeBytes(folder, left);
  await expect(readFile(path)).rejects.toThrow('ENOENT');
  expect(await verified(keysOf(one))).toEqual({ broken: [], unopened: 0 });
  await copyFile(copy, path);
  await register.owner.query('update document set erased_at = null where id = $1', [id]);
  expect(await refusedWith(read(id, keysOf(one)))).toBe('DOCUMENT_DIFFERS');
});

it('a rotation wraps keys of documents anew and touches no bytes', async () => {
  const { id, path } = await kept(Buffer.from('words'), keysOf(one));
  const before = await readFile(path);
  const two = newMasterKey();
  expect(await rewrapKeys(register.owner, keysOf(two, one))).toBe(1);
  expect(await masterKeysInUse(register.pool)).toEqual([...masterKeysIn(two).keys()]);
  expect((await readFile(path)).equals(before)).toBe(true);
  expect((await read(id, keysOf(two))).toString()).toBe('words');
  expect(await refusedWith(read(id, keysOf(one)))).toBe('KEY_UNAVAILABLE');
});

it('what was kept in clear is sealed afterwards; the clear file goes once nobody needs it', async () => {
  const text = Buffer.from('clear words');
  const [a, b] = [await kept(text), await kept(text)];
  const broken = await kept(Buffer.from('changed'));
  await truncate(broken.path, 2);
  expect(a.path).toBe(b.path);
  const job = createDocumentSealing(register.pool, folder, keysOf(one));
  expect(await job.runOnce()).toBe(false);
  for (const { id } of [a, b]) expect((await read(id, keysOf(one))).toString()).toBe('clear words');
  expect((await readFile(a.path)).equals(text)).toBe(true); // for whoever had found it in clear
  await register.owner.query(
    `update document set clear_until = now() - interval '1 second' where clear_until is not null`,
  );
  await job.runOnce();
  await expect(readFile(a.path)).rejects.toThrow('ENOENT');
  for (const { id } of [a, b]) expect((await read(id, keysOf(one))).toString()).toBe('clear words');
  // What was not as it had been kept is left as it was found, and told.
  expect((await findDocument(register.pool, broken.id))?.seal).toBeNull();
  expect((await verified(keysOf(one))).broken).toEqual(['document-differs']);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

it('the text that is kept beside a document is sealed with it, rewrapped with it, shut with it and erased with it', async () => {
  const pages = [{ page: 2, text: 'Tổng vốn đầu tư: 5 USD' }];
  const { id } = await kept(Buffer.from('in clear'), undefined, packText(pages));
  const reading = async (masterKeys?: MasterKeys) => {
    const pool = createPool(register.database.appUrl, { max: 1, masterKeys });
    try {
      return (await readTexts(pool, [id])).get(id);
    } finally {
      await pool.end();
    }
  };
  expect(await reading()).toEqual(pages);
  await createDocumentSealing(register.pool, folder, keysOf(one)).runOnce();
  expect(await reading(keysOf(one))).toEqual(pages);
  for (const keys of [undefined, keysOf(newMasterKey())])
    expect(await refusedWith(reading(keys))).toBe('KEY_UNAVAILABLE');
  const two = newMasterKey();
  await rewrapKeys(register.owner, keysOf(two, one));
  expect(await reading(keysOf(two))).toEqual(pages);
  await erase(register.owner, gone(id));
  expect(await reading(keysOf(two))).toBeUndefined();
  expect((await register.pool.query('select 1 from document_text')).rows).toEqual([]);
});

it('nobody who serves people changes or destroys the key of a document', async () => {
  const { id } = await kept(Buffer.from('x'), keysOf(one));
  for (const change of ['seal_wrapped = null', `seal_master = 'x'`, `sha256 = 'x'`])
    await expect(register.pool.query(`update document set ${change} where id = $1`, [id])).rejects.toThrow(
      /permission denied/,
    );
  const { rows } = await register.pool.query(`select seal_document($1::uuid, 'x', 'x', 'x'::bytea, now()) as done`, [
    id,
  ]);
  expect(rows).toEqual([{ done: null }]);
});
