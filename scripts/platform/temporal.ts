import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { type TemporalTarget, temporalTargetAt } from '../../ops/temporal-connection.js';
import { withLock } from './locks.js';
import { type LineLog } from './logs.js';
import { freePorts } from './ports.js';
import { launch, type Managed, waitReady, waitUntil } from './processes.js';

/** The release of the Temporal CLI (the dev server is inside) that we build, cache and test with. */
export const temporalCliVersion = 'v1.5.1';

const retention = msToTs('30 days');
const searchAttributes = ['CaseKind', 'Stage'];
const keyword = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD

/** A Temporal server that answers in our namespace. */
export interface TemporalServer {
  readonly address: string;
  /** The pages of its own dev server; undefined for a server of somebody else. */
  readonly uiUrl: string | undefined;
  /** Undefined for a server of somebody else. */
  readonly process: Managed | undefined;
  /** The CLI it runs from; undefined for a server of somebody else. */
  readonly executable: string | undefined;
  stop(): Promise<void>;
}

interface FindOptions {
  /** TEMPORAL_CLI_PATH, PATH, XDG_CACHE_HOME, HOME, TEMPORAL_DOWNLOAD_URL (a mirror of temporal.download) are read here. */
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Gives up a download or a build. */
  readonly signal?: AbortSignal;
}

interface TemporalOptions extends FindOptions {
  readonly namespace: string;
  /** A CLI found before: no search then. */
  readonly executable?: string;
  /** Where the server keeps everything; undefined: in memory (tests). */
  readonly dbFile?: string;
  /** How long a server at TEMPORAL_ADDRESS may take to answer; default 15,000 ms. */
  readonly addressTimeoutMs?: number;
  /** Ports of the gRPC interface and of the pages; default: free ones. */
  readonly port?: number;
  readonly uiPort?: number;
  /** Fires timers shorter than a second on time, at the price of some processor time: tests only. */
  readonly fastTimers?: boolean;
  readonly log?: LineLog;
  readonly onLine?: (line: string) => void;
  /** Told of the process as soon as it exists, before it is ready. */
  readonly onLaunch?: (child: Managed) => void;
}

/**
 * A Temporal server in `namespace`, found in this order, each attempt said in one line: TEMPORAL_ADDRESS; TEMPORAL_CLI_PATH or `temporal` on
 * PATH; the cached copy; a download; `go install`. The namespace is made if missing, with 30 days of retention and our search attributes.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const address = options.env['TEMPORAL_ADDRESS'];
  if (address !== undefined && address !== '') {
    options.say(`Temporal: TEMPORAL_ADDRESS=${address}`);
    const target = temporalTargetAt(address, options.env);
    if (!(await waitUntil(() => prepareNamespace(target, options.namespace), options.addressTimeoutMs ?? 15_000))) {
      throw new Error(`TEMPORAL_ADDRESS=${address} does not answer in the namespace ${options.namespace}`);
    }
    return { address, uiUrl: undefined, process: undefined, executable: undefined, stop: () => Promise.resolve() };
  }
  const executable = options.executable ?? (await findTemporalCli(options));
  if (options.dbFile !== undefined) mkdirSync(dirname(options.dbFile), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const [port = 0, uiPort = 0, httpPort = 0, metricsPort = 0] = await choosePorts(options);
    const own = `127.0.0.1:${port}`;
    const child = launch({
      name: 'temporal',
      command: executable,
      args: serverArguments(options, { port, uiPort, httpPort, metricsPort }),
      env: cliEnvironment(options.env),
      graceMs: 10_000,
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
    options.onLaunch?.(child);
    try {
      await waitReady(child, () => prepareNamespace({ address: own }, options.namespace), 60_000);
      return {
        address: own,
        uiUrl: `http://127.0.0.1:${uiPort}`,
        process: child,
        executable,
        stop: async () => void (await child.stop()),
      };
    } catch (error) {
      await child.stop();
      const portLost =
        options.port === undefined &&
        child.tail().some((line) => /address already in use|can't (?:set|bind)/i.test(line));
      if (!portLost || attempt === 3) throw error;
    }
  }
}

async function choosePorts(options: TemporalOptions): Promise<number[]> {
  const [port = 0, uiPort = 0, httpPort = 0, metricsPort = 0] = await freePorts(4);
  return [options.port ?? port, options.uiPort ?? uiPort, httpPort, metricsPort];
}

interface ServerPorts {
  readonly port: number;
  readonly uiPort: number;
  readonly httpPort: number;
  readonly metricsPort: number;
}

function serverArguments(options: TemporalOptions, ports: ServerPorts): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--namespace', options.namespace],
    ...['--port', String(ports.port), '--ui-port', String(ports.uiPort)],
    ...['--http-port', String(ports.httpPort), '--metrics-port', String(ports.metricsPort)],
    // A power cut may cost Temporal the last moments; the register has them, and scopes that fell silent are poked.
    ...(options.dbFile === undefined
      ? []
      : [
          ...['--db-filename', options.dbFile],
          ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
        ]),
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...(options.fastTimers === true ? ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="1ms"'] : []),
  ];
}

/** The CLI reads TEMPORAL_* and a profile file: neither of the user's must reach our server. */
function cliEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return { ...Object.fromEntries(kept), TEMPORAL_CONFIG_FILE: '/dev/null' };
}

