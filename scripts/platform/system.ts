import { noteKeyOf, type Verifier, verifierText } from '../../domain/evidence/note.js';
import { freeBytes, isDiskFull } from '../../ops/disk.js';
import { ed25519Seed } from '../../ops/ed25519.js';
import { withSecretFiles } from '../../ops/environment.js';
import { ensurePages, pagesFolder } from '../pages/build.js';
import { ensurePrograms } from '../programs/build.js';
import { type Instance, takeInstance } from './instance.js';
import { freePort, isPortFree } from './ports.js';
import { makePrivate } from './private-files.js';
import { type Managed, type ProcessIdentity, responds, waitReady } from './processes.js';
import { inherited, launchProgram, named, polls, programs } from './programs.js';
import { diskFull, leastFreeBytes, StartRefused } from './refused.js';
import { nameOfLog, writeAccounts } from './register.js';
import {
  authorityFolderOf,
  ensureSeal,
  ensureSecrets,
  formerKeys,
  logFolderOf,
  logKeyFile,
  logVerifierOf,
  masterKeyFile,
  payloadKeyFile,
  sealFilesOf,
  type Secrets,
  signerKeyFile,
  witnessKeyFile,
  witnessStateFile,
} from './secrets.js';
import { startEngine, startRegister } from './servers.js';
import { chooseServicePorts } from './service-ports.js';
import { checkSettings } from './settings.js';
import { Supervisor } from './supervisor.js';
import type { ProcessName, Program, StartOptions, SystemOptions } from './system-options.js';
import { hkdfSync } from 'node:crypto';
import { join, resolve } from 'node:path';

/** A running installation. */
export interface RunningSystem {
  readonly apiUrl: string;
  /** As the role `app`. */
  readonly databaseUrl: string;
  readonly migratorDatabaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | undefined;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly issuer: string;
  readonly audience: string;
  readonly agenciesUrl: string;
  /** Private operations pages (`/healthz`, `/readyz`, `/metrics`) by process. */
  readonly operations: { readonly api: string; readonly worker: string };
  /** Where the mails that were sent can be seen. Undefined where SMTP_URL names a server of your own. */
  readonly mailsUrl: string | undefined;
  readonly secrets: Secrets;
  /** Temporal's whole memory: remove it between `halt` and `restart` of `temporal` to lose it. Undefined for somebody else's server. */
  readonly temporalFile: string | undefined;
  /** Stops one process and leaves it down. */
  halt(name: ProcessName): Promise<void>;
  /** Stops one process if it runs, starts it, waits until it is ready. */
  restart(name: ProcessName): Promise<void>;
  /** Sends a signal to one process; if it falls, it is brought back as always. */
  kill(name: ProcessName, signal: NodeJS.Signals): ProcessIdentity;
  /** Stops everything, in order; no process is left behind. */
  stop(): Promise<void>;
  /** Ends our own programs at once: for an impatient second Ctrl-C during `stop`. The servers that hold data keep their time. */
  hurry(): void;
}
/** Secrets of servers that are not ours: a file may hold them. */
const secretsGiven = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'LISTEN_DATABASE_URL',
  'MIGRATOR_DATABASE_URL',
  'MIGRATOR_DATABASE_PASSWORD',
  'TEMPORAL_API_KEY',
  'SMTP_URL',
  'SMTP_PASSWORD',
];
const audience = 'urn:luong-xanh:api';

