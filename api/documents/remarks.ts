import { Piscina } from 'piscina';
import { type Remark } from '../../db/register/documents.js';
import { type PageText } from '../../domain/drafting/words.js';

/** Looks into documents that came in. */
export interface Inspector {
  /** What the officer should know of a document; null: nothing. */
  remarkOn(path: string, mediaType: string): Promise<Remark | null>;
  /** What its pages say, as far as it is text; empty where nothing can be read. */
  textOf(path: string, mediaType: string): Promise<readonly PageText[]>;
  close(): Promise<void>;
}

const longestMs = 10_000;
/** Reading ends by itself after three seconds; what is longer is the start of the thread, or a file that means harm. */
const longestReadingMs = 20_000;
/** JavaScript beside this file; else the sources, which Node needs help to run. */
const isBuilt = import.meta.url.endsWith('.js');

/** One thread that runs only while there is something to do: two would take both cores from everybody else. */
const threadFor = <Answer>(program: string) =>
  new Piscina<string, Answer>({
    filename: new URL(`./${program}.${isBuilt ? 'js' : 'ts'}`, import.meta.url).href,
    execArgv: isBuilt ? [] : ['--import', import.meta.resolve('tsx')],
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });

/** On threads of its own, the text on another than the remark. What cannot be looked into in ten seconds counts as unreadable, what cannot be read in twenty has no text. */
export function createInspector(): Inspector {
  const looking = threadFor<Remark | null>('look-into');
  const reading = threadFor<readonly PageText[]>('read-text');
  return {
    async remarkOn(path, mediaType) {
      if (mediaType !== 'application/pdf') return null;
      try {
        return await looking.run(path, { signal: AbortSignal.timeout(longestMs) });
      } catch {
        return 'unreadable';
      }
    },
    async textOf(path, mediaType) {
      if (mediaType !== 'application/pdf') return [];
      try {
        return await reading.run(path, { signal: AbortSignal.timeout(longestReadingMs) });
      } catch {
        return []; // Broken, locked or hostile: the remark says so, and no draft quotes it.
      }
    },
    close: async () => {
      await Promise.all([looking.destroy(), reading.destroy()]);
    },
  };
}
