import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';

interface Statement {
  readonly text: string;
  /** Property of a row -> column. */
  readonly names: readonly (readonly [string, string])[];
  readonly key: readonly string[];
}

const statements = new WeakMap<PgTable, Statement>();

function statementFor(table: PgTable): Statement {
  const known = statements.get(table);
  if (known) return known;
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([property, column]) => [property, column.name] as const);
  const key =
    getTableConfig(table).primaryKeys[0]?.columns.map((column) => column.name) ??
    columns.filter(([, column]) => column.primary).map(([, column]) => column.name);
  const quoted = (list: readonly string[], prefix = '') => list.map((name) => `${prefix}"${name}"`).join(', ');
  const all = names.map(([, name]) => name);
  const rest = all.filter((name) => !key.includes(name));
  const target = `"${getTableName(table)}"`;
  const text = `insert into ${target} as t (${quoted(all)}) select ${quoted(all)}
    from json_populate_recordset(null::${target}, $1::json) order by ${quoted(key)}
    on conflict (${quoted(key)}) do update set ${rest.map((name) => `"${name}" = excluded."${name}"`).join(', ')}
    where (${quoted(rest, 't.')}) is distinct from (${quoted(rest, 'excluded.')})`;
  const statement = { text, names, key };
  statements.set(table, statement);
  return statement;
}

/** Makes the rows of these keys what they are here: inserts what is missing, changes what differs, leaves the rest untouched. */
export async function upsert<Table extends PgTable>(
  client: pg.PoolClient,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, names } = statementFor(table);
  const list = (rows as readonly Record<string, unknown>[]).map((row) =>
    Object.fromEntries(names.map(([property, name]) => [name, row[property] ?? null])),
  );
  await client.query({ name: `upsert-${getTableName(table)}`, text, values: [JSON.stringify(list)] });
}
