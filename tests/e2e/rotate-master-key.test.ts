import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDocumentStore } from '../../api/documents/store.js';
import { createPool } from '../../db/pool.js';
import { findDocument } from '../../db/register/documents.js';
import { createDoor } from '../../db/register/door.js';
import { erase } from '../../db/register/erasure.js';
import { textsOf } from '../../db/register/texts.js';
import { masterKeysOf, newMasterKey } from '../../ops/master-keys.js';
import { at, createTestRegister, investor, refusedWith, TestCase, type TestRegister } from '../db/support.js';
import { startScript } from '../support/child.js';
import { keepDocument } from '../support/documents.js';

let register: TestRegister;
let folder: string;
let file: string;
const pools: pg.Pool[] = [];
beforeAll(async () => {
  register = await createTestRegister();
  folder = await mkdtemp(join(tmpdir(), 'rotate-'));
  file = join(folder, 'master-key');
  await writeFile(file, `${newMasterKey()}\n`);
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await register.close();
  await rm(folder, { recursive: true });
});

/** A process that holds the keys of a file, at the same register. */
async function holding(keyFile: string) {
  const masterKeys = masterKeysOf(keyFile);
  const pool = createPool(register.database.appUrl, { max: 2, masterKeys });
  pools.push(pool);
  return { pool, store: await createDocumentStore(folder, { masterKeys }) };
}
type Process = Awaited<ReturnType<typeof holding>>;

async function rotate(...args: string[]): Promise<{ code: number | string; said: string }> {
  const script = startScript('scripts/rotate-master-key.ts', args, {
    DATABASE_URL: register.database.appUrl,
    MIGRATOR_DATABASE_URL: register.database.migratorUrl,
    MASTER_KEY_FILE: file,
  });
  return { code: await script.exited, said: script.output() };
}
/** As if the file had last been changed two minutes ago. */
const settle = () => utimes(file, new Date(), new Date(Date.now() - 120_000));
const words = 'Gọi bà Trần Thị B, 0901 234 567';

async function caseOf({ pool }: Process): Promise<{ file: TestCase; text: string }> {
  const asked = await TestCase.open({ ...register, pool, door: createDoor({ pool, law: register.law }) });
  await asked.act(investor, at('2026-07-06 10:00'), { type: 'askQuestion', procedure: null, text: words });
  const { rows } = await pool.query<{ id: string }>('select id from case_text where case_code = $1', [asked.code]);
  return { file: asked, text: rows[0]?.id ?? '' };
}
const wordsOf = async ({ pool }: Process, { file, text }: Awaited<ReturnType<typeof caseOf>>) =>
  (await textsOf(pool, file.code, [text])).get(text);
async function bytesOf({ pool, store }: Process, id: string): Promise<string> {
  const document = await findDocument(pool, id);
  if (!document) throw new Error('no such document');
  return (await buffer((await store.read(document)).content)).toString();
}

it('a rotation while somebody works: a new key, the old one dropped, all is read, and what was destroyed opens by neither', async () => {
  const running = await holding(file);
  const [stays, goes] = [await caseOf(running), await caseOf(running)];
  const document = await keepDocument(running.pool, running.store, folder, Buffer.from('passport'));
  const old = await readFile(file, 'utf8');
  const backup = await register.owner.query<{ case_code: string; id: string; master: string; wrapped: Buffer }>(
    'select case_code, id, master, wrapped from case_key where case_code = $1',
    [goes.file.code],
  );
  const sealed = await register.owner.query<{ sealed: Buffer }>(
    'select sealed from case_text where case_code = $1 and id = $2',
    [goes.file.code, goes.text],
  );

  const added = await rotate('--add');
  expect(added).toMatchObject({ code: 0 });
  expect(added.said).toContain('wrapped anew: 3');
  expect((await readFile(file, 'utf8')).endsWith(old)).toBe(true);
  expect(await wordsOf(running, stays)).toBe(words); // the same process, which reads the file again
  expect(await bytesOf(running, document.id)).toBe('passport');

  await goes.file.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
  const why = { askedBy: 'đơn 12/2026', basis: 'Luật 91/2025/QH15', now: at('2026-07-08 09:00') };
  await erase(register.owner, { kind: 'case', ref: goes.file.code, ...why });

  const early = await rotate('--drop');
  expect(early).toMatchObject({ code: 1 });
  expect(early.said).toContain('wait a minute');
  await settle();
  const dropped = await rotate('--drop');
  expect(dropped).toMatchObject({ code: 0 });
  expect(dropped.said).toContain('dropped the master key');
  const now = await readFile(file, 'utf8');
  expect(now).not.toContain(old.trim());
  expect(now.trim().split('\n')).toHaveLength(1);
  const after = await holding(file);
  expect([await wordsOf(after, stays), await bytesOf(after, document.id)]).toEqual([words, 'passport']);

  // A backup of before is put back, key and words: nobody has what opens it.
  const [key] = backup.rows;
  await register.owner.query('update case_key set master = $3, wrapped = $4 where case_code = $1 and id = $2', [
    key?.case_code,
    key?.id,
    key?.master,
    key?.wrapped,
  ]);
  await register.owner.query('update case_text set sealed = $3, erased_at = null where case_code = $1 and id = $2', [
    goes.file.code,
    goes.text,
    sealed.rows[0]?.sealed,
  ]);
  expect(await refusedWith(wordsOf(after, goes))).toBe('KEY_UNAVAILABLE');
  await register.owner.query('update case_key set wrapped = null where case_code = $1', [goes.file.code]);
  await register.owner.query('update case_text set sealed = null, erased_at = now() where case_code = $1', [
    goes.file.code,
  ]);
});

it('says which master key is not at hand and what waits for it, drops none that is in use, and goes on with the rest', async () => {
  const running = await holding(file);
  const [stays] = [await caseOf(running)];
  const document = await keepDocument(running.pool, running.store, folder, Buffer.from('passport'));
  const right = await readFile(file, 'utf8');
  await writeFile(file, `${newMasterKey()}\n`);
  const wrong = await rotate();
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.said).toContain('is not at hand: 2 cases, 2 documents wait for it');
  const stranger = await holding(file);
  expect(await refusedWith(wordsOf(stranger, stays))).toBe('KEY_UNAVAILABLE');
  expect(await refusedWith(bytesOf(stranger, document.id))).toBe('KEY_UNAVAILABLE');
  const other = await caseOf(stranger);
  expect(await wordsOf(stranger, other)).toBe(words);
  await writeFile(file, `${right.trim()}\n${await readFile(file, 'utf8')}`);
  await settle();
  expect(await rotate('--drop')).toMatchObject({ code: 0 });
  expect(await wordsOf(await holding(file), other)).toBe(words);
  expect(await bytesOf(await holding(file), document.id)).toBe('passport');
});