/**
 * Makes the namespace what we need: there, with 30 days of retention, with the search attributes. False while the server does not answer or
 * does not know the namespace yet; an error that waiting cannot heal (no permission) is thrown.
 */
export async function prepareNamespace(target: TemporalTarget, namespace: string): Promise<boolean> {
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...target, connectTimeout: '2s' });
  } catch {
    return false; // nobody listens there yet: whoever waits says so when the time is over
  }
  try {
    return await connection.withDeadline(Date.now() + 5_000, async () => {
      const { namespaces } = await connection.workflowService.listNamespaces({ pageSize: 1_000 });
      const found = namespaces.find((each) => each.namespaceInfo?.name === namespace);
      if (found === undefined) {
        await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
        return false; // its caches learn of it in a moment
      }
      if (String(found.config?.workflowExecutionRetentionTtl?.seconds) !== String(retention.seconds)) {
        await connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: retention },
        });
      }
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      const missing = searchAttributes.filter((name) => customAttributes[name] === undefined);
      if (missing.length > 0) {
        const wanted = Object.fromEntries(missing.map((name) => [name, keyword]));
        await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
        return false;
      }
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1, query: 'CaseKind is null' });
      return true;
    });
  } catch (error) {
    if (isPassing(error)) return false;
    throw error;
  } finally {
    await connection.close();
  }
}

/** Whether the server answers for the namespace. */
export async function temporalLives(target: TemporalTarget, namespace: string): Promise<boolean> {
  const connection = Connection.lazy(target);
  try {
    await connection.withDeadline(Date.now() + 4_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false; // said by whoever asked
  } finally {
    await connection.close();
  }
}

/** Whether the server answers at all, be it that our namespace is not there yet. */
export async function temporalAnswers(target: TemporalTarget): Promise<boolean> {
  const connection = Connection.lazy(target);
  try {
    await connection.withDeadline(Date.now() + 4_000, () => connection.workflowService.getClusterInfo({}));
    return true;
  } catch {
    return false; // said by whoever asked
  } finally {
    await connection.close();
  }
}

/** gRPC statuses PERMISSION_DENIED, UNIMPLEMENTED and UNAUTHENTICATED. */
const finalCodes = new Set([7, 12, 16]);

/** Whether a call that failed may succeed later: a server that is starting answers with nearly any gRPC status. */
export function isPassing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' && !finalCodes.has(code);
}

/** The path of a Temporal CLI that runs, found or made in the order of `startTemporal`. */
export async function findTemporalCli({ env, say, signal }: FindOptions): Promise<string> {
  const named = env['TEMPORAL_CLI_PATH'];
  if (named !== undefined && named !== '') {
    const version = cliVersion(named);
    if (version === undefined) throw new Error(`TEMPORAL_CLI_PATH=${named} is no Temporal CLI that runs here`);
    say(`Temporal: TEMPORAL_CLI_PATH=${named} (${version})`);
    return named;
  }
  const onPath = findOnPath('temporal', env);
  const pathVersion = onPath === undefined ? undefined : cliVersion(onPath);
  if (onPath !== undefined && pathVersion !== undefined) {
    say(`Temporal: ${onPath}, có trên PATH (${pathVersion}) · ${onPath}, on PATH (${pathVersion})`);
    return onPath;
  }
  say(
    onPath === undefined
      ? 'Temporal: không có `temporal` trên PATH · no `temporal` on PATH'
      : `Temporal: ${onPath} không chạy được · ${onPath} does not run`,
  );

  const cached = cachedCli(env);
  const foundCached = () => {
    const version = existsSync(cached) ? cliVersion(cached) : undefined;
    if (version !== undefined)
      say(`Temporal: dùng bản đã lưu ${cached} (${version}) · cached copy ${cached} (${version})`);
    return version !== undefined;
  };
  if (foundCached()) return cached;
  say(`Temporal: chưa có bản lưu ở ${cached} · nothing cached at ${cached}`);
  mkdirSync(dirname(cached), { recursive: true });
  // Several starts at once (tests, a second clone) make it once: the others wait for the first.
  return await withLock(`${cached}.lock`, say, async () => {
    if (foundCached()) return cached;
    for (const obtain of [download, goInstall]) {
      const made = await obtain(dirname(cached), env, say, signal);
      signal?.throwIfAborted();
      if (made === undefined) continue;
      renameSync(made.executable, cached);
      rmSync(made.folder, { recursive: true, force: true });
      return cached;
    }
    throw new Error(
      'No Temporal server was found. Set TEMPORAL_ADDRESS to a server, or TEMPORAL_CLI_PATH to the Temporal CLI ' +
        '(https://docs.temporal.io/cli), or install Go, with which it is built here once.',
    );
  });
}

