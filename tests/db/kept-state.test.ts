import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventOf } from '../../db/register/chain-link.js';
import { forgetStates, keptEvery, readStates } from '../../db/register/kept-state.js';
import { verifyChains } from '../../db/register/chain.js';
import { foldCase } from '../../domain/case/fold.js';
import { foldVersion, type CaseState } from '../../domain/case/state.js';
import { assessing, at, createTestRegister, investor, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

interface Row {
  seq: number;
  state_seq: number;
  state: CaseState;
}

const rowOf = async (code: string): Promise<Row> => {
  const { rows } = await register.pool.query<Row>('select seq, state_seq, state from case_head where code = $1', [
    code,
  ]);
  if (!rows[0]) throw new Error(`no case ${code}`);
  return rows[0];
};

/** What all events say, whoever remembers or keeps what. */
async function truth(code: string): Promise<unknown> {
  const { rows } = await register.pool.query<{ canonical: string }>(
    'select canonical from case_event where case_code = $1 order by seq',
    [code],
  );
  return JSON.parse(
    JSON.stringify(
      foldCase(
        code,
        rows.map(({ canonical }) => eventOf(canonical)),
      ),
    ),
  );
}

let asked = 0;
const ask = (file: TestCase) =>
  file.act(investor, at('2026-07-08 10:00'), {
    type: 'askQuestion',
    procedure: null,
    text: `Câu hỏi ${++asked}`,
  });

it('is the fold of all events for whoever reads it, remembering or not, and written every so many events only', async () => {
  const file = await TestCase.open(register);
  const written = new Set<number>();
  for (let n = 0; n < keptEvery * 2 + 5; n++) {
    await ask(file);
    const row = await rowOf(file.code);
    written.add(row.state_seq);
    expect(row.state.seq).toBe(row.state_seq);
    expect(row.seq - row.state_seq).toBeLessThan(keptEvery);
    if (n % 7 === 0) forgetStates();
    expect(await file.state()).toEqual(await truth(file.code));
  }
  expect(written.size).toBe(3);
  expect((await verifyChains(register.pool, { caseCode: file.code })).broken).toEqual([]);
});

it('several are read at once, whatever is remembered of which', async () => {
  const files = [await TestCase.open(register), (await assessing(register)).file, await TestCase.open(register)];
  for (const file of files) await ask(file);
  forgetStates();
  await files[1]?.state();
  const codes = files.map(({ code }) => code);
  const states = await readStates(register.pool, [...codes, 'LX-260706-9999A']);
  expect(states).toEqual(await Promise.all([...codes].sort().map(truth)));
});

it('that is remembered of a chain that is no longer there is not taken', async () => {
  const file = await TestCase.open(register);
  const before = await file.state();
  await ask(file);
  await file.state();
  // As a restored register has it: the last command was never there.
  await register.owner.query('delete from case_event where case_code = $1 and seq > $2', [file.code, before.seq]);
  for (const table of ['case_text', 'delivery'])
    await register.owner.query(`delete from ${table} where case_code = $1`, [file.code]);
  await register.owner.query(
    `update case_head h set seq = e.seq, hash = e.hash from case_event e where h.code = $1 and e.case_code = $1 and e.seq = $2`,
    [file.code, before.seq],
  );
  expect(await file.state()).toEqual(before);
  await ask(file);
  expect(await file.state()).toEqual(await truth(file.code));
});

it('that a program of an older release wrote, without saying as of when, is taken as it stands', async () => {
  const file = await TestCase.open(register);
  for (let n = 0; n < 3; n++) await ask(file);
  for (const fold of [foldVersion, foldVersion - 1]) {
    const whole = { ...((await truth(file.code)) as object), fold };
    await register.owner.query('update case_head set state = $2, fold = $3 where code = $1', [
      file.code,
      JSON.stringify(whole),
      fold,
    ]);
    forgetStates();
    expect(await file.state()).toEqual(await truth(file.code));
    await ask(file);
    expect(await file.state()).toEqual(await truth(file.code));
  }
  expect((await rowOf(file.code)).state.fold).toBe(foldVersion);
});

it('is written as the case is left behind', async () => {
  const file = await TestCase.open(register);
  await file.act(investor, at('2026-07-08 10:00'), { type: 'withdrawCase', reason: 'Đổi kế hoạch' });
  const row = await rowOf(file.code);
  expect(row.state_seq).toBe(row.seq);
  expect(row.state.closed).not.toBeNull();
});
