import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findRunning, type RunDetails } from '../platform/instance.js';
import { removeDataDir } from '../platform/postgres.js';
import { sweepAbandoned } from '../platform/reset.js';
import { type RunningSystem, startSystem } from '../platform/system.js';
import { requestToken } from '../platform/tokens.js';
import { ApiClient, ApiRefusal } from './client.js';

/** An installation on which a story is played. */
export interface Place {
  readonly apiUrl: string;
  readonly dataDir: string;
  /** A fresh access token of a demonstration person. */
  token(person: string): Promise<string>;
  /** Ends it, if it was started for the story. */
  stop(): Promise<void>;
}

/** An installation that was started for one story only. */
export interface OwnPlace extends Place {
  readonly system: RunningSystem;
}

/** The Monday on which the stories begin, unless somebody wants another day. */
const firstDay = '2026-07-06T09:00:00+07:00';

const ownPlaces = 'luong-xanh-demo-';

/** Starts an installation in a folder that goes with it, on the rehearsal clock unless `env` says otherwise. */
export async function openPlace(options: {
  readonly say: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
}): Promise<OwnPlace> {
  // What a hard end left behind: nobody else will.
  sweepAbandoned(tmpdir(), ownPlaces);
  const dataDir = mkdtempSync(join(tmpdir(), ownPlaces));
  // PostgreSQL runs under an account of its own and has to pass through.
  chmodSync(dataDir, 0o711);
  const { say, signal } = options;
  const env = { ...process.env, REHEARSAL: 'stepped', REHEARSAL_START: firstDay, ...options.env };
  try {
    const system = await startSystem({ dataDir, port: 0, quiet: true, env, say, ...(signal && { signal }) });
    const stop = async () => {
      await system.stop();
      removeDataDir(dataDir);
    };
    return { system, stop, ...access(system.apiUrl, dataDir, system) };
  } catch (error) {
    removeDataDir(dataDir);
    throw error;
  }
}

/**
 * The instance that runs on DATA_DIR, taken out of real time where no case was filed on it yet; else one of our own, which ends with the story or
 * on Ctrl-C.
 */
export async function findPlace(say: (line: string) => void): Promise<Place> {
  const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../../.data'));
  const running = findRunning(dataDir);
  if (running?.ready) {
    const place = { stop: () => Promise.resolve(), ...access(running.apiUrl, dataDir, running.ready) };
    if (await rehearses(place)) {
      say(`Trên hệ thống đang chạy · on the running instance ${place.apiUrl}`);
      return place;
    }
    say(
      `${place.apiUrl} đã có hồ sơ theo giờ thật: mở hệ thống riêng · has cases in real time: starting one of our own`,
    );
  }
  const interrupted = new AbortController();
  let own: OwnPlace | undefined;
  const leave = () => {
    if (interrupted.signal.aborted) return;
    interrupted.abort();
    void own?.stop().then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, leave);
  // Whoever read along is gone (`npm run demo | head`): every line after that brings another, and none may end us before the folder is away.
  process.on('SIGPIPE', leave);
  process.stdout.on('error', leave);
  try {
    own = await openPlace({ say, signal: interrupted.signal });
    return own;
  } catch (error) {
    if (interrupted.signal.aborted) process.exit(130);
    throw error;
  }
}

/** Whether business time is rehearsed there, or can be from now on. */
async function rehearses({ apiUrl, token }: Pick<Place, 'apiUrl' | 'token'>): Promise<boolean> {
  const operator = new ApiClient({ apiUrl, token: () => token('operator.1') });
  const { mode } = await operator.get<{ mode: string }>('/rehearsal/clock');
  if (mode !== 'real') return true;
  try {
    await operator.post('/rehearsal/clock', { mode: 'stepped', now: firstDay });
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.code === 'REHEARSAL_REFUSED') return false;
    throw error;
  }
}

const access = (apiUrl: string, dataDir: string, details: Pick<RunDetails, 'issuer' | 'audience'>) => ({
  apiUrl,
  dataDir,
  token: (person: string) => requestToken(dataDir, details, person),
});
