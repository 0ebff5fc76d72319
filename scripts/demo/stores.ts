import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type pg from 'pg';

/**
 * What of an installation is not looked into: the raw files of PostgreSQL, whose tables are (of the files see ADR 44 and `tests/e2e/raw-files`), and what stands in for
 * other bodies: the systems of agencies, the sign-on, the authority that certifies. Everything else is, also what nobody has thought of yet.
 */
const notOurs: ReadonlySet<string> = new Set(['postgres', 'agencies.jsonl', 'accounts.json', 'authority']);

/**
 * Where of an installation any of these texts stands: `register: {table}` for rows that can be read, and files by their path. Reads every row of every table as its
 * owner, and every byte of the files; also for what they are in small letters (search), in base64 and as PostgreSQL shows bytes.
 */
export async function storesWith(owner: pg.Pool, dataDir: string, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const found: string[] = [];
  const forms = [...new Set(texts.flatMap(formsOf))];
  for (const { name } of tables) {
    const { rowCount } = await owner.query(
      `select 1 from ${name} t where exists (select from unnest($1::text[]) x where strpos(t::text, x) > 0) limit 1`,
      [forms],
    );
    if ((rowCount ?? 0) > 0) found.push(`register: ${name.replace(/^public\./, '')}`);
  }
  const bytes = forms.map((text) => Buffer.from(text, 'utf8'));
  for (const entry of readdirSync(dataDir))
    for (const path of notOurs.has(entry) ? [] : filesIn(join(dataDir, entry))) {
      const content = contentOf(path);
      if (bytes.some((text) => content.includes(text))) found.push(relative(dataDir, path));
    }
  return found;
}

/** As it may stand somewhere: in base64 three ways, by how many bytes are before it. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  const encoded = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Without what the neighbours have a part in.
    return whole.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [text, text.toLowerCase(), bytes.toString('hex'), ...encoded];
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
