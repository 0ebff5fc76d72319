import { caseCode } from '../../domain/case/case/code.js';
import { plainDate } from '../../domain/time/instants.js';
import { type TestRegister } from './support.js';
import { rewriteState } from '../support/kept-state.js';

/** The same running case many times over: heads, scopes and clocks, under codes of their own. */
export async function multiply({ owner }: TestRegister, code: string, times: number): Promise<string[]> {
  const codes = Array.from({ length: times }, (_, n) => caseCode(plainDate('2026-07-07'), n + 1));
  await rewriteState(owner, code);
  const clone = (table: string, columns: string, values: string, key = 'case_code') =>
    owner.query(
      `insert into ${table} (${columns}) select ${values} from ${table} t cross join unnest($2::text[]) as c (code) where t.${key} = $1`,
      [code, codes],
    );
  await clone(
    'case_head',
    'code, kind, seq, hash, state, state_seq, status, lane, pathway, investor, managed, law_at, opened_at, last_at, due_date, mandatory_total, fold',
    `c.code, kind, seq, hash, replace(state::text, $1, c.code)::json, state_seq, status, lane, pathway, investor, managed, law_at, opened_at, last_at, due_date,
     mandatory_total, fold`,
    'code',
  );
  await clone(
    'scope',
    'id, case_code, kind, generation, last_seq, sent_seq, done_seq, next_at, closed',
    'replace(id, $1, c.code), c.code, kind, generation, last_seq, last_seq, last_seq, next_at, closed',
  );
  await clone(
    'clock',
    'scope, case_code, procedure, agency, state, budget_amount, budget_unit, due_date, due_if_returned, printed_due_date, promised_date',
    `replace(scope, $1, c.code), c.code, procedure, agency, state, budget_amount, budget_unit, due_date, due_if_returned, printed_due_date,
     promised_date`,
  );
  return codes;
}