/**
 * Starts a whole installation: PostgreSQL and Temporal, migration and seeds, identity provider and agencies, worker, API. Resolves when the
 * API is ready. Refuses (`StartRefused`) before anything is started when the port is taken or another start runs on the same folder.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const env = withSecretFiles(options.env ?? process.env, secretsGiven);
  const say = options.say ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  checkSettings(env);
  const port = options.port === 0 ? await freePort() : options.port;
  const apiUrl = `http://127.0.0.1:${port}`;
  const instance = await takeRoomyInstance(dataDir, apiUrl, say);
  const supervisor = new Supervisor({ say, onChange: (children) => instance.note({ children }) });
  const stop = async () => {
    await supervisor.stop();
    instance.release();
  };
  const ended = new AbortController();
  const interrupt = () => {
    ended.abort(new StartRefused('Đã dừng trước khi khởi động xong.\nStopped before it was ready.'));
    void supervisor.stop();
  };
  options.signal?.addEventListener('abort', interrupt);
  try {
    if (!(await isPortFree(port))) {
      throw new StartRefused(
        `Cổng ${port} đang được chương trình khác sử dụng. Hãy dừng chương trình đó hoặc chọn cổng khác: PORT=3001 npm start.\n` +
          `Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start.`,
      );
    }
    const parts = await startParts({ ...options, dataDir, env, say, signal: ended.signal }, port, apiUrl, supervisor);
    ended.signal.throwIfAborted();
    const { issuer, agenciesUrl, temporalAddress, temporalUiUrl, namespace, taskQueue, operations } = parts;
    instance.note({
      ready: {
        issuer,
        audience,
        agenciesUrl,
        temporalAddress,
        temporalUiUrl: temporalUiUrl ?? null,
        namespace,
        taskQueue,
        operations,
      },
    });
    return {
      ...parts,
      apiUrl,
      audience,
      halt: (name) => supervisor.halt(name),
      restart: (name) => supervisor.restart(name),
      kill: (name, signal) => supervisor.kill(name, signal),
      stop,
      hurry: () => supervisor.hurry(Object.keys(programs)),
    };
  } catch (error) {
    ended.abort();
    await stop();
    if (ended.signal.reason instanceof StartRefused) throw ended.signal.reason;
    throw isForWantOfSpace(error) ? diskFull(dataDir) : error;
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
  }
}

/** Takes the DATA_DIR where it has room to work in; refuses (`StartRefused`) on a full disk, and leaves nothing there. */
async function takeRoomyInstance(dataDir: string, apiUrl: string, say: (line: string) => void): Promise<Instance> {
  try {
    makePrivate(dataDir);
    const free = await freeBytes(dataDir);
    if (free < leastFreeBytes) throw diskFull(dataDir, free);
    return await takeInstance(dataDir, apiUrl, say);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(dataDir) : error;
  }
}

/** Also where a child said so and ended. */
const isForWantOfSpace = (error: unknown): boolean =>
  isDiskFull(error) || (error instanceof Error && /No space left on device|disk is full|ENOSPC/i.test(error.message));
/** The keys that the stand-in witness takes the log of this installation by: the one that signs it, and those that did before. */
async function ownLogKeys(dataDir: string, registerUrl: string, named: string | undefined): Promise<Verifier[]> {
  const file = logKeyFile(dataDir);
  const origin = await nameOfLog(registerUrl, named, logFolderOf(dataDir));
  const { verifier } = noteKeyOf(ed25519Seed(file), 'log', origin);
  return [verifier, ...formerKeys(file).map((pem) => logVerifierOf(verifier.name, pem))];
}

type Parts = Omit<RunningSystem, 'apiUrl' | 'audience' | 'halt' | 'restart' | 'kill' | 'stop' | 'hurry'>;

