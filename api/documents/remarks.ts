import { type Remark } from '../../db/register/documents.js';
import { type PageText } from '../../domain/drafting/words.js';
import { type Asked, createBoundedChild } from './bounded-child.js';
import { createTurns } from '../turns.js';

/** Looks into documents that came in, one after the other, the persons who sent them in turn. */
export interface Inspector {
  /** What the officer should know of a document; null: nothing. `not-looked-into`: its turn did not come, which says nothing of the document. */
  remarkOn(path: string, mediaType: string, person: string): Promise<Remark | null>;
  /** What its pages say, as far as it is text; empty where nothing can be read; null: its turn did not come. */
  textOf(path: string, mediaType: string, person: string): Promise<readonly PageText[] | null>;
  /** The number of the process that looks; undefined: none runs. */
  pid(): number | undefined;
  close(): Promise<void>;
}

interface InspectorOptions {
  /** Questions, two for each document, that one person may have waiting. */
  readonly perPerson?: number;
  /** How long one may wait for its turn. */
  readonly waitMs?: number;
  /** What kept the process from its work that is no document's fault. */
  readonly onFault?: (what: string) => void;
}

/** Reading ends by itself after three seconds; what is longer is a file that means harm. */
const longestMs = { 'look-into': 10_000, 'read-text': 20_000 };

/**
 * In a process of its own, within bounds of memory. What cannot be looked into in ten seconds, or within them, counts as unreadable; what cannot be read in twenty has no
 * text. The wait for the turn is not counted.
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const { perPerson = 40, waitMs = 30_000, onFault = () => undefined } = options;
  const child = createBoundedChild(onFault);
  const turns = createTurns({ perPerson, waitMs });
  const ask = async (person: string, program: Asked['program'], path: string) => {
    // Its start counts for nobody's wait.
    if (!(await child.ready())) return 'undone';
    return (await turns.take(person, () => child.ask({ program, path }, longestMs[program]))) ?? 'undone';
  };
  return {
    async remarkOn(path, mediaType, person) {
      if (mediaType !== 'application/pdf') return null;
      const ended = await ask(person, 'look-into', path);
      if (ended === 'undone') return 'not-looked-into';
      return ended === 'failed' ? 'unreadable' : (ended.answer as Remark | null);
    },
    async textOf(path, mediaType, person) {
      if (mediaType !== 'application/pdf') return [];
      const ended = await ask(person, 'read-text', path);
      if (ended === 'undone') return null;
      // Broken, locked or hostile: the remark says so, and no draft quotes it.
      return ended === 'failed' ? [] : (ended.answer as readonly PageText[]);
    },
    pid: () => child.pid(),
    close: () => {
      turns.close();
      child.close();
      return Promise.resolve();
    },
  };
}
