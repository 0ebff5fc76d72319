import { createPrivateKey } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type Server } from 'node:https';
import { join, resolve } from 'node:path';
import { ensurePages } from '../pages/build.js';
import { ensurePrograms } from '../programs/build.js';
import { takeInstance } from '../platform/instance.js';
import { openLog } from '../platform/logs.js';
import { freePorts } from '../platform/ports.js';
import {
  createDatabase,
  createRoles,
  postgresLives,
  type PostgresServer,
  startPostgres,
} from '../platform/postgres.js';
import { launch, type Managed, responds, waitReady } from '../platform/processes.js';
import { StartRefused } from '../platform/refused.js';
import { beginRehearsal, rehearsalOf } from '../platform/register.js';
import { writePrivate } from '../platform/secrets.js';
import { Supervisor } from '../platform/supervisor.js';
import { startTemporal, temporalLives } from '../platform/temporal.js';
import { type Compose, readCompose } from './compose.js';
import { makeSecrets } from './make-secrets.js';
import { environmentOf, type PlaceOf } from './place.js';
import { startProxy, startTlsBefore } from './proxy.js';
import { findTemporalServer, startTemporalCluster } from './temporal-cluster.js';

const root = resolve(import.meta.dirname, '../..');

/** What runs in place of the containers. */
export interface ProductionLike {
  readonly apiUrl: string;
  /** The CA of its certificates: whoever speaks to `apiUrl` has to trust it (NODE_EXTRA_CA_CERTS). */
  readonly caFile: string;
  /** The private pages of each replica, by its name (`api-1`). */
  readonly operations: Readonly<Record<string, string>>;
  /** Sends a signal to one replica; what falls is brought back. */
  kill(name: string, signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  /** Port of the proxy; 0 takes a free one. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Gives up what the start downloads or builds, and with it the start. */
  readonly signal?: AbortSignal;
}

/** Services of other people's images that have nobody here, and why. */
const notRun: Readonly<Record<string, string>> = { 'temporal-ui': 'pages for people, which nothing here asks' };
const notRunWithDevServer: Readonly<Record<string, string>> = {
  'temporal-db': 'the Temporal dev server keeps its data in a file of its own',
  'temporal-schema': 'the Temporal dev server makes its own schema',
  'temporal-namespace': 'the namespace of the dev server is made at its start',
  'temporal-ui': 'the pages of the dev server show the same',
};

/**
 * Runs docker-compose.yml without containers: its own services by their own commands and environment, as many of each as it says; of the others the embedded PostgreSQL
 * with TLS, Temporal's own server of the same release (the dev server behind TLS where it is not to be had), and a small proxy of ours. What is not run is said.
 */
export async function startProductionLike({ dataDir, port, env, say, signal }: Options): Promise<ProductionLike> {
  const secretsFolder = join(dataDir, 'secrets');
  const volumesFolder = join(dataDir, 'volumes');
  const rehearsal = rehearsalOf({ ...env, NODE_ENV: 'production' });
  const compose = readCompose(join(root, 'docker-compose.yml'), env);
  const ports = await choosePorts(compose, port);
  const place: PlaceOf = { port: ports, secretsFolder, volumesFolder };
  const apiUrl = `https://localhost:${ports('proxy', 1, '8443')}`;
  const instance = await takeInstance(dataDir, apiUrl, say);
  /** What stands before the API, and before Temporal: the one ends first, the other last. */
  let front: (() => Promise<void>) | undefined;
  let wall: (() => Promise<void>) | undefined;
  const supervisor = new Supervisor({ say, onChange: (children) => instance.note({ children }) });
  const stop = async () => {
    await front?.();
    await supervisor.stop();
    await wall?.();
    instance.release();
  };
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
    mkdirSync(secretsFolder, { recursive: true, mode: 0o700 });
    // The embedded server has made its superuser's password itself.
    await (await startPostgres({ dataDir, say })).stop();
    writeFileSync(
      join(secretsFolder, 'register-password'),
      readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim(),
    );
    await makeSecrets(secretsFolder);
    for (const volume of Object.keys(compose.volumes))
      mkdirSync(join(volumesFolder, volume), { recursive: true, mode: 0o700 });
    const secret = (name: string) => readFileSync(join(secretsFolder, name), 'utf8').trim();
    keepForCommands(dataDir, secret);
    await Promise.all([ensurePages(say), ensurePrograms(say)]);
    const log = (name: string) => openLog(join(dataDir, 'logs', `${name}.log`), { say });

    const register = await startRegister({ dataDir, port: ports('register', 1, '5432'), secret, supervisor, log });
    const environment = (service: string, number: number): NodeJS.ProcessEnv => ({
      PATH: env['PATH'],
      ...environmentOf(compose, { service, number }, place),
    });
    const release = /:(\S+)$/.exec(compose.services['temporal']?.image ?? '')?.[1] ?? '';
    const files = await findTemporalServer(release, { env, say, signal });
    const namespace = environment('temporal-namespace', 1)['TEMPORAL_NAMESPACE'] ?? 'luong-xanh';
    let temporalAddress = `localhost:${ports('temporal', 1, '7233')}`;
    if (files === undefined) {
      wall = await startDevServer({ dataDir, ports, secret, supervisor, log, namespace, env, say, signal });
      temporalAddress = `127.0.0.1:${ports('temporal', 1, 'plain')}`;
    } else {
      // Beside the register's: a folder of this name is left to PostgreSQL's account.
      const folder = join(dataDir, 'postgres-temporal');
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      await startTemporalCluster({
        files,
        ports,
        environment: (service) => environment(service, 1),
        secret,
        secretFile: (name) => join(secretsFolder, name),
        startDatabase: () =>
          startCluster({ folder, name: 'temporal-db', port: ports('temporal-db', 1, '5432'), secret, supervisor, log }),
        supervisor,
        log,
        env,
        say,
        signal,
      });
      say(
        `Temporal: máy chủ ${release} trên PostgreSQL riêng, TLS hai chiều · server ${release} on a PostgreSQL of its own, TLS with certificates of both sides`,
      );
    }
    const start = (service: string, number: number): Managed => {
      const name = `${service}-${number}`;
      const [command, ...args] = compose.services[service]?.command ?? [];
      mkdirSync(join(volumesFolder, `tmp-${name}`), { recursive: true, mode: 0o700 });
      return launch({
        name,
        command: command === 'node' ? process.execPath : (command ?? ''),
        args,
        env: environment(service, number),
        cwd: root,
        graceMs: 15_000,
        log: log(name),
      });
    };
    await toItsEnd(start('migrate', 1));
    if (rehearsal) await beginRehearsal(register.migratorUrl, rehearsal);
    const operations: Record<string, string> = {};
    const run = (service: string, healthAt: (number: number) => string) =>
      Promise.all(
        Array.from({ length: compose.services[service]?.deploy.replicas ?? 0 }, (_, index) => {
          const [number, name] = [index + 1, `${service}-${index + 1}`];
          const page = healthAt(number);
          return supervisor.add({
            name,
            alive: () => responds(page),
            start: async (onLaunch) => {
              const child = start(service, number);
              onLaunch(child);
              try {
                await waitReady(child, () => responds(page), 90_000);
              } catch (error) {
                await child.stop();
                throw error;
              }
            },
          });
        }),
      );
    const pageOf = (service: string, inside: string) => (number: number) =>
      `http://127.0.0.1:${ports(service, number, inside)}/healthz`;
    await Promise.all([
      run('identity', () => `http://localhost:${ports('identity', 1, '3200')}/healthz`),
      run('agencies', pageOf('agencies', '3100')),
      run('mail', pageOf('mail', '3300')),
    ]);
    for (const service of ['worker', 'api'] as const) {
      await run(service, pageOf(service, '9464'));
      for (let number = 1; number <= (compose.services[service]?.deploy.replicas ?? 0); number++)
        operations[`${service}-${number}`] = `http://127.0.0.1:${ports(service, number, '9464')}`;
    }
    const proxy = await startProxy({
      cert: secret('proxy.crt'),
      key: secret('proxy.key'),
      port: ports('proxy', 1, '8443'),
      upstreams: Array.from({ length: compose.services['api']?.deploy.replicas ?? 0 }, (_, index) =>
        ports('api', index + 1, '3000'),
      ),
    });
    front = () => closed(proxy);
    for (const [service, why] of Object.entries(files === undefined ? notRunWithDevServer : notRun))
      if (compose.services[service]) say(`${service}: không chạy · not run: ${why}`);
    instance.note({
      ready: {
        issuer: environment('api', 1)['OIDC_ISSUER'] ?? '',
        audience: environment('api', 1)['OIDC_AUDIENCE'] ?? '',
        agenciesUrl: `http://127.0.0.1:${ports('agencies', 1, '3100')}`,
        temporalAddress,
        temporalUiUrl: files === undefined ? `http://127.0.0.1:${ports('temporal-ui', 1, '8080')}` : null,
        namespace,
        taskQueue: environment('api', 1)['TEMPORAL_TASK_QUEUE'] ?? '',
        operations,
      },
    });
    return {
      apiUrl,
      caFile: join(secretsFolder, 'ca.pem'),
      operations,
      kill: (name, signal) => void supervisor.kill(name, signal),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs to its end; throws where that is not well. */
async function toItsEnd(child: Managed): Promise<void> {
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`${child.name} ended with ${code}\n${child.tail().join('\n')}`);
}

/** A port on this machine for each port in a container; the proxy's is given. */
async function choosePorts(compose: Compose, proxyPort: number): Promise<PlaceOf['port']> {
  const chosen = new Map<string, number>();
  const free = await freePorts(60);
  if (proxyPort !== 0) chosen.set('proxy-1 8443', proxyPort);
  return (service, number, inside) => {
    if (!compose.services[service]) throw new Error(`There is no service ${service}`);
    const key = `${service}-${number} ${inside}`;
    const port = chosen.get(key) ?? free.pop();
    if (port === undefined) throw new StartRefused('Không đủ cổng trống · there are too few free ports');
    chosen.set(key, port);
    return port;
  };
}

/** What our commands look for beside an installation: the same secrets under the names that `npm start` uses. */
function keepForCommands(dataDir: string, secret: (name: string) => string): void {
  const kept = {
    migratorPassword: secret('register-password'),
    appPassword: secret('app-password'),
    agencyToken: secret('agency-token'),
    agencyHmacSecret: secret('agency-hmac-secret'),
    demonstrationPassword: secret('demonstration-password'),
    cookieKey: secret('oidc-cookie-key'),
    oidcKeys: (JSON.parse(secret('oidc-keys')) as { keys: unknown[] }).keys,
  };
  createPrivateKey(secret('signer.pem'));
  writePrivate(join(dataDir, 'secrets.json'), `${JSON.stringify(kept, null, 2)}\n`);
}

/** The embedded PostgreSQL as `postgres:18` runs it here: its own account, TLS, and nobody without it but this program. */
async function startRegister(options: {
  readonly dataDir: string;
  readonly port: number;
  readonly secret: (name: string) => string;
  readonly supervisor: Supervisor;
  readonly log: (name: string) => ReturnType<typeof openLog>;
}): Promise<{ migratorUrl: string }> {
  const { dataDir, port, secret, supervisor, log } = options;
  const server = await startCluster({ folder: dataDir, name: 'register', port, secret, supervisor, log });
  await createRoles(server.adminUrl, {
    migratorPassword: secret('register-password'),
    appPassword: secret('app-password'),
  });
  await createDatabase(server.adminUrl, 'register');
  const admin = new URL(server.adminUrl);
  return { migratorUrl: server.url('postgres', decodeURIComponent(admin.password), 'register') };
}

/** A cluster of the embedded PostgreSQL in a folder, with TLS by the certificate of this name. */
async function startCluster(options: {
  readonly folder: string;
  readonly name: string;
  readonly port: number;
  readonly secret: (name: string) => string;
  readonly supervisor: Supervisor;
  readonly log: (name: string) => ReturnType<typeof openLog>;
}): Promise<PostgresServer> {
  const { folder, name, port, secret, supervisor, log } = options;
  const cluster = join(folder, 'postgres');
  if (!existsSync(cluster)) await (await startPostgres({ dataDir: folder })).stop();
  const { uid, gid } = statSync(join(cluster, 'PG_VERSION'));
  const files = { crt: `${name}.crt`, key: `${name}.key` };
  for (const file of Object.values(files)) {
    const path = join(cluster, file);
    writeFileSync(path, `${secret(file)}\n`);
    chownSync(path, uid, gid);
    chmodSync(path, 0o600);
  }
  let server: PostgresServer | undefined;
  const service = name === 'register' ? 'postgres' : name;
  await supervisor.add({
    name: service,
    alive: () => (server === undefined ? Promise.resolve(false) : postgresLives(server.adminUrl)),
    start: async (onLaunch) => {
      server = await startPostgres({
        dataDir: folder,
        port,
        settings: { ssl: 'on', ssl_cert_file: files.crt, ssl_key_file: files.key },
        log: log(service),
        onLaunch,
      });
    },
  });
  if (!server) throw new Error('PostgreSQL started without telling where');
  return server;
}

/** The Temporal dev server behind TLS that asks for a certificate; resolves to what takes the TLS away. */
async function startDevServer(options: {
  readonly dataDir: string;
  readonly ports: PlaceOf['port'];
  readonly secret: (name: string) => string;
  readonly supervisor: Supervisor;
  readonly log: (name: string) => ReturnType<typeof openLog>;
  readonly namespace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal | undefined;
}): Promise<() => Promise<void>> {
  const { dataDir, ports, secret, supervisor, log, namespace, env, say, signal } = options;
  let temporal: Awaited<ReturnType<typeof startTemporal>> | undefined;
  await supervisor.add({
    name: 'temporal',
    alive: () => (temporal ? temporalLives({ address: temporal.address }, namespace) : Promise.resolve(false)),
    start: async (onLaunch) => {
      mkdirSync(join(dataDir, 'temporal'), { recursive: true });
      temporal = await startTemporal({
        env: { ...env, TEMPORAL_ADDRESS: '' },
        say,
        ...(signal && { signal }),
        namespace,
        dbFile: join(dataDir, 'temporal', 'temporal.db'),
        port: ports('temporal', 1, 'plain'),
        uiPort: ports('temporal-ui', 1, '8080'),
        log: log('temporal'),
        onLaunch,
      });
    },
  });
  const before = await startTlsBefore({
    cert: secret('temporal.crt'),
    key: secret('temporal.key'),
    ca: secret('ca.pem'),
    port: ports('temporal', 1, '7233'),
    target: ports('temporal', 1, 'plain'),
  });
  say(
    'Temporal: máy chủ phát triển thay cho temporalio/server trên PostgreSQL, sau một lớp TLS có chứng chỉ hai chiều · the dev server stands in for temporalio/server on PostgreSQL, behind TLS with certificates of both sides',
  );
  return () => before.stop();
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
