import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { createPool, rows } from '../../db/pool.js';
import { startEpoch } from '../../db/register/feed.js';
import { type Instant } from '../../domain/time/instants.js';
import { findRunning, takeInstance } from './instance.js';
import { clusterAccount, type PostgresServer, restoring, startPostgres } from './postgres.js';
import { waitUntil } from './processes.js';
import { StartRefused } from './refused.js';
import { writePrivate } from './secrets.js';

const Manifest = z.object({
  /** Real time: what `after-restore --since` is given. */
  takenAt: z.string(),
  /** Where the write-ahead log goes that leads from here to any later moment; null: this backup alone. */
  archive: z.string().nullable(),
});
export type BackupManifest = z.infer<typeof Manifest>;

const manifestFile = 'backup.json';
/** Of the folder of data, beside the register: the roots and keys of the evidence are copied apart (docs/operations.md). */
const besides = ['documents', 'chain-roots', 'last-root.json'];
const passwordFile = 'postgres.password';
/** What a copy of a running cluster must not hold, or need not (PostgreSQL's own list). */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const left = /^(postmaster\.(pid|opts)|pg_internal\.init|pgsql_tmp.*)$/;
/** Of the documents: uploads that are still coming in. */
const incoming = /^incoming$/;

/** Settings of the embedded server that keep its write-ahead log in a folder, which is made its account's. Switched every minute where something was written. */
export function archiveSettings(folder: string): Readonly<Record<string, string>> {
  const place = resolve(folder);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const account = clusterAccount();
  if (account) chownSync(place, account.uid, account.gid);
  // Never over a file that is there: two servers must not share an archive.
  const command = `test ! -f '${place}/%f' && cp '%p' '${place}/%f.new' && mv '${place}/%f.new' '${place}/%f'`;
  return { archive_mode: 'on', archive_command: command, archive_timeout: '60' };
}

/** Every file as it is at some moment of the copy; what vanishes meanwhile was not needed. Of the folders `empty` at its top only the names. */
function copyRunning(from: string, to: string, leave: RegExp, empty: ReadonlySet<string> = new Set()): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leave.test(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (entry.isDirectory() && empty.has(entry.name)) mkdirSync(target, { mode: 0o700 });
      else if (entry.isDirectory()) copyRunning(source, target, leave);
      else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
      else copyFileSync(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/**
 * Copies the register of a running installation on `dataDir` as PostgreSQL wants it (pg_backup_start, the files, pg_backup_stop), then the documents, roots and the
 * password of its superuser, into `folder`, which must not be there. `archive`: where its WAL_ARCHIVE_DIR is.
 */
export async function backUp(dataDir: string, folder: string, archive: string | null): Promise<BackupManifest> {
  if (existsSync(folder))
    throw new StartRefused(`${folder}: đã có, hãy chọn nơi khác · is there already, choose another`);
  if (!findRunning(dataDir)) throw new StartRefused(`${dataDir}: không có hệ thống nào đang chạy · nothing runs there`);
  const cluster = realpathSync(join(dataDir, 'postgres'));
  const password = readFileSync(join(dataDir, passwordFile), 'utf8').trim();
  // The fourth line of PostgreSQL's lock file is its port.
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined); // the statement under way, or the next, says so
  await client.connect();
  const unfinished = `${folder}.unfinished`;
  try {
    rmSync(unfinished, { recursive: true, force: true }); // of a backup that was interrupted
    const { rows: settings } = await client.query<{ mode: string }>(`select current_setting('archive_mode') as mode`);
    if (archive !== null && settings[0]?.mode !== 'on')
      throw new StartRefused('WAL_ARCHIVE_DIR: npm start chưa chạy với thiết lập này · npm start does not run with it');
    const { rows: begun } = await client.query<{ at: Date }>(
      `select clock_timestamp() as at, pg_backup_start('luong-xanh', true)`,
    );
    copyRunning(cluster, join(unfinished, 'postgres'), left, emptied);
    const { rows: ended } = await client.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(wait_for_archive => $1)',
      [archive !== null],
    );
    writeFileSync(join(unfinished, 'postgres', 'backup_label'), ended[0]?.labelfile ?? '', { mode: 0o600 });
    // Without an archive the copy needs the log that was written meanwhile.
    if (archive === null) copyRunning(join(cluster, 'pg_wal'), join(unfinished, 'postgres', 'pg_wal'), left);
    for (const name of [...besides, passwordFile]) {
      const [source, target] = [join(dataDir, name), join(unfinished, name)];
      if (!existsSync(source)) continue;
      if (statSync(source).isDirectory()) copyRunning(source, target, incoming);
      else copyFileSync(source, target);
    }
    const manifest = { takenAt: (begun[0]?.at ?? new Date(0)).toISOString(), archive: archive && resolve(archive) };
    writeFileSync(join(unfinished, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, folder);
    return manifest;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    await client.end();
  }
}

/** Gives a folder and all in it to the server's account. */
function giveToServer(folder: string): void {
  const account = clusterAccount();
  const give = (path: string): void => {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return;
    if (account) chownSync(path, account.uid, account.gid);
    chmodSync(path, stat.isDirectory() ? 0o700 : 0o600);
    if (stat.isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
  };
  give(folder);
}

/**
 * Puts the register of a backup on `dataDir` as it was at `at` (the end of the archive where left out), and the documents and roots of the backup beside what is there:
 * a file more does no harm. The register comes to its end in a folder of its own; only then what was there is moved aside, its superuser's password beside it, and its place
 * answered: whoever could not restore, or was interrupted, has what was there before. Refused while something runs there.
 */
export async function restore(
  dataDir: string,
  folder: string,
  { at, say }: { readonly at?: Instant | undefined; readonly say: (line: string) => void },
): Promise<{ readonly manifest: BackupManifest; readonly before: string }> {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, manifestFile), 'utf8')));
  const { archive } = manifest;
  if (at !== undefined && archive === null)
    throw new StartRefused('--at: bản sao này không có kho WAL · this backup has no archive of the write-ahead log');
  if (at !== undefined && Date.parse(at) < Date.parse(manifest.takenAt))
    throw new StartRefused(`--at: trước lúc sao lưu · before the backup was taken (${manifest.takenAt})`);
  if (archive !== null && !existsSync(archive))
    throw new StartRefused(`${archive}: không có kho WAL ở đó · the archive of the write-ahead log is not there`);
  const instance = await takeInstance(dataDir, '', say);
  try {
    // A place for the cluster that its account can reach, as the first start makes it.
    if (!existsSync(join(dataDir, 'postgres'))) await (await startPostgres({ dataDir, say })).stop();
    const cluster = realpathSync(join(dataDir, 'postgres'));
    const staging = join(dirname(cluster), restoring);
    const restored = join(staging, 'postgres');
    const before = `${cluster}.before-${new Date().toISOString().replace(/[:.]/g, '')}`;
    rmSync(staging, { recursive: true, force: true }); // of a restore that was interrupted
    try {
      mkdirSync(staging);
      chmodSync(staging, clusterAccount() ? 0o711 : 0o700);
      cpSync(join(folder, 'postgres'), restored, { recursive: true, verbatimSymlinks: true });
      if (archive !== null) writeFileSync(join(restored, 'recovery.signal'), '');
      giveToServer(restored);
      copyFileSync(join(folder, passwordFile), join(staging, passwordFile));
      for (const name of besides.filter((one) => existsSync(join(folder, one))))
        cpSync(join(folder, name), join(dataDir, name), { recursive: true, force: false });
      const settings = archive === null ? {} : recoverySettings(archive, at);
      const server = await startPostgres({ dataDir: staging, say, settings });
      try {
        await recover(server);
      } finally {
        await server.stop();
      }
      takePlace(dataDir, staging, { cluster, before });
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
    return { manifest, before };
  } finally {
    instance.release();
  }
}

