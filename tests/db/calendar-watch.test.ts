import { afterAll, beforeAll, expect, it } from 'vitest';
import { warnOfCalendars } from '../../db/law/calendar-watch.js';
import { at, createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const on = async (day: string) => {
  await register.owner.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at(`${day} 09:00`)]);
  return warnOfCalendars(register.pool, register.law);
};

it('tells the admins from 1 October, once, of each year that wants its document', async () => {
  const admins = ['admin.1', 'admin.2'];
  expect(await on('2026-09-30')).toBe(0);
  expect(await on('2026-10-01')).toBe(1);
  expect(await on('2026-10-02')).toBe(0);
  expect(await on('2027-10-01')).toBe(1);
  const { rows } = await register.pool.query(
    `select n.person, p.role, n.vars, (select count(*) from notice_sending s where s.notice = n.id)::int as sendings
     from notice n join person p on p.id = n.person where n.kind = 'calendar-missing' order by n.vars ->> 'year', n.person`,
  );
  expect(rows).toEqual(
    [2027, 2028].flatMap((year) =>
      admins.map((person) => ({
        person,
        role: 'admin',
        vars: { calendar: 'vn-state', year, date: '2028-12-31' },
        sendings: 1,
      })),
    ),
  );
});
