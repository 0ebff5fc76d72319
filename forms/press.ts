import { createHash } from 'node:crypto';
import { Piscina } from 'piscina';
import { refuse } from '../domain/errors.js';
import { type FormModel } from './model.js';
import { type Sealed, type SealJob } from './pades.js';

/** Draws and seals papers off the caller's thread, keeps what was drawn, and lets nobody take it for themselves. */
export interface Press {
  /** The same model gives the same bytes. `person`: refused RATE_LIMITED while they have too many under way. */
  draw(model: FormModel, person: string): Promise<Buffer>;
  seal(job: SealJob): Promise<Sealed>;
  close(): Promise<void>;
}

interface PressOptions {
  /** Bytes of drawn papers that are kept in memory, the longest unused go first. Nothing on disk: an erasure must reach every print. */
  readonly keepBytes?: number;
  /** Papers that one person may have under way at once. */
  readonly perPerson?: number;
}

/** SHA-256 of what a paper is drawn from, hex: the same model is the same paper. */
export const modelHash = (model: FormModel): string => createHash('sha256').update(JSON.stringify(model)).digest('hex');

const longestMs = 30_000;
/** JavaScript beside this file; else the sources, which Node needs help to run. */
const isBuilt = import.meta.url.endsWith('.js');

/** One thread, started with the first paper: two would take both cores from everybody else. */
export function createPress({ keepBytes = 32 * 1024 * 1024, perPerson = 3 }: PressOptions = {}): Press {
  const pool = new Piscina<FormModel | SealJob, Uint8Array | Sealed>({
    filename: new URL(isBuilt ? './draw.js' : './draw.ts', import.meta.url).href,
    execArgv: isBuilt ? [] : ['--import', import.meta.resolve('tsx')],
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
    maxQueue: 200,
  });
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  const drawing = new Map<string, Promise<Buffer>>();
  const underWay = new Map<string, number>();

  const keep = (key: string, paper: Buffer): void => {
    kept.set(key, paper);
    bytes += paper.length;
    for (const [oldest, { length }] of kept) {
      if (bytes <= keepBytes) return;
      kept.delete(oldest);
      bytes -= length;
    }
  };
  const drawn = (key: string, model: FormModel): Promise<Buffer> => {
    const known = drawing.get(key);
    if (known) return known;
    const work = pool
      .run(model, { signal: AbortSignal.timeout(longestMs) })
      .then((answer) => {
        const paper = answer as Uint8Array;
        const buffer = Buffer.from(paper.buffer, paper.byteOffset, paper.byteLength);
        keep(key, buffer);
        return buffer;
      })
      .finally(() => drawing.delete(key));
    drawing.set(key, work);
    return work;
  };

  return {
    async draw(model, person) {
      const key = modelHash(model);
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const mine = underWay.get(person) ?? 0;
      if (mine >= perPerson) refuse('RATE_LIMITED', { papers: perPerson });
      underWay.set(person, mine + 1);
      try {
        return await drawn(key, model);
      } finally {
        const left = (underWay.get(person) ?? 1) - 1;
        if (left > 0) underWay.set(person, left);
        else underWay.delete(person);
      }
    },
    seal: async (job) => (await pool.run(job, { name: 'seal', signal: AbortSignal.timeout(longestMs) })) as Sealed,
    close: () => pool.destroy(),
  };
}
