import type pg from 'pg';
import { createPool } from '../../db/pool.js';
import { addDays, plainDate } from '../../domain/time/instants.js';
import type { TestApi } from '../api/support.js';
import { codeOfRow, headRow, procedureRow, writeRows } from './fact-rows.js';
import { drawing } from './drawing.js';

const of = { lane: 'green', pathway: 'standard', zone: null };

/** What one decided procedure is told by. */
export interface DecidedRow {
  readonly agency: string;
  readonly procedure: string;
  readonly lane: string;
  readonly closedOn: string;
  readonly agencyDays: number;
  readonly investorDays: number;
  readonly otherDays: number;
  readonly onTime: boolean;
  readonly receivedOn?: string;
  /** Left out: nothing shorter than the law. */
  readonly promised?: number;
}

export const decidedRow: DecidedRow = {
  agency: 'dof',
  procedure: 'irc-ordinary',
  lane: 'green',
  closedOn: '2026-08-12',
  agencyDays: 7,
  investorDays: 0,
  otherDays: 2,
  onTime: true,
};

/** Writes cases of one decided procedure each, the first one under the code of row `first`. */
export async function writeDecided(owner: pg.Pool, rows: readonly DecidedRow[], first = 0): Promise<void> {
  const placed = rows.map((row, i) => ({ row, code: codeOfRow(first + i) }));
  await writeRows(
    owner,
    'case_head',
    placed.map(({ row, code }) => headRow(code, { ...of, lane: row.lane })),
  );
  await writeRows(
    owner,
    'procedure_fact',
    placed.map(({ row, code }) => ({
      ...procedureRow(code, 1, { ...of, lane: row.lane }),
      ...{ agency: row.agency, competent_agency: row.agency, procedure: row.procedure },
      ...{ decided_on: row.closedOn, closed_on: row.closedOn, outcome: 'approved', on_time: row.onTime },
      ...{ consumed_days: row.agencyDays, net_days: row.agencyDays, suspended_days: row.investorDays },
      ...{ received_on: row.receivedOn ?? null, promised_days: row.promised ?? null },
      within30: row.promised === undefined ? null : row.agencyDays <= row.promised,
      gross_days: row.agencyDays + row.investorDays + row.otherDays,
    })),
  );
}

/**
 * Writes a history of procedures like the one of this case that is open: half of them ended on their third day, half when their promised term was over or later; half of
 * the work of the step that is open now waited four days. Answers whose they are.
 */
export async function writeHistoryOf({ pool, database }: TestApi, code: string): Promise<string> {
  const { rows: found } = await pool.query<{ procedure: string; agency: string; promised: number; step: string }>(
    `select f.procedure, f.agency, coalesce(f.promised_days, f.statutory_days) as promised, coalesce(t.step, t.kind) as step
     from procedure_fact f join task t on t.scope = f.scope and t.status = 'open' where f.case_code = $1`,
    [code],
  );
  const [open] = found;
  if (!open) throw new Error(`${code} has no open procedure with work to do`);
  const { procedure, agency, promised, step } = open;
  const owner = createPool(database.migratorUrl, { max: 1 });
  const first = plainDate('2026-01-05');
  const draw = drawing(4);
  const rows = Array.from({ length: 160 }, (_one, i) => {
    const receivedOn = addDays(first, i);
    const agencyDays = draw(2) === 0 ? promised + draw(3) : 3;
    return {
      ...{ ...decidedRow, procedure, agency, agencyDays, receivedOn, promised, onTime: true },
      closedOn: addDays(receivedOn, Math.ceil(agencyDays * 1.5)),
    };
  });
  await writeDecided(owner, rows);
  await writeRows(
    owner,
    'step_fact',
    rows.map((row, i) => ({
      ...{ case_code: codeOfRow(i), n: 1, lane: 'green', pathway: 'standard', scope: `case/${codeOfRow(i)}/p/1` },
      ...{ procedure, step, agency, opened_on: row.receivedOn, ended_on: row.closedOn },
      ...{ waiting_days: i % 2 === 0 ? 4 : 0, working_days: 2, alone_days: 0 },
    })),
  );
  await owner.end();
  return agency;
}
