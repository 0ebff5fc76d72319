import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './locks.js';
import { type ChildRecord } from './supervisor.js';
import { endLeftover, identify, isRunning, type ProcessIdentity } from './processes.js';

/** What a running installation says of itself in `DATA_DIR/run.json`. */
export interface RunRecord {
  readonly supervisor: ProcessIdentity;
  readonly apiUrl: string;
  /** Undefined until it is ready. */
  readonly ready?: RunDetails;
  readonly children: readonly ChildRecord[];
}

/** Where the parts of a ready installation are. */
export interface RunDetails {
  readonly issuer: string;
  readonly audience: string;
  readonly agenciesUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | null;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** A start that was refused for a reason the user can mend; the message is for people, in Vietnamese and English. */
export class StartRefused extends Error {}

const runFile = (dataDir: string) => join(dataDir, 'run.json');

/** What is running on this DATA_DIR now; undefined if nothing is. */
export function findRunning(dataDir: string): RunRecord | undefined {
  const record = readRecord(dataDir);
  return record !== undefined && isRunning(record.supervisor) ? record : undefined;
}

function readRecord(dataDir: string): RunRecord | undefined {
  return existsSync(runFile(dataDir)) ? (JSON.parse(readFileSync(runFile(dataDir), 'utf8')) as RunRecord) : undefined;
}

/** The right to run on a DATA_DIR. */
export interface Instance {
  note(change: Partial<Omit<RunRecord, 'supervisor'>>): void;
  release(): void;
}

/** Takes the DATA_DIR for this process and ends what an earlier run on it left behind; refuses while another one runs on it. */
export async function takeInstance(dataDir: string, apiUrl: string, say: (line: string) => void): Promise<Instance> {
  mkdirSync(dataDir, { recursive: true });
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
    await endLeftovers(dataDir, say);
    const supervisor = identify(process.pid);
    if (supervisor === undefined) throw new Error('This process cannot find itself');
    let record: RunRecord = { supervisor, apiUrl, children: [] };
    const write = () => {
      const draft = `${runFile(dataDir)}.${process.pid}`;
      writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
      renameSync(draft, runFile(dataDir));
    };
    write();
    return {
      note: (change) => {
        record = { ...record, ...change };
        write();
      },
      release: lock.release,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<void> {
  const left = (readRecord(dataDir)?.children ?? []).filter(isRunning);
  for (const child of [...left].reverse()) {
    say(`${child.name}: process ${child.pid} of an earlier run is still there; ending it`);
    // PostgreSQL takes SIGINT for a fast shutdown; the others end on SIGTERM.
    await endLeftover(child, child.name === 'postgres' ? 'SIGINT' : 'SIGTERM', 15_000);
  }
}
