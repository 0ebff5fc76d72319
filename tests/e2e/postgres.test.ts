import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createDatabase,
  createRoles,
  type PostgresServer,
  removeDataDir,
  startPostgres,
} from '../../scripts/platform/postgres.js';
import { isRunning, waitUntil } from '../../scripts/platform/processes.js';
import { query } from '../support/sql.js';

let folder = '';
const servers: PostgresServer[] = [];
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-postgres-'));
  await chmod(folder, 0o711);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

const start = async () => {
  const server = await startPostgres({ dataDir: folder, fsync: false, say: (line) => said.push(line) });
  servers.push(server);
  return server;
};

test('data, roles and passwords outlive a stop, and the password file is private', async () => {
  const first = await start();
  const roles = { migratorPassword: `it's "quoted" / and % ü`, appPassword: 'b' };
  await createRoles(first.adminUrl, roles);
  await createRoles(first.adminUrl, roles);
  await createDatabase(first.adminUrl, 'register');
  const asMigrator = (server: PostgresServer) => server.url('migrator', roles.migratorPassword, 'register');
  await query(asMigrator(first), `create table note as select 'Luồng Xanh' as text`);
  await first.stop();
  const second = await start();
  expect(await query(asMigrator(second), 'select text from note')).toEqual([{ text: 'Luồng Xanh' }]);
  await expect(query(second.url('app', 'wrong', 'register'), 'select 1')).rejects.toThrow(/password/);
  await expect(query(second.url('app', 'b', 'register'), 'create table mine (id int)')).rejects.toThrow(
    /permission denied/,
  );
  expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
});

test('a server that an earlier run left alive is asked to end, and what it committed is there', async () => {
  const left = await start();
  await query(left.adminUrl, 'create table note as select 1 as id');
  const next = await start();
  expect(isRunning(left.process.identity)).toBe(false);
  expect(said.join('\n')).toContain('a server of an earlier run still works here; asking it to end');
  expect(await query(next.adminUrl, 'select id from note')).toEqual([{ id: 1 }]);
});

test('a killed server whose number a stranger has now does not hold up the next start', async () => {
  const killed = await start();
  await query(killed.adminUrl, 'create table note as select 1 as id');
  killed.process.kill('SIGKILL');
  await killed.process.exited;
  // PostgreSQL itself takes any living process of its account for the owner of the lock.
  const { uid, gid } = statSync(join(folder, 'postgres'));
  const stranger = spawn('sleep', ['1000'], { uid, gid, cwd: '/' });
  const lock = join(folder, 'postgres', 'postmaster.pid');
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(stranger.pid)));

  const next = await start();
  expect(await query(next.adminUrl, 'select id from note')).toEqual([{ id: 1 }]);
  expect(stranger.exitCode).toBeNull();
  stranger.kill('SIGKILL');
});

test('a start that was cut off while it made the cluster is made anew', async () => {
  const first = await start();
  await first.stop();
  servers.length = 0;
  // What a kill during initdb leaves: an unfinished folder and a password.
  spawnSync('mv', [join(folder, 'postgres'), join(folder, 'postgres.new-1')]);
  const second = await start();
  expect(await query(second.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(existsSync(join(folder, 'postgres.new-1'))).toBe(false);
});

test('data without its password is refused, not replaced', async () => {
  const first = await start();
  await first.stop();
  await rm(join(folder, 'postgres.password'));
  await expect(start()).rejects.toThrow(/postgres\.password is missing/);
  expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true);
});

test('a folder that is closed to the account of the server works as well', async () => {
  await chmod(folder, 0o700);
  const server = await start();
  expect(await query(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  const again = await start();
  expect(await waitUntil(async () => (await query(again.adminUrl, 'select 1')).length === 1, 1_000)).toBe(true);
  await again.stop();
  const place = join(folder, 'postgres');
  // Only where we are root is the server somebody else, and its data elsewhere.
  expect(lstatSync(place).isSymbolicLink()).toBe(process.getuid?.() === 0);
  const data = realpathSync(place);
  removeDataDir(folder);
  expect([existsSync(folder), existsSync(data)]).toEqual([false, false]);
});
