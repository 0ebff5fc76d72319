import type pg from 'pg';
import { addDays, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { drawing } from './drawing.js';

const first = plainDate('2026-01-01');

/** Draws for rows as no story would leave them: every combination of what is known and what is not. */
export function rowDraws(seed: number) {
  const draw = drawing(seed);
  return {
    draw,
    oneOf: <T>(...list: readonly T[]): T => list[draw(list.length)] as T,
    /** Some day of the first 200 of 2026. */
    day: (): PlainDate => addDays(first, draw(200)),
    /** One in three is not known. */
    maybe: <T>(value: () => T): T | null => (draw(3) === 0 ? null : value()),
  };
}

/** What every fact of a case carries for filters. */
export interface OfCase {
  readonly lane: string;
  readonly pathway: string;
  readonly zone: string | null;
}

export const codeOfRow = (i: number): string => `LX-260101-${String(i + 1).padStart(4, '0')}X`;

/** The head of a case that somebody else has to do with. */
export const headRow = (code: string, { lane, pathway }: OfCase) => ({
  ...{ code, kind: 'green-lane', seq: 1, hash: '\\x00', status: 'open', lane, pathway },
  ...{ investor: 'investor.besi', managed: false },
});

/** A fact of a procedure of the City's in which nobody has done anything yet. */
export const procedureRow = (code: string, n: number, of: OfCase) => ({
  ...{ scope: `case/${code}/p/${n}`, case_code: code, ...of, procedure: 'irc-ordinary', attempt: n },
  ...{ version: 'irc-ordinary@2026-01-01', competent_agency: 'dof', city_controlled: true },
  ...{ budget_unit: 'working-day', statutory_days: 10, extensions: 0, supplements: 0, documents: 0, once_only: 0 },
  ...{ steps_full: 0, steps_assisted: 0, steps_manual: 0, done_by_machine: 0, done_assisted: 0, done_by_person: 0 },
});

/** Rows of any of the columns of a table; left out: as the table has it. */
export async function writeRows(owner: pg.Pool, table: string, rows: readonly object[]): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((one) => `"${one}"`).join(', ');
  await owner.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}