/** Moves the cluster that is there aside and the restored one into its place, each with its password; while there is none every start is refused (`refuseBetweenClusters`). */
function takePlace(dataDir: string, staging: string, { cluster, before }: { cluster: string; before: string }): void {
  const file = join(dataDir, passwordFile);
  const password = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (password !== undefined) writePrivate(`${before}.password`, password);
  renameSync(cluster, before);
  try {
    writePrivate(file, readFileSync(join(staging, passwordFile), 'utf8'));
    renameSync(join(staging, 'postgres'), cluster);
  } catch (error) {
    renameSync(before, cluster);
    if (password !== undefined) writePrivate(file, password);
    throw error;
  }
}

/**
 * Along the archive to `at`, or to its end. It goes on being archived: the history of the timeline that begins here must be there before the next restore looks for a number
 * for its own, or two would write segments of one name.
 */
function recoverySettings(archive: string, at: Instant | undefined): Readonly<Record<string, string>> {
  return {
    ...archiveSettings(archive),
    restore_command: `cp '${archive}/%f' '%p'`,
    ...(at !== undefined && {
      recovery_target_time: at.replace('T', ' ').replace('Z', '+00'),
      recovery_target_timeline: timelineAt(archive, at),
      recovery_target_action: 'promote',
    }),
  };
}

/** The timeline on which the register was at a moment: the last that a restore had begun by then, as the archive dates its history. */
function timelineAt(archive: string, at: Instant): string {
  const begun = readdirSync(archive)
    .filter((name) => /^[0-9A-F]{8}\.history$/.test(name))
    .filter((name) => statSync(join(archive, name)).mtimeMs <= Date.parse(at))
    .map((name) => Number.parseInt(name, 16));
  return begun.length === 0 ? 'current' : String(Math.max(...begun));
}

/** Waits for the end of the recovery and begins a new epoch: what is asked and written from now on is told from what was lost. */
async function recover(server: PostgresServer): Promise<void> {
  const address = new URL(server.adminUrl);
  address.pathname = '/register';
  const pool = createPool(address.href, { max: 1, applicationName: 'restore' });
  try {
    const recovered = async () =>
      (await rows<{ recovering: boolean }>(pool, 'select pg_is_in_recovery() as recovering'))[0]?.recovering === false;
    if (!(await waitUntil(recovered, 600_000, 200)))
      throw new Error('The register did not come to the end of its recovery in ten minutes');
    await startEpoch(pool);
  } finally {
    await pool.end();
  }
}

/** Size of a folder's files, in bytes. */
export const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
