import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { verifyChains } from '../../db/register/chain.js';
import { sealWordsOfBefore } from '../../db/register/case-keys.js';
import { masterKeysAway, masterKeysInUse, rewrapKeys } from '../../db/register/data-keys.js';
import { createDoor } from '../../db/register/door.js';
import { erase } from '../../db/register/erasure.js';
import { saltedText, textsOf } from '../../db/register/texts.js';
import { masterKeysHeld, masterKeysIn, newMasterKey } from '../../ops/master-keys.js';
import { at, createTestRegister, investor, refusedWith, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
let pools: pg.Pool[];
/** Whoever holds these master keys, the current one first, at the same register. */
function holding(...lines: string[]): TestRegister {
  const keys = masterKeysIn(lines.join('\n'));
  const pool = createPool(register.database.appUrl, { max: 2, masterKeys: masterKeysHeld(() => keys) });
  pools.push(pool);
  return { ...register, pool, door: createDoor({ pool, law: register.law }) };
}
const keysOf = (...lines: string[]) => masterKeysHeld(() => masterKeysIn(lines.join('\n')));

beforeAll(async () => {
  register = await createTestRegister();
  pools = [];
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await register.close();
});

let one = '';
beforeEach(async () => {
  one = newMasterKey();
  for (const table of ['case_text', 'case_key']) await register.owner.query(`delete from ${table}`);
});

const words = 'Gọi bà Trần Thị B, 0901 234 567';
async function asked(by: TestRegister, text = words): Promise<TestCase> {
  const file = await TestCase.open(by);
  await ask(file, text);
  return file;
}
const ask = (file: TestCase, text: string) =>
  file.act(investor, at('2026-07-06 10:00'), { type: 'askQuestion', procedure: null, text });

interface Kept {
  readonly id: string;
  readonly body: string | null;
  readonly salt: string | null;
  readonly sealed: Buffer | null;
}
const kept = async (code: string) =>
  (
    await register.owner.query<Kept>('select id, body, salt, sealed from case_text where case_code = $1 order by id', [
      code,
    ])
  ).rows;
const idsOf = async (code: string) => (await kept(code)).map(({ id }) => id);
const read = async (by: TestRegister, code: string) => [...(await textsOf(by.pool, code, await idsOf(code))).values()];
const broken = async (by: TestRegister, code: string) =>
  (await verifyChains(by.pool, { caseCode: code })).broken.map(({ caseCode, seq, reason }) => [caseCode, seq, reason]);

it('words lie sealed by a key of their case, are read with the master key, and verify', async () => {
  const by = holding(one);
  const file = await asked(by);
  await ask(file, 'Và ai ký?');
  const rows = await kept(file.code);
  expect(rows.map(({ body, salt }) => [body, salt])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(rows.filter(({ sealed }) => sealed?.includes('0901'))).toEqual([]);
  expect(await read(by, file.code)).toEqual([words, 'Và ai ký?']);
  expect(await saltedText(by.pool, file.code, rows[0]?.id ?? '')).toEqual({
    body: words,
    salt: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  });
  const keys = await register.owner.query('select 1 from case_key where case_code = $1', [file.code]);
  expect(keys.rowCount).toBe(1);
  expect(await verifyChains(by.pool, { caseCode: file.code })).toMatchObject({ broken: [], unopened: 0 });
  expect(await textsOf(by.pool, file.code, [])).toEqual(new Map());
});

it('whoever has another master key, or none, is refused the words of that case alone', async () => {
  const by = holding(one);
  const file = await asked(by);
  const stranger = holding(newMasterKey());
  const other = await asked(stranger, 'Của người khác');
  for (const without of [stranger, register]) {
    expect(await refusedWith(read(without, file.code))).toBe('KEY_UNAVAILABLE');
    const [id = ''] = await idsOf(file.code);
    expect(await refusedWith(saltedText(without.pool, file.code, id))).toBe('KEY_UNAVAILABLE');
    expect(await verifyChains(without.pool, { caseCode: file.code })).toMatchObject({ broken: [], unopened: 1 });
  }
  expect(await read(stranger, other.code)).toEqual(['Của người khác']);
  const [{ master } = { master: '' }] = await masterKeysAway(stranger.pool, keysOf(one));
  expect(await masterKeysAway(by.pool, keysOf(one))).toEqual([{ master, cases: 1, documents: 0 }]);
  expect(await masterKeysAway(by.pool, undefined)).toHaveLength(2);
});

it('a case whose key is away takes new words under another one, and with both keys all are read', async () => {
  const first = holding(one);
  const file = await asked(first);
  const two = newMasterKey();
  const later = holding(two);
  await later.door.handle(
    file.envelope(investor, at('2026-07-06 11:00'), { type: 'askQuestion', procedure: null, text: 'Lại hỏi' }),
  );
  const [old = '', young = ''] = await idsOf(file.code);
  expect(await textsOf(later.pool, file.code, [young])).toEqual(new Map([[young, 'Lại hỏi']]));
  expect(await refusedWith(textsOf(later.pool, file.code, [old]))).toBe('KEY_UNAVAILABLE');
  expect(await read(holding(two, one), file.code)).toEqual([words, 'Lại hỏi']);
});

it('what was sealed and then changed, exchanged or robbed of its key is found, and where', async () => {
  const by = holding(one);
  const file = await asked(by);
  await ask(file, 'Và ai ký?');
  const foreign = await asked(by, 'Hồ sơ khác');
  const [, second = ''] = await idsOf(file.code);
  const seq = Number(second.split('.')[0]);
  const found = async (change: string, values: unknown[]) => {
    const before = await register.owner.query<Kept>('select case_code, id, body, sealed from case_text');
    const keys = await register.owner.query<{ case_code: string; id: string; wrapped: Buffer }>(
      'select * from case_key',
    );
    await register.owner.query(change, values);
    const told = await broken(by, file.code);
    for (const row of before.rows as (Kept & { case_code: string })[])
      await register.owner.query('update case_text set body = $3, sealed = $4 where case_code = $1 and id = $2', [
        row.case_code,
        row.id,
        row.body,
        row.sealed,
      ]);
    for (const { case_code: code, id, wrapped } of keys.rows)
      await register.owner.query('update case_key set wrapped = $3 where case_code = $1 and id = $2', [
        code,
        id,
        wrapped,
      ]);
    return told;
  };
  const there = [[file.code, seq, 'text-differs']];
  const of = [file.code, second];
  expect(
    await found(
      `update case_text set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1) where case_code = $1 and id = $2`,
      of,
    ),
  ).toEqual(there);
  expect(
    await found(
      `update case_text set sealed = (select o.sealed from case_text o where o.case_code = $1 and o.id <> $2) where case_code = $1 and id = $2`,
      of,
    ),
  ).toEqual(there);
  expect(
    await found(
      `update case_text set sealed = (select o.sealed from case_text o where o.case_code = $3) where case_code = $1 and id = $2`,
      [...of, foreign.code],
    ),
  ).toEqual(there);
  expect(await found(`update case_text set sealed = null where case_code = $1 and id = $2`, of)).toEqual(there);
  expect(await found(`update case_text set sealed = null, body = 'Khác' where case_code = $1 and id = $2`, of)).toEqual(
    there,
  );
  expect(await found(`update case_key set wrapped = null where case_code = $1`, [file.code])).toHaveLength(2);
  expect(await broken(by, file.code)).toEqual([]);
});

it('words that were kept in clear are sealed afterwards, and read as before', async () => {
  const file = await asked(register);
  expect((await kept(file.code))[0]?.body).toBe(words);
  const by = holding(one);
  expect(await read(by, file.code)).toEqual([words]);
  await sealWordsOfBefore(by.pool, keysOf(one));
  expect((await kept(file.code)).map(({ body, salt }) => [body, salt])).toEqual([[null, null]]);
  expect(await read(by, file.code)).toEqual([words]);
  expect(await broken(by, file.code)).toEqual([]);
  expect(await sealWordsOfBefore(by.pool, keysOf(one))).toBe(false);
});

it('an erasure destroys the key: a copy of what it sealed is opened no more, and the evidence stays whole', async () => {
  const by = holding(one);
  const file = await asked(by);
  const [copy] = await kept(file.code);
  await file.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
  const why = { askedBy: 'đơn 12/2026', basis: 'Luật 91/2025/QH15', now: at('2026-07-08 09:00') };
  const { what } = await erase(register.owner, { kind: 'case', ref: file.code, ...why });
  expect(what).toMatchObject({ case_text: 2, case_key: 1 });
  expect(await read(by, file.code)).toEqual([null, null]);
  expect(await broken(by, file.code)).toEqual([]);
  await register.owner.query('update case_text set sealed = $3 where case_code = $1 and id = $2', [
    file.code,
    copy?.id,
    copy?.sealed,
  ]);
  await expect(textsOf(by.pool, file.code, [copy?.id ?? ''])).rejects.toThrow('does not open with its key');
});

it('a rotation wraps every key anew, touches no words, and leaves the old master key without use', async () => {
  const by = holding(one);
  const [file, other] = [await asked(by), await asked(by, 'Khác')];
  const before = await kept(file.code);
  const two = newMasterKey();
  const both = keysOf(two, one);
  expect(await rewrapKeys(register.owner, both)).toBe(2);
  expect(await rewrapKeys(register.owner, both)).toBe(0);
  expect(await kept(file.code)).toEqual(before);
  expect(await masterKeysInUse(register.pool)).toEqual([...masterKeysIn(two).keys()]);
  const after = holding(two);
  expect([await read(after, file.code), await read(after, other.code)]).toEqual([[words], ['Khác']]);
  expect(await refusedWith(read(by, file.code))).toBe('KEY_UNAVAILABLE');
});

it('nobody who serves people changes or destroys a key', async () => {
  const file = await asked(holding(one));
  for (const change of ['update case_key set wrapped = null', 'delete from case_key'])
    await expect(register.pool.query(`${change} where case_code = $1`, [file.code])).rejects.toThrow(
      /permission denied/,
    );
});
