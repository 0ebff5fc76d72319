import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';

/** A log file that is appended to line by line. */
export interface LineLog {
  write(line: string): void;
}

interface LogOptions {
  /** Told once when lines begin to be lost, and once when they are kept again. */
  readonly say?: (line: string) => void;
  /** Default: the file system. */
  readonly append?: (file: string, text: string) => void;
}

const mostBytes = 10_000_000;
const append = (file: string, text: string): void => appendFileSync(file, text, { mode: 0o600 });

/**
 * A log only tells and never ends what works: a line that cannot be written is lost, and that is said. At ten megabytes the file becomes `….old` and a new
 * one begins.
 */
export function openLog(file: string, options: LogOptions = {}): LineLog {
  const { say = () => undefined } = options;
  const write = options.append ?? append;
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let lost = 0;
  return {
    write(line) {
      const text = `${line}\n`;
      try {
        if (bytes > mostBytes) {
          renameSync(file, `${file}.old`);
          bytes = 0;
        }
        write(file, text);
        bytes += Buffer.byteLength(text);
        if (lost === 0) return;
        const count = lost;
        lost = 0;
        say(`${file}: ghi lại được, đã mất ${count} dòng · can be written again, ${count} lines were lost`);
      } catch (error) {
        lost += 1;
        if (lost === 1) say(`${file}: không ghi được · cannot be written (${codeOf(error)})`);
      }
    },
  };
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** Removes what a write that failed left half-way; whoever failed says why. */
export function removePartial(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // the same disk is in trouble: the next start removes it
  }
}
