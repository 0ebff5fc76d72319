import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventOf } from '../../domain/case/events.js';
import { eventOf } from '../../db/register/chain-link.js';
import { findNumbers } from '../../db/register/form-numbers.js';
import {
  at,
  createTestRegister,
  documents,
  investor,
  receiving,
  refusedWith,
  TestCase,
  type TestRegister,
} from '../db/support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const day = '2026-07-06';

/** A dossier that waits at the counter. */
async function waiting(): Promise<TestCase> {
  const file = await TestCase.open(register);
  const irc = file.procedure('irc-ordinary');
  await file.engine(file.scope, at(`${day} 09:00`), { type: 'openProcedure', procedure: 'irc-ordinary' });
  await file.act(investor, at(`${day} 09:05`), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
  await file.openTask(irc, `${day} 09:05`, 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
  return file;
}

/** The number and the dossier code of form 01, by the evidence. */
async function receipt(file: TestCase): Promise<{ number: number | undefined; code: string }> {
  const { rows } = await register.pool.query<{ canonical: string }>(
    `select canonical from case_event where case_code = $1 and type = 'dossierReceived'`,
    [file.code],
  );
  const { payload } = eventOf(rows[0]?.canonical ?? '') as EventOf<'dossierReceived'>;
  return { number: payload.paperNumber, code: payload.dossierCode };
}

const serialOf = (code: string): number => Number(code.split('-').at(-1));
const givenFor = async (file: TestCase, form: string): Promise<number[]> =>
  [...(await findNumbers(register.pool, file.code))].flatMap(([paper, number]) =>
    paper.startsWith(`${form}-`) ? [number] : [],
  );

describe('the number of a paper', () => {
  it('is given by the act that issues it: consecutive, in order of issue, whoever looks first or never', async () => {
    const files = [await waiting(), await waiting(), await waiting()];
    for (const file of files) await file.complete('intake/1', receiving, `${day} 10:00`, { outcome: 'receive' });
    const looked = [...files].reverse();
    for (const file of looked) expect(await givenFor(file, '01')).toHaveLength(1);
    const receipts = await Promise.all(files.map(receipt));
    const [first = 0] = receipts.map(({ number }) => number);
    expect(receipts.map(({ number }) => number)).toEqual([first, first + 1, first + 2]);
    for (const [i, file] of files.entries()) expect(await givenFor(file, '01')).toEqual([first + i]);
    const [code = 0] = receipts.map((one) => serialOf(one.code));
    expect(receipts.map((one) => serialOf(one.code))).toEqual([code, code + 1, code + 2]);
  });

  it('is lost by nobody where an act is refused: fifty at once make one receipt, and the next follows it', async () => {
    const [one, next] = [await waiting(), await waiting()];
    const taskId = await one.taskId('intake/1');
    await one.act(receiving, at(`${day} 10:00`), { type: 'claimTask', taskId });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        refusedWith(
          one.act(receiving, at(`${day} 10:00`), { type: 'completeTask', taskId, completion: { outcome: 'receive' } }),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
    await next.complete('intake/1', receiving, `${day} 10:01`, { outcome: 'receive' });
    const [before, after] = [await receipt(one), await receipt(next)];
    expect(serialOf(after.code)).toBe(serialOf(before.code) + 1);
    expect(after.number).toBe((before.number ?? 0) + 1);
  });

  it('comes once and without a gap where many are issued at the same moment', async () => {
    const files = await Promise.all(Array.from({ length: 8 }, waiting));
    await Promise.all(
      files.map((file) => file.complete('intake/1', receiving, `${day} 10:00`, { outcome: 'receive' })),
    );
    const numbers = (await Promise.all(files.map(receipt))).map(({ number }) => number ?? 0).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
  });

  it('begins with one for each agency, year and form, form 02 of the counter beside that of the receipt', async () => {
    const file = await waiting();
    await file.complete('intake/1', receiving, `${day} 10:00`, {
      outcome: 'complete',
      items: ['bản vẽ'],
      reason: 'thiếu bản vẽ',
    });
    expect(await givenFor(file, '02')).toEqual([1]);
  });

  it('of before is given once, in order of issue, and those that were given stay', async () => {
    const files = [await waiting(), await waiting(), await waiting()];
    for (const [i, file] of files.entries())
      await file.complete('intake/1', receiving, `2027-02-0${3 - i} 10:00`, { outcome: 'receive' });
    // As 0.3.0 left it: its events say no number, and somebody had looked at the second one alone.
    const codes = files.map(({ code }) => code);
    await register.owner.query(
      `update case_event set canonical = (canonical::jsonb #- '{payload,paperNumber}')::text where case_code = any ($1)`,
      [codes],
    );
    await register.owner.query(`delete from form_number where year = 2027`);
    await register.owner.query(`delete from form_counter where year = 2027`);
    await register.owner.query(
      `insert into form_number (case_code, paper, agency, year, form, number)
       select case_code, '01-' || seq, 'hcmc-pasc', 2027, '01', 1 from case_event where type = 'dossierReceived' and case_code = $1`,
      [codes[1]],
    );
    await register.owner.query(`insert into form_counter values ('hcmc-pasc', 2027, '01', 1)`);
    const migration = join(import.meta.dirname, '../../db/migrations/0025_numbers_at_issue.sql');
    const text = await readFile(migration, 'utf8');
    for (let again = 0; again < 2; again++) {
      await register.owner.query(text);
      const given = await Promise.all(files.map((file) => givenFor(file, '01')));
      expect(given).toEqual([[3], [1], [2]]);
    }
  });

  it('cannot be changed or taken back by the running system', async () => {
    await expect(register.pool.query('update form_number set number = number + 1')).rejects.toThrow(
      /permission denied/,
    );
    await expect(register.pool.query('delete from form_number')).rejects.toThrow(/permission denied/);
  });
});
