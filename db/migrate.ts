import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { locks } from './locks.js';

interface MigrateOptions {
  /** As `migrator`, who owns the register, or as a superuser, who then makes the roles. */
  readonly url: string;
  /** Given to the role `app`; needs a role that may create roles. */
  readonly appPassword?: string;
  /** Default: ours. */
  readonly folder?: string;
}

interface JournalEntry {
  readonly tag: string;
  readonly when: number;
}

/**
 * Brings the register up to date; does nothing when it is. One migrator at a time (advisory lock). Throws before anything is changed when a file
 * was altered after it had been applied, or when the journal's times don't rise: drizzle would silently skip such a file.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const folder = options.folder ?? join(import.meta.dirname, 'migrations');
  const journal = readJournal(folder);
  const client = new pg.Client({ connectionString: options.url });
  client.on('error', () => undefined); // the statement under way, or the next, says so
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [locks.migrations]);
    await becomeMigrator(client, options.appPassword);
    await checkApplied(client, folder, journal);
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}

function readJournal(folder: string): JournalEntry[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: JournalEntry[];
  };
  entries.forEach(({ tag, when }, i) => {
    const before = entries[i - 1];
    if (before && before.when >= when) throw new Error(`Migration ${tag} is not younger than ${before.tag}`);
  });
  return entries;
}

/** The tables belong to `migrator`. Whoever may create roles makes the two that are missing and steps back to `migrator`. */
async function becomeMigrator(client: pg.Client, appPassword: string | undefined): Promise<void> {
  const {
    rows: [me],
  } = await client.query<{ name: string; mighty: boolean }>(
    'select rolname as name, rolsuper or rolcreaterole as mighty from pg_roles where rolname = current_user',
  );
  if (!me?.mighty) {
    const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'app'`);
    if (rowCount === 0 || appPassword !== undefined) {
      throw new Error('Migrating as a role that may not create roles: make the roles migrator and app first');
    }
    return;
  }
  for (const role of ['migrator', 'app']) await createRole(client, role);
  if (appPassword !== undefined) {
    await client.query(`alter role app with login password ${client.escapeLiteral(appPassword)}`);
  }
  if (me.name === 'migrator') return;
  await client.query(`do $$ begin
    execute format('grant all on database %I to migrator', current_database());
    execute format('grant migrator to %I', current_user);
  end $$`);
  await client.query('grant all on schema public to migrator');
  await client.query('set role migrator');
}

async function createRole(client: pg.Client, role: string): Promise<void> {
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${client.escapeIdentifier(role)}`);
  } catch (error) {
    // Roles belong to the cluster: a migrator of another database may have been faster.
    if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** What was applied is what lies in the folder, file by file, from the first one on. */
async function checkApplied(client: pg.Client, folder: string, journal: readonly JournalEntry[]): Promise<void> {
  const { rows: known } = await client.query<{ there: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!known[0]?.there) return;
  const { rows: applied } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at',
  );
  applied.forEach(({ hash }, i) => {
    const entry = journal[i];
    if (!entry) throw new Error(`The register is younger than this program: ${applied.length} migrations are applied`);
    const text = readFileSync(join(folder, `${entry.tag}.sql`), 'utf8');
    if (createHash('sha256').update(text).digest('hex') !== hash) {
      throw new Error(`Migration ${entry.tag} was changed after it had been applied`);
    }
  });
}
