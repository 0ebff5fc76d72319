import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { tryLock } from './locks.js';
import { makePrivate, tightenDataDir } from './private-files.js';
import { endLeftover, identify, isRunning } from './processes.js';
import { StartRefused } from './refused.js';
import { writePrivate } from './secrets.js';

const Identity = z.object({ pid: z.int(), startedAt: z.string() });

const RunDetails = z.object({
  issuer: z.string(),
  audience: z.string(),
  agenciesUrl: z.string(),
  temporalAddress: z.string(),
  temporalUiUrl: z.string().nullable(),
  namespace: z.string(),
  taskQueue: z.string(),
  /** Private operations pages by process. */
  operations: z.record(z.string(), z.string()).default({}),
});
/** Where the parts of a ready installation are. */
export type RunDetails = z.infer<typeof RunDetails>;

const RunRecord = z.object({
  supervisor: Identity,
  apiUrl: z.string(),
  /** Undefined until it is ready. */
  ready: RunDetails.optional(),
  children: z.array(Identity.extend({ name: z.string() })),
});
/** What a running installation says of itself in `DATA_DIR/run.json`. */
export type RunRecord = z.infer<typeof RunRecord>;

export { StartRefused };

const runFile = (dataDir: string) => join(dataDir, 'run.json');

/** What is running on this DATA_DIR now; undefined if nothing is. */
export function findRunning(dataDir: string): RunRecord | undefined {
  const record = readRecord(dataDir);
  return record !== undefined && isRunning(record.supervisor) ? record : undefined;
}

/** Undefined where there is none, or none that can be read: it only tells, and the next start writes it anew. */
function readRecord(dataDir: string, unreadable: (why: string) => void = () => undefined): RunRecord | undefined {
  try {
    return RunRecord.parse(JSON.parse(readFileSync(runFile(dataDir), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    unreadable(error.name);
    return undefined;
  }
}

/** The right to run on a DATA_DIR. */
export interface Instance {
  note(change: Partial<Omit<RunRecord, 'supervisor'>>): void;
  release(): void;
}

/** Takes the DATA_DIR for this process and ends what an earlier run on it left behind; refuses while another one runs on it. */
export async function takeInstance(dataDir: string, apiUrl: string, say: (line: string) => void): Promise<Instance> {
  makePrivate(dataDir);
  const lock = tryLock(join(dataDir, 'run.lock'));
  if ('holder' in lock) {
    const other = findRunning(dataDir);
    const where = other === undefined ? '' : ` (${other.apiUrl})`;
    throw new StartRefused(
      `Luồng Xanh đang chạy trên thư mục ${dataDir}${where}, tiến trình ${lock.holder.pid}.\n` +
        `Luồng Xanh is already running on ${dataDir}${where}, process ${lock.holder.pid}.`,
    );
  }
  try {
    tightenDataDir(dataDir, say);
    await endLeftovers(dataDir, say);
    const supervisor = identify(process.pid);
    if (supervisor === undefined) throw new Error('This process cannot find itself');
    let record: RunRecord = { supervisor, apiUrl, children: [] };
    const write = () => writePrivate(runFile(dataDir), `${JSON.stringify(record, null, 2)}\n`);
    write();
    let later: NodeJS.Timeout | undefined;
    // From here on it only tells: where it cannot be written what runs goes on, and it is written as soon as there is room.
    const tell = () => {
      clearTimeout(later);
      try {
        write();
      } catch {
        later = setTimeout(tell, 5_000).unref();
      }
    };
    return {
      note: (change) => {
        record = { ...record, ...change };
        tell();
      },
      release: () => {
        clearTimeout(later);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<void> {
  const record = readRecord(dataDir, (why) =>
    say(`${runFile(dataDir)}: không đọc được, sẽ được ghi mới · cannot be read, written anew (${why})`),
  );
  const left = (record?.children ?? []).filter(isRunning);
  for (const child of [...left].reverse()) {
    say(
      `${child.name}: tiến trình ${child.pid} của lần chạy trước vẫn còn, đang kết thúc · process ${child.pid} of an earlier run is still there, ending it`,
    );
    // PostgreSQL takes SIGINT for a fast shutdown; the others end on SIGTERM.
    await endLeftover(child, child.name === 'postgres' ? 'SIGINT' : 'SIGTERM', 15_000);
  }
}
