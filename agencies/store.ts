import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const Line = z.tuple([z.string(), z.string(), z.unknown()]);

/** Rows by id, in the order of their first insertion. */
export interface Table<T> {
  get(id: string): T | undefined;
  put(id: string, row: T): void;
  all(): T[];
}

/**
 * What the agencies remember. With a file, each `put` is one JSON line written before it returns, so a killed process loses nothing
 * it answered for; the file is compacted at start. A half-written last line (killed in the act) was never answered for and is dropped.
 */
export class Store {
  readonly #rows = new Map<string, Map<string, unknown>>();
  readonly #file: number | null;
  #closed = false;

  constructor(path: string | null) {
    if (path === null) {
      this.#file = null;
      return;
    }
    if (existsSync(path)) this.#load(path);
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(`${path}.new`, this.#lines(), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } finally {
      rmSync(`${path}.new`, { force: true });
    }
    this.#file = openSync(path, 'a', 0o600);
  }

  table<T>(name: string, schema: z.ZodType<T>): Table<T> {
    const stored = this.#rowsOf(name);
    const rows = new Map<string, T>();
    for (const [id, row] of stored) rows.set(id, schema.parse(row));
    return {
      get: (id) => rows.get(id),
      all: () => [...rows.values()],
      put: (id, row) => {
        // A late request must not write into a descriptor that is somebody else's by now.
        if (this.#closed) throw new Error('the state is closed');
        if (this.#file !== null) append(this.#file, `${JSON.stringify([name, id, row])}\n`);
        rows.set(id, row);
      },
    };
  }

  close(): void {
    this.#closed = true;
    if (this.#file !== null) closeSync(this.#file);
  }

  #rowsOf(name: string): Map<string, unknown> {
    let rows = this.#rows.get(name);
    if (!rows) this.#rows.set(name, (rows = new Map()));
    return rows;
  }

  #load(path: string): void {
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.pop();
    lines.forEach((line, index) => {
      try {
        const [table, id, row] = Line.parse(JSON.parse(line));
        this.#rowsOf(table).set(id, row);
      } catch (cause) {
        throw new Error(`${path}, line ${index + 1}: not a state line`, { cause });
      }
    });
  }

  #lines(): string {
    let text = '';
    for (const [table, rows] of this.#rows)
      for (const [id, row] of rows) text += `${JSON.stringify([table, id, row])}\n`;
    return text;
  }
}

/**
 * Appends the whole text or nothing: half a line, left by a full disk, would make the file unreadable at the next start. `write` writes some of the bytes from an
 * offset on and answers how many.
 */
export function append(
  file: number,
  text: string,
  write: (file: number, bytes: Buffer, from: number) => number = writeSync,
): void {
  const before = fstatSync(file).size;
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length;) done += write(file, bytes, done);
  } catch (error) {
    ftruncateSync(file, before);
    throw error;
  }
}
