import { randomUUID } from 'node:crypto';
import { cpSync, createReadStream, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDocumentStore } from '../../api/documents/store.js';
import { createPool } from '../../db/pool.js';
import { verifyChains } from '../../db/register/chain.js';
import { createDoor } from '../../db/register/door.js';
import { erase } from '../../db/register/erasure.js';
import { removeBytes } from '../../db/register/kept-files.js';
import { storesWith } from '../../scripts/demo/stores.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, createTestRegister, investor, TestCase, type TestRegister } from '../db/support.js';
import { keepDocument } from '../support/documents.js';
import { testMasterKeys } from '../support/master-keys.js';

let register: TestRegister;
let folder: string;
beforeAll(async () => {
  register = await createTestRegister();
  folder = await mkdtemp(join(tmpdir(), 'raw-files-'));
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true });
});

const mark = (kind: string): string => `${kind}-${randomUUID()}`;

/** Which of these stand in a file, read in pieces that overlap by as much as one of them is long. */
async function foundIn(path: string, marks: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const overlap = Math.max(...marks.map((one) => one.length));
  let tail = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const whole = Buffer.concat([tail, piece]);
      for (const one of marks) if (whole.includes(one)) found.add(one);
      tail = whole.subarray(-overlap);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // recycled since it was listed
  }
  return [...found];
}

async function foundUnder(place: string, marks: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const path = join(place, entry.name);
    const inner = entry.isDirectory() ? await foundUnder(path, marks) : await foundIn(path, marks);
    for (const one of inner) found.add(one);
  }
  return found;
}

/** The register's own files on the disk (heap, indexes, TOAST) and the write-ahead log of its server. */
async function placesOfRegister(): Promise<string[]> {
  const admin = new pg.Client({ connectionString: inject('services').postgres.adminUrl });
  await admin.connect();
  try {
    await admin.query('checkpoint');
    const { rows } = await admin.query<{ folder: string; oid: number }>(
      `select current_setting('data_directory') as folder, oid::int as oid from pg_database where datname = $1`,
      [register.database.name],
    );
    const [{ folder: data, oid } = { folder: '', oid: 0 }] = rows;
    return [join(data, 'base', String(oid)), join(data, 'pg_wal')];
  } finally {
    await admin.end();
  }
}

async function inAll(places: readonly string[], marks: readonly string[]): Promise<string[]> {
  const found = await Promise.all(places.map((place) => foundUnder(place, marks)));
  return marks.filter((one) => found.some((some) => some.has(one)));
}

it('PostgreSQL’s own files, its write-ahead log, the folder of documents and a copy of all three hold ciphertext alone of words and documents', async () => {
  const [words, bytes, clearWords, clearBytes] = ['words', 'bytes', 'clear-words', 'clear-bytes'].map(mark) as [
    string,
    string,
    string,
    string,
  ];
  const masterKeys = testMasterKeys();
  const pool = createPool(register.database.appUrl, { max: 2, masterKeys });
  const ask = (file: TestCase, text: string) =>
    file.act(investor, at('2026-07-06 10:00'), { type: 'askQuestion', procedure: null, text });
  try {
    const sealed = await TestCase.open({ ...register, pool, door: createDoor({ pool, law: register.law }) });
    await ask(sealed, `Gọi bà B, ${words}`);
    await keepDocument(pool, await createDocumentStore(folder, { masterKeys }), folder, Buffer.from(`%PDF ${bytes}`));
  } finally {
    await pool.end();
  }
  // What the scan sees where nothing is sealed: it would see the others, too.
  await ask(await TestCase.open(register), `Gọi bà B, ${clearWords}`);
  await keepDocument(register.pool, await createDocumentStore(folder), folder, Buffer.from(`%PDF ${clearBytes}`));
  const places = [...(await placesOfRegister()), folder];
  const all = [words, bytes, clearWords, clearBytes];
  expect(await inAll(places, all)).toEqual([clearWords, clearBytes]);
  const copy = await mkdtemp(join(tmpdir(), 'raw-copy-'));
  try {
    places.forEach((place, i) => cpSync(place, join(copy, String(i)), { recursive: true, filter: () => true }));
    expect(await inAll([copy], all)).toEqual([clearWords, clearBytes]);
  } finally {
    await rm(copy, { recursive: true });
  }
});

it('a person who is erased with their cases stands in no row of any table and in no file, and every chain verifies', async () => {
  const [name, mail, phone] = [mark('Tran Thi Quen'), `${mark('quen')}@example.org`, mark('0901')] as const;
  const why = { askedBy: 'đơn 12/2026', basis: 'Luật 91/2025/QH15', now: at('2026-07-08 09:00') };
  const own = await createTestRegister();
  const masterKeys = testMasterKeys();
  const pool = createPool(own.database.appUrl, { max: 2, masterKeys });
  const store = await createDocumentStore(folder, { masterKeys });
  try {
    await own.owner.query('update person set name = $1, email = $2, phone = $3 where id = $4', [
      ...[name, mail, phone],
      'investor.besi',
    ]);
    const by = { ...own, pool, door: createDoor({ pool, law: own.law }) };
    const file = await TestCase.open(by);
    const filing = { ...exampleProjects.besi, investor: { ...exampleProjects.besi.investor, name } };
    await own.owner.query(
      `insert into filing (case_code, body, name_vi, name_en, search) values ($1, $2, $3, $3, to_tsvector('simple', $3))`,
      [file.code, JSON.stringify(filing), name],
    );
    await file.act(investor, at('2026-07-06 10:00'), {
      type: 'askQuestion',
      procedure: null,
      text: `${name}, ${phone}`,
    });
    await own.owner.query(
      `insert into draft (id, owner, content, created_at, updated_at, last_key, last_hash) values ($1, 'investor.besi', $2, now(), now(), 'k', 'h')`,
      [randomUUID(), JSON.stringify(filing)],
    );
    const { id } = await keepDocument(pool, store, folder, Buffer.from(`%PDF ${name} ${phone}`));
    await own.owner.query('update document set file_name = $1 where id = $2', [`${name}.pdf`, id]);
    const texts = [name, mail, phone];
    const before = await storesWith(own.owner, folder, texts);
    for (const table of ['person', 'case_name', 'draft', 'filing', 'document'])
      expect(before).toContain(`register: ${table}`);
    expect(before).not.toContain('register: case_text');

    await file.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
    const erased = await erase(own.owner, { kind: 'person', ref: 'investor.besi', ...why });
    expect(erased.cases).toContain(file.code);
    for (const left of erased.bytes) await removeBytes(folder, left);
    for (const ref of erased.cases) {
      const { bytes } = await erase(own.owner, { kind: 'case', ref, ...why });
      for (const left of bytes) await removeBytes(folder, left);
    }
    expect(await storesWith(own.owner, folder, texts)).toEqual([]);
    expect(await foundUnder(folder, texts)).toEqual(new Set());
    expect((await verifyChains(pool)).broken).toEqual([]);
  } finally {
    await pool.end();
    await own.close();
  }
});
