import type pg from 'pg';
import { type Law } from '../../domain/law/law.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type LoadedLaw, loadLaw } from './law.js';
import { type Bell } from '../bell.js';
import { rows } from '../pool.js';

/** Where whoever decides takes the law from: one of one moment, which stays as it is. */
export interface LawSource {
  /** The newest that was loaded. */
  current(): LoadedLaw;
  /** The newest, after somebody has seen `version` in the register; left out: after one short question to it. */
  atLeast(version?: number): Promise<LoadedLaw>;
}

/** A source that looks for newer law by itself. */
export interface LiveLaw extends LawSource {
  /** Asks no more by itself. */
  stop(): void;
}

/** A law that never changes, for tests and previews: newer than anything. */
export function fixedLaw(law: Law, catalogue: Catalogue): LawSource {
  const loaded = { law, catalogue, version: Number.POSITIVE_INFINITY };
  return { current: () => loaded, atLeast: () => Promise.resolve(loaded) };
}

interface LiveLawOptions {
  readonly pollMs?: number;
  /** Says when there is a newer one: then it is looked for rarely. */
  readonly bell?: Bell;
  /** Told when the register could not be asked; it is asked again. */
  readonly onError?: (error: unknown) => void;
}

const restMs = 5_000;

/** Loads the law and looks for a newer one twice a second, or every five seconds where somebody says so. Throws when nothing was seeded. */
export async function createLiveLaw(pool: pg.Pool, options: LiveLawOptions = {}): Promise<LiveLaw> {
  const { pollMs = 500, bell, onError = () => undefined } = options;
  let loaded = await loadLaw(pool);
  let loading: Promise<void> | undefined;
  let askedAt = performance.now();
  const refresh = (): Promise<void> => {
    askedAt = performance.now();
    loading ??= (async () => {
      const [row] = await rows<{ version: number }>(pool, 'select version from catalogue_rules', [], 'law-version');
      if (row && row.version > loaded.version) loaded = await loadLaw(pool);
    })().finally(() => (loading = undefined));
    return loading;
  };
  const look = (): void => void refresh().catch(onError);
  const timer = setInterval(() => {
    if (bell?.listens !== true || performance.now() - askedAt >= restMs) look();
  }, pollMs);
  timer.unref();
  bell?.on('law', look);
  return {
    current: () => loaded,
    atLeast: async (version = Number.POSITIVE_INFINITY) => {
      if (loaded.version < version) await refresh();
      return loaded;
    },
    stop: () => clearInterval(timer),
  };
}
