import { it } from 'vitest';
import { assessing, createTestRegister } from './support.js';
import { listCases } from '../../db/queries/cases.js';
import { listTasks } from '../../db/queries/tasks.js';
it('scale', async () => {
  const register = await createTestRegister();
  const { file } = await assessing(register);
  const o = register.owner;
  await o.query(`set statement_timeout=0`);
  const c = await o.connect();
  await c.query(`set statement_timeout=0; set transaction_timeout=0`);
  await c.query(`insert into case_head (code, kind, seq, hash, state, status, lane, pathway, investor, managed, law_at, opened_at, last_at, breached_on)
   select 'LX-' || g, kind, seq, hash, '{}', case when g % 10 = 0 then 'open' else 'approved' end, lane, pathway, 'inv' || (g % 5000), false, law_at, opened_at - g * interval '1 minute', last_at, case when g % 100 = 0 then date '2026-07-01' end
   from case_head, generate_series(1, 300000) g where code = '${file.code}'`);
  await c.query(`insert into case_agency (agency, case_code, opened_at, status, breached) select (array['dost','dpa','shtp-board','hcmc-pasc','rare'])[1 + g % 4], code, opened_at, status, breached_on is not null from case_head, lateral (select substr(code, 4)::int as g) x where code ~ '^LX-[0-9]+$'`);
  await c.query(`insert into filing (case_code, body, name_vi, name_en, search) select code, '{}', 'Dự án ' || code, 'Project', to_tsvector('simple', 'du an so ' || substr(code, 4) || ' khu cong nghe cao') from case_head where code ~ '^LX-[0-9]+$'`);
  await c.query(`insert into task (id, case_code, scope, key, kind, agency, role, status, due_date, opened_at) select code || '.1', code, 'case/' || code, 'k', 'step', (array['dost','dpa','shtp-board','hcmc-pasc'])[1 + g % 4], 'officer', case when g % 3 = 0 then 'open' else 'done' end, date '2026-07-01' + g % 400, opened_at from case_head, lateral (select substr(code, 4)::int as g) x where code ~ '^LX-[0-9]+$'`);
  await c.query('vacuum analyze');
  c.release();
  const time = async (name: string, work: () => Promise<{ items: readonly unknown[] }>) => {
    await work();
    const ts: number[] = []; let n = 0;
    for (let i = 0; i < 15; i++) { const t = performance.now(); n = (await work()).items.length; ts.push(performance.now() - t); }
    ts.sort((a, b) => a - b);
    console.log(name, n, ts[7]?.toFixed(2), ts[14]?.toFixed(2));
  };
  const all = { all: true } as const;
  const L = { limit: 50 };
  await time('all', () => listCases(register.pool, all, L));
  await time('open', () => listCases(register.pool, all, { ...L, status: 'open' }));
  await time('refused(none)', () => listCases(register.pool, all, { ...L, status: 'refused' }));
  await time('overdue', () => listCases(register.pool, all, { ...L, overdue: true }));
  await time('agency', () => listCases(register.pool, { agency: 'dost' }, L));
  await time('agency+open', () => listCases(register.pool, { agency: 'dost' }, { ...L, status: 'open' }));
  await time('agency+other', () => listCases(register.pool, { agency: 'dost' }, { ...L, agency: 'dpa' }));
  await time('agency overdue', () => listCases(register.pool, all, { ...L, agency: 'dpa', overdue: true }));
  await time('lane green(none)', () => listCases(register.pool, all, { ...L, lane: 'green' }));
  await time('investor', () => listCases(register.pool, { investors: ['inv7'] }, L));
  await time('q rare', () => listCases(register.pool, all, { ...L, q: '123456' }));
  await time('q common', () => listCases(register.pool, all, { ...L, q: 'cong nghe' }));
  await time('tasks', () => listTasks(register.pool, { agency: 'dost', limit: 50 }));
  await time('tasks roles', () => listTasks(register.pool, { agency: 'dost', roles: ['head'], limit: 50 }));
  await time('tasks done', () => listTasks(register.pool, { agency: 'dost', status: 'done', limit: 50 }));
  await time('tasks mine', () => listTasks(register.pool, { claimedBy: 'x', limit: 50 }));
  await register.close();
}, 300000);
