import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LineLog } from './logs.js';

/** A process that can be told from a later one with the same number. `startedAt` is an opaque mark of the system. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process under the supervisor's hand. */
export interface Managed {
  readonly name: string;
  readonly pid: number;
  readonly identity: ProcessIdentity;
  /** Settles when the process is gone; never rejects. */
  readonly exited: Promise<Exit>;
  /** Undefined while it runs. */
  readonly exit: Exit | undefined;
  /** The last lines it wrote, for a message about why it ended. */
  tail(): string[];
  /** Sends a signal to this process alone. */
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, and after the grace time makes it. Resolves when it is gone, with whatever it had started. */
  stop(): Promise<Exit>;
}

export interface LaunchOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user it runs as; default: ours. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** What asks it to end; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds it has for that before SIGKILL; default 10,000. */
  readonly graceMs?: number;
  /** Everything it writes goes there as well. */
  readonly log?: LineLog;
  readonly onLine?: (line: string) => void;
}

// The leash. A watcher reads a pipe that only the supervisor holds; when the supervisor is gone, even by SIGKILL, the pipe ends and the
// watcher ends the child, first kindly. It leaves the child's family (double fork) because PostgreSQL reaps strangers among its children.
// The files it makes are for its account alone.
const leash = `
umask 077
exec 3<&0
( {
    read -r _ <&3 && exit 0
    kill -s "$1" $$ 2>/dev/null
    waited=0
    while [ "$waited" -lt "$2" ] && kill -0 $$ 2>/dev/null; do sleep 1; waited=$((waited + 1)); done
    kill -s KILL -- -$$ 2>/dev/null
  } >/dev/null 2>&1 & )
shift 2
exec "$@" </dev/null 3<&-
`;

/** Starts a process in a group of its own: the terminal's Ctrl-C does not reach it, only `stop` does, or the end of this process. */
export function launch(options: LaunchOptions): Managed {
  const { name, stopSignal = 'SIGTERM', graceMs = 10_000 } = options;
  const args = [
    '-c',
    leash,
    'sh',
    stopSignal.slice(3),
    String(Math.ceil(graceMs / 1000)),
    options.command,
    ...options.args,
  ];
  const child = spawn('/bin/sh', args, {
    env: options.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.user,
  });
  const lines: string[] = [];
  const take = (line: string) => {
    lines.push(line);
    if (lines.length > 60) lines.shift();
    options.log?.write(line);
    options.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) splitLines(stream, take);
  child.stdin.on('error', () => undefined); // the pipe breaks when the child ends: `exited` says so

  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      take(`${name} could not be started: ${error.message}`);
      exit ??= { code: 127, signal: null };
      resolve(exit);
    });
    child.once('exit', (code, signal) => {
      exit ??= { code, signal };
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL'); // the watcher and whatever the child left behind
      setTimeout(resolve, 500, exit); // its last lines come with `close`, unless somebody else holds the pipe
    });
    child.once('close', (code, signal) => resolve(exit ?? { code, signal }));
  });

  const pid = child.pid ?? 0;
  const kill = (signal: NodeJS.Signals) => {
    if (exit === undefined) child.kill(signal);
  };
  return {
    name,
    pid,
    identity: { pid, startedAt: processStart(pid) ?? 'gone' },
    exited,
    get exit() {
      return exit;
    },
    tail: () => [...lines],
    kill,
    async stop() {
      kill(stopSignal);
      kill('SIGCONT'); // one that was stopped (SIGSTOP) hears nothing else
      const cancelled = new AbortController();
      const late = sleep(graceMs, undefined, { signal: cancelled.signal }).then(
        () => kill('SIGKILL'),
        () => undefined,
      );
      const reached = await exited;
      cancelled.abort();
      await late;
      return reached;
    },
  };
}

function splitLines(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}

/** When the process started, as the system marks it; undefined if there is no such process (a zombie counts as none). */
export function processStart(pid: number): string | undefined {
  if (pid <= 0) return undefined;
  if (process.platform === 'linux') {
    const stat = readProc(`/proc/${pid}/stat`);
    // The command name (field 2) may hold spaces and brackets: count from its last bracket. Field 3 is the state, 22 the start.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  }
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [, state, start] = /^\s*(\S+)\s+(.+)$/.exec(stdout.trim()) ?? [];
  return state === undefined || state.startsWith('Z') ? undefined : start;
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Our mark of a running process, to be kept in a file; undefined if it is gone. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = processStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether that very process still runs: a later one with the same number is not it. */
export const isRunning = (identity: ProcessIdentity): boolean => processStart(identity.pid) === identity.startedAt;

/**
 * The processes above us up to npm, when npm runs us: they wait for us and are how people stop us. Empty when nobody of that name is above.
 */
export function ancestorsUpToNpm(): number[] {
  const found: number[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < 6;) {
    found.push(pid);
    const [parent, name] = parentAndName(pid);
    if (parent === undefined || name === undefined) return [];
    if (/(^|\/)npm\b/.test(name)) return found;
    pid = Number(parent);
  }
  return [];
}

function parentAndName(pid: number): [parent?: string, name?: string] {
  if (process.platform === 'linux') {
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readProc(`/proc/${pid}/stat`) ?? '') ?? [];
    return parent === undefined || name === undefined ? [] : [parent, name];
  }
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent, name] = /^\s*(\d+)\s+(.+)$/.exec(stdout.trim()) ?? [];
  return parent === undefined || name === undefined ? [] : [parent, name];
}

/** Sends a signal if the process is still there; true if it was. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: only zombies are left in the group (macOS says so).
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Ends a process that an earlier run left behind, kindly first. Nothing happens when it is not that process any more. */
export async function endLeftover(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isRunning(identity)) return;
  signalProcess(identity.pid, signal);
  if (await waitUntil(() => !isRunning(identity), graceMs)) return;
  signalProcess(identity.pid, 'SIGKILL');
  if (!(await waitUntil(() => !isRunning(identity), 5_000))) throw new Error(`Process ${identity.pid} does not end`);
}

/** Looks until it is so (true) or the time is over (false). An error of the look is thrown. */
export async function waitUntil(
  look: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 50,
): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await look()) return true;
    if (Date.now() >= end) return false;
    await sleep(everyMs);
  }
}

/** Waits until `ready` holds; a child that ends before, or takes longer, is an error with its last lines. */
export async function waitReady(child: Managed, ready: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const reached = await waitUntil(async () => child.exit !== undefined || (await ready()), timeoutMs, 100);
  if (reached && child.exit === undefined) return;
  if (child.exit !== undefined) await child.exited;
  const how =
    child.exit === undefined ? `was not ready after ${timeoutMs / 1000} s` : `ended (${describeExit(child.exit)})`;
  throw new Error(
    `${child.name} ${how}\n${child
      .tail()
      .slice(-20)
      .map((line) => `  ${line}`)
      .join('\n')}`,
  );
}

/** Whether a page answers well within two seconds. */
export async function responds(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // not listening yet
  }
}

/** `code 1` or `signal SIGKILL`. */
export const describeExit = (exit: Exit): string =>
  exit.signal === null ? `code ${exit.code}` : `signal ${exit.signal}`;
