import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { type BreakReason } from './breaks.js';
import { rows } from '../pool.js';
import { projectStates } from '../projection/projector.js';
import * as facts from '../schema/facts.js';
import * as projected from '../schema/projected.js';
import { trial, trialFact } from '../schema/trials.js';

interface Projection {
  readonly name: string;
  readonly key: readonly string[];
  readonly reason: BreakReason;
}

const reasons: Readonly<Record<string, BreakReason>> = { decision: 'decision-differs' };

/** Every table that the projector writes. */
const written: readonly unknown[] = [...Object.values(projected), ...Object.values(facts), trial, trialFact];
const projections: readonly Projection[] = written
  .filter((one): one is PgTable => is(one, PgTable))
  .map((table) => {
    const name = getTableName(table);
    const columns = Object.values(getTableColumns(table));
    const key =
      getTableConfig(table).primaryKeys[0]?.columns.map((column) => column.name) ??
      columns.filter(({ primary }) => primary).map((column) => column.name);
    return { name, key, reason: reasons[name] ?? 'projection-differs' };
  });

/** Their names. */
export const projectedTables: readonly string[] = projections.map(({ name }) => name);

/** A row of a projected table that a rebuild does not give. */
export interface RebuiltDifference {
  readonly caseCode: string;
  /** Where the row belongs to one. */
  readonly scope: string | null;
  readonly reason: BreakReason;
  readonly detail: string;
}

/** Temporary tables of the same names, which hide the real ones from this session: the projector then writes its rebuild beside what is kept. */
export async function prepareRebuild(client: pg.PoolClient): Promise<void> {
  const made = projections.map(({ name, key }) => {
    const columns = key.map((column) => `"${column}"`).join(', ');
    return `create temp table "${name}" (like public."${name}" including defaults including generated, primary key (${columns})) on commit delete rows`;
  });
  await client.query(made.join('; '));
}

/** Rebuilds the rows of these cases beside the kept ones and compares the two. Within a transaction; `prepareRebuild` came before it. */
export async function differencesFromRebuild(
  client: pg.PoolClient,
  law: Law,
  states: readonly CaseState[],
): Promise<RebuiltDifference[]> {
  if (states.length === 0) return [];
  await projectStates(client, law, states);
  const codes = states.map(({ code }) => code);
  const found: RebuiltDifference[] = [];
  for (const { name, key, reason } of projections) {
    const on = key.map((column) => `k."${column}" = r."${column}"`).join(' and ');
    const differing = await rows<{ caseCode: string; kept: Row | null; rebuilt: Row | null }>(
      client,
      `select coalesce(k.case_code, r.case_code) as "caseCode", to_jsonb(k) as kept, to_jsonb(r) as rebuilt
       from (select * from public."${name}" where case_code = any ($1)) k
       full join (select * from pg_temp."${name}" where case_code = any ($1)) r on ${on}
       where to_jsonb(k) is distinct from to_jsonb(r) order by 1`,
      [codes],
    );
    for (const { caseCode, kept, rebuilt } of differing) {
      const row = key.map((column) => String((kept ?? rebuilt)?.[column])).join(' ');
      const what = !kept ? 'is missing' : !rebuilt ? 'belongs to no event' : `has another ${columnsOf(kept, rebuilt)}`;
      const scope = (kept ?? rebuilt)?.['scope'];
      found.push({
        caseCode,
        scope: typeof scope === 'string' ? scope : null,
        reason,
        detail: `${name} ${row} ${what}`,
      });
    }
  }
  return found;
}

type Row = Readonly<Record<string, unknown>>;

const columnsOf = (kept: Row, rebuilt: Row): string =>
  Object.keys(rebuilt)
    .filter((column) => JSON.stringify(kept[column]) !== JSON.stringify(rebuilt[column]))
    .join(', ');