async function startParts(options: StartOptions, port: number, apiUrl: string, supervisor: Supervisor): Promise<Parts> {
  const { dataDir, env } = options;
  for (const folder of ['logs', 'documents', 'chain-roots', 'transparency-log', 'witness', 'temporal'])
    makePrivate(join(dataDir, folder));
  const secrets = ensureSecrets(dataDir, env['NEW_SECRETS'] === 'yes');
  const namespace = env['TEMPORAL_NAMESPACE'] || 'luong-xanh';
  const taskQueue = env['TEMPORAL_TASK_QUEUE'] || 'luong-xanh';
  const ports = await chooseServicePorts(dataDir, env, options.say);
  // Another site than the pages' for a browser's cookies, as the City's sign-on will be.
  const issuer = `http://localhost:${ports.identity}`;
  const agenciesUrl = `http://127.0.0.1:${ports.agencies}`;
  const ownSmtp = env['SMTP_URL'] || undefined;
  const operations = {
    api: `http://127.0.0.1:${ports.apiOperations}`,
    worker: `http://127.0.0.1:${ports.workerOperations}`,
  };
  const mailPages = `http://127.0.0.1:${ports.mail}`;

  const [database, temporal] = await Promise.all([
    startRegister(options, secrets, ports.postgres, supervisor),
    startEngine(options, namespace, ports, supervisor),
    ensurePages(options.say),
    ensurePrograms(options.say),
  ]);
  options.signal.throwIfAborted();

  const logKeys = await ownLogKeys(dataDir, database.migratorUrl, env['TLOG_ORIGIN'] || undefined);
  // Who has a seal of their own names it.
  const ownSeal = named(env, /^SEAL_/);
  const authorityUrl = `${agenciesUrl}/authority`;
  if (Object.keys(ownSeal).length === 0) await ensureSeal(dataDir, authorityUrl);
  const seal = sealFilesOf(dataDir);
  const ownSigning = Object.keys(named(env, /^SIGNING_/)).length > 0;

  const accountsFile = join(dataDir, 'accounts.json');
  writeAccounts(accountsFile);
  const common = {
    ...inherited(env),
    NODE_ENV: env['NODE_ENV'] || 'development',
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
    DATA_DIR: dataDir,
    REHEARSAL: env['REHEARSAL'] || 'real',
  };
  const engine = {
    ...common,
    DATABASE_URL: database.url,
    LISTEN_DATABASE_URL: database.listenUrl,
    TEMPORAL_ADDRESS: temporal.address,
    ...(env['TEMPORAL_ADDRESS'] ? named(env, /^TEMPORAL_(TLS|API_KEY$)/) : {}),
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_TASK_QUEUE: taskQueue,
    PUBLIC_URL: env['PUBLIC_URL'] || apiUrl,
    CALLBACK_BASE_URL: apiUrl,
    AGENCIES_URL: agenciesUrl,
    AGENCY_TOKEN: secrets.agencyToken,
    SMTP_URL: ownSmtp ?? `smtp://127.0.0.1:${ports.smtp}`,
    ...(ownSmtp === undefined ? {} : named(env, /^SMTP_(USER|PASSWORD|TLS|CA_FILE)$/)),
    AGENCY_HMAC_SECRET: secrets.agencyHmacSecret,
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: audience,
    OIDC_ACCOUNT_CLAIM: 'account',
    OIDC_ENTERPRISE_CLAIM: 'enterprise',
    DOCUMENTS_DIR: join(dataDir, 'documents'),
    SIGNER_KEY_FILE: signerKeyFile(dataDir),
    MASTER_KEY_FILE: env['MASTER_KEY_FILE'] || masterKeyFile(dataDir),
    TEMPORAL_PAYLOAD_KEY_FILE: env['TEMPORAL_PAYLOAD_KEY_FILE'] || payloadKeyFile(dataDir),
    CHAIN_ROOTS_DIR: join(dataDir, 'chain-roots'),
    TLOG_DIR: logFolderOf(dataDir),
    TLOG_KEY_FILE: logKeyFile(dataDir),
    WITNESS_URL: env['WITNESS_URL'] || `${agenciesUrl}/witness`,
    WITNESS_KEY:
      env['WITNESS_KEY'] || verifierText(noteKeyOf(ed25519Seed(witnessKeyFile(dataDir)), 'witness').verifier),
  };
  const program = (
    name: Program,
    environment: NodeJS.ProcessEnv,
    page: string,
    ready: (child: Managed) => Promise<boolean> = () => responds(page),
  ) =>
    supervisor.add({
      name,
      alive: () => responds(page),
      start: async (onLaunch, restarts) => {
        const child = launchProgram(options, name, { ...environment, RESTARTS: String(restarts) });
        onLaunch(child);
        try {
          await waitReady(child, () => ready(child), 60_000);
        } catch (error) {
          await child.stop();
          throw error;
        }
      },
    });

  await Promise.all([
    program(
      'identity',
      {
        ...common,
        PORT: String(ports.identity),
        OIDC_ISSUER: issuer,
        OIDC_AUDIENCE: audience,
        OIDC_ACCOUNTS_FILE: accountsFile,
        OIDC_KEYS: JSON.stringify({ keys: secrets.oidcKeys }),
        OIDC_COOKIE_KEY: secrets.cookieKey,
        DEMONSTRATION_PASSWORD: secrets.demonstrationPassword,
        PUBLIC_URL: engine.PUBLIC_URL,
      },
      `${issuer}/healthz`,
    ),
    program(
      'agencies',
      {
        ...common,
        AGENCIES_PORT: String(ports.agencies),
        AGENCIES_STATE_FILE: join(dataDir, 'agencies.jsonl'),
        AUTHORITY_DIR: authorityFolderOf(dataDir),
        WITNESS_KEY_FILE: witnessKeyFile(dataDir),
        WITNESS_STATE_FILE: witnessStateFile(dataDir),
        WITNESS_LOGS: logKeys.map(verifierText).join(','),
        AGENCY_TOKEN: secrets.agencyToken,
        AGENCY_HMAC_SECRET: secrets.agencyHmacSecret,
      },
      `${agenciesUrl}/healthz`,
    ),
    ownSmtp === undefined
      ? program(
          'mail',
          {
            ...common,
            SMTP_PORT: String(ports.smtp),
            MAIL_PORT: String(ports.mail),
            MAIL_DIR: join(dataDir, 'mails'),
          },
          `${mailPages}/healthz`,
        )
      : undefined,
  ]);
  options.signal.throwIfAborted();
  await Promise.all([
    program(
      'worker',
      { ...engine, OPERATIONS_PORT: String(ports.workerOperations) },
      `${operations.worker}/healthz`,
      (child) => polls(child, temporal.target, namespace, taskQueue),
    ),
    program(
      'api',
      {
        ...engine,
        PORT: String(port),
        OPERATIONS_PORT: String(ports.apiOperations),
        ...(Object.keys(ownSeal).length > 0
          ? ownSeal
          : {
              SEAL_KEY_FILE: seal.key,
              SEAL_CERTIFICATES_FILE: seal.certificates,
              SEAL_TIMESTAMP_URL: `${authorityUrl}/time-stamp`,
            }),
        ...(ownSigning
          ? named(env, /^SIGNING_/)
          : {
              SIGNING_ACCOUNTS_URL: `${authorityUrl}/signing-accounts`,
              SIGNING_ACCOUNTS_TOKEN: secrets.agencyToken,
              SIGNING_ROOTS_FILE: join(authorityFolderOf(dataDir), 'root.pem'),
              SIGNING_REVOCATION_LISTS: `${authorityUrl}/revocations`,
            }),
        SESSION_SECRET: sessionSecretFrom(secrets.cookieKey),
        PAGES_DIR: pagesFolder,
      },
      `${operations.api}/healthz`,
      () => responds(`${apiUrl}/readyz`),
    ),
  ]);
  return {
    databaseUrl: database.url,
    migratorDatabaseUrl: database.migratorUrl,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    temporalFile: temporal.file,
    namespace,
    taskQueue,
    issuer,
    agenciesUrl,
    operations,
    mailsUrl: ownSmtp === undefined ? `${mailPages}/mails` : undefined,
    secrets,
  };
}

/** Installations of older releases have no secret of its own for it. */
const sessionSecretFrom = (key: string): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'sessions of the pages', 32)).toString('base64url');
