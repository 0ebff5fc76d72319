import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant } from '../../domain/time/instants.js';
import { archiveSettings, backUp, restore } from '../../scripts/platform/backup.js';
import { takeInstance } from '../../scripts/platform/instance.js';
import { createDatabase, type PostgresServer, removeDataDir, startPostgres } from '../../scripts/platform/postgres.js';
import { query } from '../support/sql.js';

let folder: string;
let dataDir: string;
const say = () => undefined;
const at = (...names: string[]) => join(folder, ...names);
const write = (text: string, ...names: string[]) => {
  mkdirSync(at(...names.slice(0, -1)), { recursive: true });
  writeFileSync(at(...names), text);
};
const read = (...names: string[]) => readFileSync(at(...names), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-backup-of-'));
  chmodSync(folder, 0o711);
  dataDir = at('data');
});
afterEach(() => {
  removeDataDir(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

/** Does something with a register that is archived. */
async function running<T>(act: (url: string, server: PostgresServer) => Promise<T>): Promise<T> {
  const server = await startPostgres({ dataDir, settings: archiveSettings(at('wal')) });
  try {
    if (!existsSync(at('backup'))) await createDatabaseOnce(server);
    return await act(server.adminUrl.replace(/\/postgres$/, '/register'), server);
  } finally {
    await server.stop();
  }
}
async function createDatabaseOnce(server: PostgresServer): Promise<void> {
  await query(server.adminUrl, 'create role migrator');
  await createDatabase(server.adminUrl, 'register');
}
const note = (url: string, text: string) => query(url, 'insert into note (text) values ($1)', [text]);
const notes = async (url: string) =>
  (await query<{ text: string }>(url, 'select text from note order by text')).map(({ text }) => text);
const momentOf = async (url: string) => {
  const [row] = await query<{ at: Date }>(url, 'select clock_timestamp() as at from pg_sleep(0.01)');
  return instant(row?.at.toISOString() ?? '');
};

test('a register is restored again and again from one backup, whatever life it had in between', async () => {
  const moments = await running(async (url) => {
    await query(url, 'create table installation as select 1 as epoch');
    await query(url, 'create table note (text text)');
    write('kept', 'data', 'documents', 'ab', 'cd');
    write('half', 'data', 'documents', 'incoming', 'upload');
    write('stray', 'backup.unfinished', 'documents', 'stray');
    const instance = await takeInstance(dataDir, '', say);
    try {
      await backUp(dataDir, at('backup'), at('wal'));
      expect(readdirSync(at('backup', 'documents'))).toEqual(['ab']);
      expect(read('backup', 'documents', 'ab', 'cd')).toBe('kept');
      // What cannot be copied ends a backup, and nothing of it stays.
      const socket = createServer().listen(at('data', 'documents', 'socket'));
      await expect(backUp(dataDir, at('second'), null)).rejects.toThrow(/ENXIO/);
      await new Promise((done) => socket.close(done));
      expect(readdirSync(folder).sort()).toEqual(['backup', 'data', 'wal']);
    } finally {
      instance.release();
    }
    await note(url, '1');
    const first = await momentOf(url);
    await note(url, '2');
    const second = await momentOf(url);
    await note(url, '3');
    return { first, second };
  });

  // Lost with its password: the cluster that is made for the place has another one.
  removeDataDir(dataDir, ['postgres', 'postgres.password']);
  await (await startPostgres({ dataDir })).stop();
  const password = read('data', 'postgres.password');
  const { before } = await restore(dataDir, at('backup'), { at: moments.first, say });
  expect(readFileSync(`${before}.password`, 'utf8')).toBe(password);
  const life = await running(async (url) => {
    expect(await notes(url)).toEqual(['1']);
    expect(await query(url, 'select epoch from installation')).toEqual([{ epoch: 2 }]);
    await note(url, '1, second life');
    const moment = await momentOf(url);
    await note(url, 'and more');
    return moment;
  });
  expect(readdirSync(at('wal'))).toContain('00000002.history');

  // That was too early: a later moment of the register that was lost.
  await restore(dataDir, at('backup'), { at: moments.second, say });
  await running(async (url) => expect(await notes(url)).toEqual(['1', '2']));
  await restore(dataDir, at('backup'), { at: life, say });
  await running(async (url) => {
    expect(await notes(url)).toEqual(['1', '1, second life']);
    // No segment of one life stands in the way of another one's.
    await query(url, 'select pg_switch_wal()');
    const archived = () =>
      query(url, 'select archived_count > 0 as some, failed_count::int as failed from pg_stat_archiver');
    await expect.poll(archived).toEqual([{ some: true, failed: 0 }]);
  });
}, 120_000);

const manifest = (archive: string | null) => JSON.stringify({ takenAt: '2026-11-28T02:00:00.000Z', archive });

test('whoever cannot restore has the register of before, and the password it answers to', async () => {
  write('old', 'data', 'postgres', 'PG_VERSION');
  write('old password\n', 'data', 'postgres.password');
  write(manifest(null), 'backup', 'backup.json');
  write('no cluster', 'backup', 'postgres', 'PG_VERSION');
  write('other password\n', 'backup', 'postgres.password');
  await expect(restore(dataDir, at('backup'), { say })).rejects.toThrow();
  expect(read('data', 'postgres', 'PG_VERSION')).toBe('old');
  expect(read('data', 'postgres.password')).toBe('old password\n');
  expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres'))).toEqual(['postgres', 'postgres.password']);
  write(manifest(at('wal')), 'backup', 'backup.json');
  await expect(restore(dataDir, at('backup'), { say })).rejects.toThrow(
    'the archive of the write-ahead log is not there',
  );
});

test('a start does not make an empty register where a restore was cut off between the old one and the new one', async () => {
  write('new', 'data', 'postgres.restoring', 'postgres', 'PG_VERSION');
  await expect(startPostgres({ dataDir })).rejects.toThrow(
    `To take the restored one: mv ${at('data', 'postgres.restoring', 'postgres')} `,
  );
  expect(readdirSync(dataDir)).toEqual(['postgres.restoring']);
});
