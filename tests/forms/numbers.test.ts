import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf, type NumberedPaper } from '../../db/form-numbers.js';
import { createTestRegister, TestCase, type TestRegister } from '../db/support.js';

let register: TestRegister;
let codes: string[];
beforeAll(async () => {
  register = await createTestRegister();
  codes = [];
  for (let n = 0; n < 4; n++) codes.push((await TestCase.open(register)).code);
});
afterAll(() => register.close());

const paper = (id: string, agency = 'dost', year = 2026): NumberedPaper => ({ paper: id, agency, year, form: '02' });

describe('the numbers of papers', () => {
  it('come once each, however many ask for however many papers at the same moment', async () => {
    const asked = codes.flatMap((code) =>
      Array.from({ length: 6 }, (_, n) => [paper(`02-${n}`), paper(`02-${n + 1}`)]).map((papers) => ({ code, papers })),
    );
    await Promise.all(asked.map(({ code, papers }) => numbersOf(register.pool, code, papers)));
    const { rows } = await register.pool.query<{ number: number }>(
      `select number from form_number where agency = 'dost' and year = 2026 and form = '02'`,
    );
    expect(rows).toHaveLength(codes.length * 7);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(codes.length * 7);
  });

  it('stay with the paper when it is printed again', async () => {
    const [code = ''] = codes;
    const first = await numbersOf(register.pool, code, [paper('02-0')]);
    await numbersOf(register.pool, code, [paper('02-90')]);
    expect((await numbersOf(register.pool, code, [paper('02-0')])).get('02-0')).toBe(first.get('02-0'));
  });

  it('begin with one for each agency, year and form', async () => {
    const [, code = ''] = codes;
    const numbers = await numbersOf(register.pool, code, [
      paper('a', 'doc'),
      paper('b', 'doc'),
      paper('c', 'dpa'),
      paper('d', 'doc', 2027),
      { ...paper('e', 'doc'), form: '05' },
    ]);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => numbers.get(id))).toEqual([1, 2, 1, 1, 1]);
  });

  it('cannot be changed or taken back by the running system', async () => {
    await expect(register.pool.query('update form_number set number = number + 1')).rejects.toThrow(
      /permission denied/,
    );
    await expect(register.pool.query('delete from form_number')).rejects.toThrow(/permission denied/);
  });
});
