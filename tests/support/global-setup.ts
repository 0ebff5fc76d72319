import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestProject } from 'vitest/node';
import { migrate } from '../../db/migrate.js';
import { openLog } from '../../scripts/platform/logs.js';
import { createDatabase, createRoles, startPostgres } from '../../scripts/platform/postgres.js';
import { prepareRegister } from '../../scripts/platform/register.js';
import { startTemporal } from '../../scripts/platform/temporal.js';

/** What every test file of a run shares; read it through `environment.ts`. */
export interface SharedServices {
  readonly postgres: {
    readonly port: number;
    readonly adminUrl: string;
    readonly migratorPassword: string;
    readonly appPassword: string;
  };
  /** Migrated registers that `createTestDatabase` copies: one empty, one with the catalogue and the demonstration people. */
  readonly templates: { readonly empty: string; readonly seeded: string };
  readonly temporal: { readonly address: string; readonly namespace: string };
}

declare module 'vitest' {
  export interface ProvidedContext {
    services: SharedServices;
  }
}

const namespace = 'luong-xanh';
const templates = { empty: 'register_empty', seeded: 'register_seeded' };

/** One PostgreSQL (without fsync) and one Temporal server (in memory, quick timers) for the whole run, in a folder that goes with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-test-'));
  await chmod(folder, 0o711); // PostgreSQL's own account walks through it
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const started = await Promise.allSettled([
    startPostgres({ dataDir: folder, fsync: false, log: openLog(join(folder, 'postgres.log')) }),
    startTemporal({ env: process.env, say, namespace, fastTimers: true, log: openLog(join(folder, 'temporal.log')) }),
  ]);
  const stop = async () => {
    await Promise.all(started.map(async (each) => (each.status === 'fulfilled' ? await each.value.stop() : undefined)));
    await rm(folder, { recursive: true, force: true });
  };
  const [postgres, temporal] = started;
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (temporal as PromiseRejectedResult).reason;
  }
  const passwords = { migratorPassword: 'migrator-in-tests', appPassword: 'app-in-tests' };
  const { adminUrl, port, url } = postgres.value;
  try {
    await createRoles(adminUrl, passwords);
    await createDatabase(adminUrl, templates.empty);
    await migrate({ url: url('migrator', passwords.migratorPassword, templates.empty) });
    await createDatabase(adminUrl, templates.seeded, templates.empty);
    await prepareRegister(url('migrator', passwords.migratorPassword, templates.seeded));
  } catch (error) {
    await stop();
    throw error;
  }
  const { address } = temporal.value;
  project.provide('services', {
    postgres: { port, adminUrl, ...passwords },
    templates,
    temporal: { address, namespace },
  });
  return stop;
}
