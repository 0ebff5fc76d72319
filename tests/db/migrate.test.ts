import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { businessClock, startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { beginRehearsal } from '../../scripts/platform/register.js';
import { migrate } from '../../db/migrate.js';
import { createProjector } from '../../db/projection/projector.js';
import { seed } from '../../db/seed.js';
import { catalogueData, people } from '../../seeds/index.js';
import { dropDatabase } from '../../scripts/platform/postgres.js';
import { query } from '../support/sql.js';
import { at, createTestRegister, received, refusedWith, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

/** Everything that the rooms of the schema export. */
async function tables(): Promise<Record<string, unknown>> {
  const folder = join(import.meta.dirname, '../../db/schema');
  const rooms = (await readdir(folder)).map((file) => import(join(folder, file)) as Promise<Record<string, unknown>>);
  return Object.assign({}, ...(await Promise.all(rooms))) as Record<string, unknown>;
}

const migrations = join(import.meta.dirname, '../../db/migrations');

describe('migrating', () => {
  it('makes exactly the tables and columns that the schema describes', async () => {
    const described = Object.values(await tables())
      .filter((table) => is(table, PgTable))
      .flatMap((table) =>
        Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name}`),
      );
    const { rows } = await register.owner.query<{ name: string }>(
      // Views repeat what tables have.
      `select table_name || '.' || column_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(described.sort());
  });

  it('does nothing when there is nothing to do', async () => {
    const before = await register.owner.query('select hash from drizzle.__drizzle_migrations order by id');
    await migrate({ url: register.database.migratorUrl });
    const after = await register.owner.query('select hash from drizzle.__drizzle_migrations order by id');
    expect(after.rows).toEqual(before.rows);
  });

  it('is done once when two begin at the same moment, also by a superuser who still has to make the way free', async () => {
    const { postgres } = inject('services');
    const name = `migrate_${process.pid}`;
    const admin = new URL(postgres.adminUrl);
    admin.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: postgres.adminUrl });
    await client.connect();
    await client.query(`create database ${name}`); // of the superuser, as in a container
    await client.end();
    try {
      await Promise.all([migrate({ url: admin.href }), migrate({ url: admin.href })]);
      const owners = await query(admin.href, `select tableowner from pg_tables where tablename = 'case_event'`);
      expect(owners).toEqual([{ tableowner: 'migrator' }]);
    } finally {
      await dropDatabase(postgres.adminUrl, name);
    }
  });

  it('refuses a file that was changed after it had been applied, and a journal whose times don’t rise', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    try {
      await cp(migrations, folder, { recursive: true });
      const file = join(folder, '0000_register.sql');
      await writeFile(file, `${await readFile(file, 'utf8')}\n-- a late thought`);
      const changed = migrate({ url: register.database.migratorUrl, folder });
      await expect(changed).rejects.toThrow(/0000_register was changed/);
      const journal = join(folder, 'meta/_journal.json');
      const content = JSON.parse(await readFile(journal, 'utf8')) as { entries: { when: number }[] };
      content.entries.reverse();
      await writeFile(journal, JSON.stringify(content));
      await expect(migrate({ url: register.database.migratorUrl, folder })).rejects.toThrow(/not younger/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('seeding', () => {
  it('changes nothing the second time', async () => {
    const dump = async () => {
      const { rows } = await register.owner.query(
        `select (select count(*) from procedure_definition) as procedures, (select count(*) from person) as people,
           (select count(*) from power_of_attorney) as powers, (select sum(xmin::text::bigint) from procedure_definition) as versions`,
      );
      return rows[0] as unknown;
    };
    const before = await dump();
    expect(await seed(register.database.migratorUrl, { catalogue: catalogueData(), people })).toEqual({ kept: [] });
    expect(await dump()).toEqual(before);
  });

  it('never changes a version that a case rests on', async () => {
    const { file } = await received(register);
    await createProjector(register).rebuild();
    const version = Object.values((await file.state()).procedures)[0]?.version;
    const catalogue = catalogueData();
    const procedures = catalogue.procedures.map((one) => ({ ...one, notes: 'a second thought' }));
    const { kept } = await seed(register.database.migratorUrl, { catalogue: { ...catalogue, procedures }, people });
    expect(kept).toEqual([version]);
    const { rows } = await register.owner.query<{ version: string }>(
      `select version from procedure_definition where data ->> 'notes' = 'a second thought'`,
    );
    expect(rows).toHaveLength(procedures.length - 1);
    await seed(register.database.migratorUrl, { catalogue, people });
  });
});

describe('the business clock', () => {
  it('is real time until a rehearsal begins, and refuses to begin over real cases', async () => {
    const clock = await businessClock(register.pool);
    expect(clock.mode).toBe('real');
    expect(Math.abs(Date.parse(clock.now) - Date.now())).toBeLessThan(5000);
    expect(await refusedWith(stepClock(register.pool, at('2026-07-06 09:00')))).toBe('REHEARSAL_REFUSED');
    await received(register);
    expect(await refusedWith(startRehearsal(register.pool, 'stepped', at('2026-07-06 09:00')))).toBe(
      'REHEARSAL_REFUSED',
    );
  });

  it('goes forward only', async () => {
    const rehearsal = await createTestRegister();
    try {
      await startRehearsal(rehearsal.pool, 'stepped', at('2026-07-06 09:00'));
      expect(await stepClock(rehearsal.pool, at('2026-07-07 09:00'))).toBe(at('2026-07-07 09:00'));
      expect(await stepClock(rehearsal.pool, at('2026-07-06 10:00'))).toBe(at('2026-07-07 09:00'));
      expect(await businessClock(rehearsal.pool)).toEqual({ mode: 'stepped', now: at('2026-07-07 09:00') });
      await received(rehearsal);
      for (const now of [at('2026-07-06 09:00'), at('2026-07-20 09:00')])
        expect(await refusedWith(startRehearsal(rehearsal.pool, 'stepped', now))).toBe('CLOCK_KEPT');
      const kept = { mode: 'ticking', now: at('2026-07-07 09:00') };
      expect(await startRehearsal(rehearsal.pool, 'ticking', null)).toEqual(kept);
      // A second start of the installation, with another first day or with none.
      for (const start of [at('2026-09-01 09:00'), null]) {
        await beginRehearsal(rehearsal.database.migratorUrl, { mode: 'stepped', start });
        expect(await businessClock(rehearsal.pool)).toEqual({ ...kept, mode: 'stepped' });
      }
    } finally {
      await rehearsal.close();
    }
  });
});
