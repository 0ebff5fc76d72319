import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isRunning, type ProcessIdentity, waitUntil } from './processes.js';

/** What came of trying: `release` if it is ours now, else who has it. */
export type LockAttempt = { readonly release: () => void } | { readonly holder: ProcessIdentity };

/** Takes a lock file of this machine, or says who has it. A holder that died, however hard, is no holder. The same process is another. */
export function tryLock(file: string): LockAttempt {
  const mine = identify(process.pid);
  if (mine === undefined) throw new Error('This process cannot find itself');
  const partial = `${file}.${process.pid}`;
  for (;;) {
    // Written beside and linked, so that nobody ever reads half a lock.
    try {
      writeFileSync(partial, JSON.stringify(mine), { mode: 0o600 });
      linkSync(partial, file);
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    } finally {
      rmSync(partial, { force: true });
    }
    const found = read(file);
    const holder = found === undefined ? undefined : parse(found);
    if (holder !== undefined && isRunning(holder)) return { holder };
    if (found !== undefined) discard(file, found, `${partial}.dead`);
  }
}

/** Moves a dead holder's file away: of several who saw it dead one succeeds, and who moved a living one by mistake puts it back. */
function discard(file: string, seen: string, aside: string): void {
  try {
    renameSync(file, aside);
    if (read(aside) !== seen) linkSync(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parse(text: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return undefined; // the disk was full or the machine fell: nobody holds it
  }
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Runs `work` while nobody else of this machine does under the same lock file, after waiting for whoever does. */
export async function withLock<T>(file: string, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  let waiting = false;
  for (;;) {
    const attempt = tryLock(file);
    if ('release' in attempt) {
      try {
        return await work();
      } finally {
        attempt.release();
      }
    }
    const { holder } = attempt;
    if (!waiting)
      say(
        `Chờ tiến trình ${holder.pid} đang làm cùng việc · waiting for process ${holder.pid}, which is at the same work (${file})`,
      );
    waiting = true;
    await waitUntil(() => read(file) === undefined || !isRunning(holder), 60_000);
  }
}
