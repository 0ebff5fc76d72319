import type pg from 'pg';
import { codeOfRow, headRow, procedureRow, writeRows } from './fact-rows.js';

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
      gross_days: row.agencyDays + row.investorDays + row.otherDays,
    })),
  );
}
