import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type pg from 'pg';

/** Folders of an installation in which something of a case could stay behind, beside its register. Of PostgreSQL's own files see ADR 44. */
const folders = [
  'documents',
  'temporal',
  'logs',
  'mails',
  'chain-roots',
  'last-root.json',
  'transparency-log',
  'witness',
];

/**
 * Where of an installation any of these texts stands: `register: {table}` for rows that can be read, and files by their path. Reads every row of every table as its
 * owner, and every byte of the files.
 */
export async function storesWith(owner: pg.Pool, dataDir: string, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await owner.query(
      `select 1 from ${name} t where exists (select from unnest($1::text[]) x where strpos(t::text, x) > 0) limit 1`,
      [texts],
    );
    if ((rowCount ?? 0) > 0) found.push(`register: ${name.replace(/^public\./, '')}`);
  }
  const bytes = texts.map((text) => Buffer.from(text, 'utf8'));
  for (const folder of folders)
    for (const path of filesIn(join(dataDir, folder))) {
      const content = contentOf(path);
      if (bytes.some((text) => content.includes(text))) found.push(relative(dataDir, path));
    }
  return found;
}

function filesIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesIn(inner) : entry.isFile() ? [inner] : [];
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

/** What went away since it was listed holds nothing. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
