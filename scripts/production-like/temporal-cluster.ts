import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { temporalTargetAt } from '../../ops/temporal-connection.js';
import { withLock } from '../platform/locks.js';
import { type openLog } from '../platform/logs.js';
import { createSuperuser, type PostgresServer } from '../platform/postgres.js';
import { launch, type Managed, waitReady } from '../platform/processes.js';
import { type Supervisor } from '../platform/supervisor.js';
import { findGo, findTemporalCli, goBuild, temporalAnswers, temporalLives } from '../platform/temporal.js';
import { type PlaceOf } from './place.js';

const root = resolve(import.meta.dirname, '../..');

interface FindOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Gives up a download or a build. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A folder with Temporal's own server of this release as its image has it: `temporal-server`, `temporal-sql-tool`, its configuration and its schema. Kept from before, else built
 * from its published source where Go is here; undefined where it is not to be had, or TEMPORAL_SERVER=dev wants the dev server.
 */
export async function findTemporalServer(
  release: string,
  { env, say, signal }: FindOptions,
): Promise<string | undefined> {
  if (env['TEMPORAL_SERVER'] === 'dev') return undefined;
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  const folder = join(cache, 'luong-xanh', 'temporal-server', `v${release}`);
  if (existsSync(folder)) return folder;
  const go = findGo(env);
  if (go === undefined) return undefined;
  mkdirSync(dirname(folder), { recursive: true });
  return await withLock(`${folder}.lock`, say, async () => {
    if (existsSync(folder)) return folder;
    const module = `go.temporal.io/server@v${release}`;
    for (const name of readdirSync(dirname(folder)))
      if (name.startsWith(`${basename(folder)}.new-`)) rmSync(join(dirname(folder), name), { recursive: true });
    const source = await sourceOf(go, module, env, signal);
    if (source === undefined) {
      say(`Temporal: không tải được ${module} · ${module} cannot be had`);
      return undefined;
    }
    const unfinished = mkdtempSync(`${folder}.new-`);
    const programs = ['server', 'tools/sql'].map((path) => `go.temporal.io/server/cmd/${path}@v${release}`);
    if (!(await goBuild(programs, unfinished, { env, say, signal }))) {
      rmSync(unfinished, { recursive: true, force: true });
      signal?.throwIfAborted();
      return undefined;
    }
    renameSync(join(unfinished, 'server'), join(unfinished, 'temporal-server'));
    renameSync(join(unfinished, 'sql'), join(unfinished, 'temporal-sql-tool'));
    mkdirSync(join(unfinished, 'config'));
    cpSync(join(source, 'config', 'docker.yaml'), join(unfinished, 'config', 'docker.yaml'));
    cpSync(join(source, 'schema', 'postgresql', 'v12'), join(unfinished, 'schema'), { recursive: true });
    renameSync(unfinished, folder);
    return folder;
  });
}

/** Where Go keeps the source of a module; fetched where it is not there. Undefined where it cannot be had. */
async function sourceOf(
  go: string,
  module: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const options = { env, ...(signal && { signal }) };
  const answer = await promisify(execFile)(go, ['mod', 'download', '-json', module], options).catch(() => undefined); // whoever asked says so
  signal?.throwIfAborted();
  return answer && (JSON.parse(answer.stdout) as { Dir?: string }).Dir;
}

interface Options {
  /** What `findTemporalServer` found. */
  readonly files: string;
  readonly ports: PlaceOf['port'];
  /** What compose gives a service, in the terms of this machine. */
  readonly environment: (service: string) => NodeJS.ProcessEnv;
  readonly secret: (name: string) => string;
  readonly secretFile: (name: string) => string;
  readonly startDatabase: () => Promise<PostgresServer>;
  readonly supervisor: Supervisor;
  readonly log: (name: string) => ReturnType<typeof openLog>;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Inside the containers of Temporal's services: each has its port here. */
const inside = {
  FRONTEND_GRPC_PORT: '7233',
  FRONTEND_HTTP_PORT: '7243',
  FRONTEND_MEMBERSHIP_PORT: '6933',
  HISTORY_GRPC_PORT: '7234',
  HISTORY_MEMBERSHIP_PORT: '6934',
  MATCHING_GRPC_PORT: '7235',
  MATCHING_MEMBERSHIP_PORT: '6935',
  WORKER_GRPC_PORT: '7239',
  WORKER_MEMBERSHIP_PORT: '6939',
};

/**
 * Temporal as compose runs it: its own PostgreSQL with TLS, its schema by compose's script, its server on compose's environment with TLS of both sides, its namespace by compose's
 * script.
 */
export async function startTemporalCluster(options: Options): Promise<void> {
  const { files, ports, environment, secret, secretFile, supervisor, log, env, say, signal } = options;
  const database = await options.startDatabase();
  await createSuperuser(database.adminUrl, 'temporal', secret('temporal-db-password'));
  const port = String(ports('temporal-db', 1, '5432'));
  const store = { DB_PORT: port, POSTGRES_PORT: port, POSTGRES_SEEDS: 'localhost' };
  const cli = await findTemporalCli({ env, say, ...(signal && { signal }) });
  const PATH = [files, dirname(cli), env['PATH']].join(':');
  const script = async (service: string, file: string, more: NodeJS.ProcessEnv): Promise<void> => {
    const child = launch({
      name: service,
      command: '/bin/sh',
      args: [join(root, 'scripts/compose', file)],
      env: { ...environment(service), ...more, PATH },
      log: log(service),
    });
    const { code } = await child.exited;
    if (code !== 0) throw new Error(`${service} ended with ${code}\n${child.tail().join('\n')}`);
  };
  await script('temporal-schema', 'temporal-schema.sh', {
    ...store,
    SQL_PASSWORD_FILE: secretFile('temporal-db-password'),
    TEMPORAL_SCHEMA_DIR: join(files, 'schema'),
  });

  const operator = environment('temporal-namespace');
  const namespace = operator['TEMPORAL_NAMESPACE'] ?? 'luong-xanh';
  const target = temporalTargetAt(operator['TEMPORAL_ADDRESS'] ?? '', operator);
  let ready = false;
  await supervisor.add({
    name: 'temporal',
    alive: () => (ready ? temporalLives(target, namespace) : temporalAnswers(target)),
    start: async (onLaunch) => {
      const child: Managed = launch({
        name: 'temporal',
        command: join(files, 'temporal-server'),
        args: ['--root', files, '--config', 'config', '--env', 'docker', '--allow-no-auth', 'start'],
        env: {
          ...environment('temporal'),
          ...store,
          ...Object.fromEntries(
            Object.entries(inside).map(([name, port]) => [name, String(ports('temporal', 1, port))]),
          ),
          POSTGRES_PWD: secret('temporal-db-password'),
          TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
          DYNAMIC_CONFIG_FILE_PATH: join(root, 'scripts/compose/temporal-dynamic-config.yaml'),
          LOG_LEVEL: 'warn',
          PATH,
        },
        graceMs: 15_000,
        log: log('temporal'),
      });
      onLaunch(child);
      try {
        await waitReady(child, () => temporalAnswers(target), 120_000);
      } catch (error) {
        await child.stop();
        throw error;
      }
    },
  });
  // No profile of this machine's user.
  await script('temporal-namespace', 'temporal-namespace.sh', { TEMPORAL_CONFIG_FILE: '/dev/null' });
  ready = true;
}
