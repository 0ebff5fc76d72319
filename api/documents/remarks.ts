import { Piscina } from 'piscina';
import { type Remark } from '../../db/register/documents.js';

/** Looks into documents that came in. */
export interface Inspector {
  /** What the officer should know of a document; null: nothing. */
  remarkOn(path: string, mediaType: string): Promise<Remark | null>;
  close(): Promise<void>;
}

const longestMs = 10_000;
/** JavaScript beside this file; else the sources, which Node needs help to run. */
const isBuilt = import.meta.url.endsWith('.js');

/** On one thread of its own. What cannot be looked into in ten seconds counts as unreadable. */
export function createInspector(): Inspector {
  const pool = new Piscina<string, Remark | null>({
    filename: new URL(isBuilt ? './look-into.js' : './look-into.ts', import.meta.url).href,
    execArgv: isBuilt ? [] : ['--import', import.meta.resolve('tsx')],
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return {
    async remarkOn(path, mediaType) {
      if (mediaType !== 'application/pdf') return null;
      try {
        return await pool.run(path, { signal: AbortSignal.timeout(longestMs) });
      } catch {
        return 'unreadable';
      }
    },
    close: () => pool.destroy(),
  };
}
