import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** JavaScript beside this file; else the sources, which Node needs help to run, and memory for that. */
const isBuilt = import.meta.url.endsWith('.js');
const mib = 1024 * 1024;
const helpBytes = isBuilt ? 0 : 256 * mib;
/** What the process that looks into documents may write to, all of it: heap, buffers, stacks. As built; and as it runs here. */
export const mostBytesBuilt = 512 * mib;
export const mostBytes = mostBytesBuilt + helpBytes;
/** It is let go where it holds more than this afterwards: the next document must not suffer for it. */
const tiredBytes = 192 * mib + helpBytes;
/** Processor time: it is let go after the first; at the second the system ends it, also where nobody is left who would. */
const [tiredCpuMs, mostCpuSeconds] = [60_000, 180];
const longestStartMs = 60_000;
const idleMs = 30_000;

// The kernel bounds what the process may write to (RLIMIT_DATA counts its anonymous memory): an allocation beyond fails there and then. `maxOldGenerationSizeMb` of a
// thread leaves out ArrayBuffers, and RLIMIT_AS counts what V8 only reserves. No core file: it would hold somebody's document.
const bounded = 'ulimit -c 0 && ulimit -t "$1" && ulimit -d "$2" || exit 126; shift 2; exec "$@"';

/** What the process that looks into documents is asked. */
export interface Asked {
  readonly program: 'look-into' | 'read-text';
  readonly path: string;
}

/** What it says: that it is ready, then one of these for each question; `answer` is left out where the program failed. */
export interface Said {
  readonly answer?: unknown;
  /** Memory it holds and processor time it used so far. */
  readonly rssBytes: number;
  readonly cpuMs: number;
}

/** How a question ended: with its answer; `failed`, by what was asked about; `undone`, by nothing of it. */
export type Ended = { readonly answer: unknown } | 'failed' | 'undone';

/** A process that answers one question after the other, within bounds of memory and time; started when it is wanted, and anew after a question that it did not survive. */
export interface BoundedChild {
  /** Starts it where there is none. False: it does not start. */
  ready(): Promise<boolean>;
  /** One at a time. `longestMs` counts from when it is begun, not from the start of the process. */
  ask(asked: Asked, longestMs: number): Promise<Ended>;
  /** Its number; undefined: there is none now. */
  pid(): number | undefined;
  close(): void;
}

interface Running {
  readonly child: ChildProcess;
  readonly ready: Promise<boolean>;
}

/** `onFault`: the process did not start, or was ended from outside. */
export function createBoundedChild(onFault: (what: string) => void): BoundedChild {
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isAsked = false;
  let closed = false;

  const end = (): void => {
    clearTimeout(idle);
    running?.child.kill('SIGKILL');
    running = undefined;
  };
  const endIfIdle = (): void => {
    clearTimeout(idle);
    if (running && !isAsked) idle = setTimeout(end, idleMs);
  };
  const forget = (child: ChildProcess): void => {
    if (running?.child === child) end();
  };
  const start = (): Running => {
    const file = fileURLToPath(new URL(isBuilt ? './inspect.js' : './inspect.ts', import.meta.url));
    const help = isBuilt ? [] : ['--import', import.meta.resolve('tsx')];
    const command = [process.execPath, '--max-old-space-size=256', ...help, file];
    const limits = [String(mostCpuSeconds), String(mostBytes / 1024)];
    // Its environment is empty: what reads hostile files knows no secret.
    const child = spawn('/bin/sh', ['-c', bounded, 'sh', ...limits, ...command], {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('exit', () => forget(child));
    child.on('error', () => undefined); // a message to one that is gone: its end says so
    const ready = outcome(child, longestStartMs).then((first) => {
      if (first.kind === 'said') return true;
      forget(child);
      if (!closed) onFault(`it did not start (${first.kind === 'late' ? 'in time' : first.how})`);
      return false;
    });
    return { child, ready };
  };
  const wanted = (): Running => {
    clearTimeout(idle);
    running ??= start();
    return running;
  };

  const ask = async (asked: Asked, longestMs: number): Promise<Ended> => {
    const { child, ready } = wanted();
    if (!(await ready) || closed) return 'undone';
    const ending = outcome(child, longestMs);
    child.send(asked, () => undefined);
    const ended = await ending;
    if (ended.kind === 'said') {
      const { rssBytes, cpuMs, ...said } = ended.message as Said;
      if (rssBytes > tiredBytes || cpuMs > tiredCpuMs) forget(child);
      return 'answer' in said ? { answer: said.answer } : 'failed';
    }
    forget(child);
    if (ended.kind === 'late') return 'failed';
    // By the bounds V8 and the system end it with other signals; these come from outside, e.g. where the machine has no memory left.
    if (!['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'].includes(ended.how)) return 'failed';
    if (!closed) onFault(`it was ended by ${ended.how}`);
    return 'undone';
  };

  return {
    async ready() {
      if (closed) return false;
      const is = await wanted().ready;
      endIfIdle();
      return is;
    },
    async ask(asked, longestMs) {
      if (closed) return 'undone';
      isAsked = true;
      try {
        return await ask(asked, longestMs);
      } finally {
        isAsked = false;
        endIfIdle();
      }
    },
    pid: () => running?.child.pid,
    close() {
      closed = true;
      end();
    },
  };
}

type Outcome =
  | { readonly kind: 'said'; readonly message: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'gone'; readonly how: string };

/** What the process does first: says something, ends, or lets the time go by. */
function outcome(child: ChildProcess, longestMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.off('message', said).off('exit', gone).off('error', failed);
      resolve(outcome);
    };
    const said = (message: unknown): void => settle({ kind: 'said', message });
    const gone = (code: number | null, signal: NodeJS.Signals | null): void =>
      settle({ kind: 'gone', how: signal ?? `code ${code}` });
    const failed = (error: Error): void => settle({ kind: 'gone', how: error.message });
    const timer = setTimeout(() => settle({ kind: 'late' }), longestMs);
    child.once('message', said).once('exit', gone).once('error', failed);
  });
}