const cachedCli = (env: NodeJS.ProcessEnv): string =>
  join(
    env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'),
    'luong-xanh',
    'temporal',
    temporalCliVersion,
    'temporal',
  );

function cliVersion(executable: string): string | undefined {
  const { status, stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && stdout.startsWith('temporal version')
    ? stdout.trim().slice('temporal version '.length)
    : undefined;
}

function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const isExecutable = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

interface Obtained {
  readonly folder: string;
  readonly executable: string;
}
type Obtain = (
  folder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
) => Promise<Obtained | undefined>;

/** What the SDK's own ephemeral server fetches, from the same address. A closed network costs ten seconds, no more. */
const download: Obtain = async (parent, env, say, signal) => {
  const arch = ({ x64: 'amd64', arm64: 'arm64' } as Partial<Record<string, string>>)[process.arch];
  if (arch === undefined) return undefined;
  const query = new URLSearchParams({ arch, platform: process.platform, format: 'tar.gz' });
  const source = `${env['TEMPORAL_DOWNLOAD_URL'] || 'https://temporal.download'}/cli/${temporalCliVersion}?${query}`;
  say(
    `Temporal: đang tải ${source} (bỏ cuộc sau 10 giây không có trả lời) · downloading it (gives up after 10 s without an answer)`,
  );
  const folder = mkdtempSync(join(parent, 'download-'));
  const silence = new AbortController();
  const ended = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
  let timer = setTimeout(() => silence.abort(), 10_000);
  try {
    const info = await fetch(source, { signal: ended });
    if (!info.ok) throw new Error(`HTTP ${info.status}`);
    const { archiveUrl, fileToExtract } = (await info.json()) as { archiveUrl: string; fileToExtract: string };
    const archive = await fetch(archiveUrl, { signal: ended });
    if (!archive.ok || archive.body === null) throw new Error(`HTTP ${archive.status}`);
    const body = Readable.fromWeb(archive.body).on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), 10_000);
    });
    const file = join(folder, 'temporal.tar.gz');
    await pipeline(body, createWriteStream(file), { signal: ended });
    const unpacked = spawnSync('tar', ['-xzf', file, '-C', folder, fileToExtract], { encoding: 'utf8' });
    if (unpacked.status !== 0) throw new Error(unpacked.error?.message ?? unpacked.stderr);
    const executable = join(folder, fileToExtract);
    chmodSync(executable, 0o755);
    if (cliVersion(executable) === undefined) throw new Error('what came does not run here');
    return { folder, executable };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    const why = silence.signal.aborted ? 'no answer for 10 s' : `${(error as Error).message}${cause}`;
    say(`Temporal: không tải được (${why}) · no download (${why})`);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};

/** Builds the CLI from its published source. Go's own caches make a second time quick. */
const goInstall: Obtain = async (parent, env, say, signal) => {
  const folder = mkdtempSync(join(parent, 'build-'));
  const module = `github.com/temporalio/cli/cmd/temporal@${temporalCliVersion}`;
  const executable = join(folder, 'temporal');
  if ((await goBuild([module], folder, { env, say, signal })) && cliVersion(executable) !== undefined)
    return { folder, executable };
  rmSync(folder, { recursive: true, force: true });
  return undefined;
};

/** Where Go is on this machine. */
export const findGo = (env: NodeJS.ProcessEnv): string | undefined =>
  findOnPath('go', env) ?? ['/usr/local/go/bin/go'].find((path) => existsSync(path));

/** Builds programs from their published source into a folder; false where there is no Go or it could not, which is said. */
export async function goBuild(
  modules: readonly string[],
  folder: string,
  { env, say, signal }: Pick<FindOptions, 'env' | 'say'> & { readonly signal?: AbortSignal | undefined },
): Promise<boolean> {
  const go = findGo(env);
  if (go === undefined) {
    say('Temporal: không có Go để biên dịch · no Go here to build it with');
    return false;
  }
  const what = modules.join(' ');
  say(`Temporal: biên dịch ${what} (lần đầu khoảng sáu phút) · go install ${what} (about six minutes the first time)`);
  const started = Date.now();
  const child = spawn(go, ['install', '-v', ...modules], {
    env: { ...env, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const problems: string[] = [];
  let packages = 0;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = chunk.split('\n').filter((line) => line !== '');
    packages += lines.length;
    problems.splice(0, Math.max(0, problems.push(...lines) - 10));
  });
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`Temporal: đang biên dịch, ${packages} gói, ${seconds} giây · building, ${packages} packages, ${seconds} s`);
  }, 15_000);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', resolve);
  });
  clearInterval(progress);
  if (code === 0) {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`Temporal: biên dịch xong sau ${seconds} giây · built in ${seconds} s`);
    return true;
  }
  const why = problems.join(' | ');
  say(`Temporal: không biên dịch được (mã ${code}): ${why} · go install failed (code ${code}): ${why}`);
  return false;
}
