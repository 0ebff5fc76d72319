import type pg from 'pg';
import { caseCode } from '../domain/case/case/code.js';
import { addDays, plainDate } from '../domain/time/instants.js';
import { type ApiClient } from '../scripts/demo/client.js';
import { quantile } from './meters.js';
import { together } from './players.js';

export interface Many {
  readonly cases: number;
  readonly openTasks: number;
}

const atOnce = 20_000;
const aDay = 9_999;
const agencies = ['hcmc-pasc', 'shtp-board', 'dof', 'dost', 'dae', 'doc', 'dpa', 'city-tax'];

/**
 * So many cases beside those that were played: the rows that lists, worklists and search read, made from those of one played case. They have no events, so nothing
 * but these lists knows of them.
 */
export async function fillRegister(
  admin: pg.Pool,
  template: string,
  { cases, openTasks }: Many,
  say: (line: string) => void,
): Promise<void> {
  const client = await admin.connect();
  try {
    // Rows of a bench: no checks of foreign keys, no waiting for the disk.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    const clone = async (table: string, changed: Readonly<Record<string, string>>) => {
      const { rows } = await client.query<{ name: string }>(
        `select column_name as name from information_schema.columns
         where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
        [table],
      );
      const names = rows.map(({ name }) => name);
      return {
        into: names.map((name) => `"${name}"`).join(', '),
        from: names.map((name) => changed[name] ?? `t."${name}"`).join(', '),
      };
    };
    const isOpen = 'n.i % 10 = 0';
    const head = await clone('case_head', {
      code: 'n.code',
      seq: '0',
      state: 'null',
      state_seq: '0',
      status: `case when ${isOpen} then 'open' else 'approved' end`,
      closed_at: `case when ${isOpen} then null else t.closed_at end`,
      lane: `case n.i % 3 when 0 then 'green' when 1 then 'standard' else 'undecided' end`,
      breached_on: `case when n.i % 40 = 0 then current_date end`,
      opened_at: `t.opened_at - n.i * interval '1 minute'`,
    });
    const task = await clone('task', {
      id: `n.code || '.1'`,
      case_code: 'n.code',
      scope: `'case/' || n.code`,
      agency: `($4::text[])[1 + n.i % ${agencies.length}]`,
      role: `'officer'`,
      status: `case when n.i % 5 = 0 then 'claimed' else 'open' end`,
      claimed_by: `case when n.i % 5 = 0 then 'officer.dof.1' end`,
      claimed_at: `case when n.i % 5 = 0 then t.opened_at end`,
      completed_by: 'null',
      completed_at: 'null',
      outcome: 'null',
      risk: '(n.i % 4)::smallint',
      due_date: 'current_date + (n.i % 60)',
      lane: `case n.i % 3 when 0 then 'green' when 1 then 'standard' else 'undecided' end`,
      signatory: 'null',
      returned_to: 'null',
    });
    const numbered = `unnest($2::text[], $3::int[]) as n (code, i)`;
    const first = plainDate('2015-01-01');
    for (let from = 0; from < cases; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, cases - from) }, (_, k) => from + k);
      const codes = numbers.map((i) => caseCode(addDays(first, Math.floor(i / aDay)), (i % aDay) + 1));
      const values = [template, codes, numbers];
      await client.query(
        `insert into case_head (${head.into}) select ${head.from} from case_head t cross join ${numbered} where t.code = $1`,
        values,
      );
      await client.query(
        `insert into filing (case_code, body, name_vi, name_en, search)
         select n.code, '{}', 'Dự án ' || n.i, 'Project ' || n.i, to_tsvector('simple', n.code || ' du an nha may so' || n.i || ' khu' || n.i % 500)
         from case_head t cross join ${numbered} where t.code = $1`,
        values,
      );
      await client.query(
        `insert into case_agency (agency, case_code, opened_at, status, breached)
         select a.agency, n.code, t.opened_at - n.i * interval '1 minute', case when ${isOpen} then 'open' else 'approved' end, n.i % 40 = 0
         from case_head t cross join ${numbered}
         cross join lateral unnest(array[($4::text[])[1 + n.i % ${agencies.length}], ($4::text[])[1 + (n.i + 3) % ${agencies.length}]]) as a (agency)
         where t.code = $1`,
        [...values, agencies],
      );
      const open = numbers.filter((i) => i % Math.round(cases / openTasks) === 0);
      await client.query(
        `insert into task (${task.into}) select ${task.from}
         from (select * from task where case_code = $1 and kind = 'step' order by id limit 1) t cross join ${numbered}`,
        [template, open.map((i) => codes[i - from]), open, agencies],
      );
      say(`${from + numbers.length}/${cases}`);
    }
    await client.query('vacuum analyze case_head, filing, case_agency, task');
  } finally {
    client.release(true);
  }
}

/** What people read most, each by whoever reads it. */
export const lists: readonly { readonly name: string; readonly person: string; readonly path: string }[] = [
  { name: 'worklist of an officer', person: 'officer.dof.1', path: '/tasks?limit=50' },
  { name: 'all cases, newest first', person: 'auditor.1', path: '/cases?limit=50' },
  { name: 'open cases of an agency', person: 'auditor.1', path: '/cases?limit=50&status=open&agency=dost' },
  { name: 'cases that broke their term', person: 'auditor.1', path: '/cases?limit=50&overdue=true' },
  { name: 'search for a rare word', person: 'auditor.1', path: '/cases?limit=50&q=so777' },
  { name: 'search for a word of a case in 500', person: 'auditor.1', path: '/cases?limit=50&q=khu123' },
  { name: 'search for a word of every case', person: 'auditor.1', path: '/cases?limit=50&q=nha%20may' },
];

/** Milliseconds of one reader, and of twenty. */
export async function timeLists(
  as: (person: string) => ApiClient,
  each: number,
): Promise<{ name: string; alone: number[]; many: number[] }[]> {
  const found: { name: string; alone: number[]; many: number[] }[] = [];
  for (const { name, person, path } of lists) {
    const one = async (): Promise<number> => {
      const from = performance.now();
      await as(person).get(path);
      return performance.now() - from;
    };
    await one();
    found.push({ name, alone: await together(each, 1, one), many: await together(each * 4, 20, one) });
  }
  return found;
}

/** The slowest list by the 99th percentile of twenty readers. */
export const slowest = (timed: Awaited<ReturnType<typeof timeLists>>): number =>
  Math.max(...timed.map(({ many }) => quantile(many, 0.99)));
