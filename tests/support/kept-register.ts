import { readFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';

/** A register as data: which migrations had made it, and the rows of every table as PostgreSQL writes them in JSON. */
interface KeptRegister {
  readonly migrations: number;
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
}

const folderOf = (release: string) => join(import.meta.dirname, '../fixtures', `register-${release}`);

/** Everything that a register holds, compressed. */
export async function keepRegister(adminUrl: string): Promise<Buffer> {
  return withClient(adminUrl, async (client) => {
    const { rows: names } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
    );
    const tables: Record<string, unknown[]> = {};
    for (const { name } of names) {
      const { rows } = await client.query<{ row: unknown }>(`select to_json(t) as row from "${name}" t`);
      tables[name] = rows.map(({ row }) => row);
    }
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from drizzle.__drizzle_migrations');
    const kept: KeptRegister = { migrations: rows[0]?.n ?? 0, tables };
    return gzipSync(JSON.stringify(kept), { level: 9 });
  });
}

const readKept = (release: string): KeptRegister =>
  JSON.parse(gunzipSync(readFileSync(join(folderOf(release), 'register.json.gz'))).toString()) as KeptRegister;

/** How many of our migrations had made the register of that release. */
export const migrationsOf = (release: string): number => readKept(release).migrations;

/** Puts the kept rows into a database at the migrations of that release, by a superuser: as a restore from a backup does. */
export async function restoreRegister(adminUrl: string, release: string): Promise<void> {
  const { tables } = readKept(release);
  await withClient(adminUrl, async (client) => {
    await client.query(`set session_replication_role = replica`); // the rows come in any order
    for (const [name, rows] of Object.entries(tables)) {
      const { rows: columns } = await client.query<{ name: string }>(
        `select column_name as name from information_schema.columns
         where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
        [name],
      );
      const list = columns.map((column) => `"${column.name}"`).join(', ');
      await client.query(`delete from "${name}"`);
      await client.query(
        `insert into "${name}" (${list}) select ${list} from json_populate_recordset(null::"${name}", $1::json)`,
        [JSON.stringify(rows)],
      );
    }
    const { rows: serials } = await client.query<{ name: string; column: string; sequence: string }>(
      `select table_name as name, column_name as column, pg_get_serial_sequence(table_name, column_name) as sequence
       from information_schema.columns where table_schema = 'public' and column_default like 'nextval%'`,
    );
    for (const { name, column, sequence } of serials) {
      await client.query(`select setval($1, coalesce(max("${column}"), 0) + 1, false) from "${name}"`, [sequence]);
    }
  });
}

/** The bytes of the documents of that register, into a folder of documents. */
export async function restoreDocuments(folder: string, release: string): Promise<number> {
  const from = join(folderOf(release), 'documents');
  await cp(from, folder, { recursive: true });
  return (await readdir(from, { recursive: true })).length;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
