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

/** A source, and for those who only read the law of now under its own name: each question is answered by the newest loaded, two of them perhaps by two. */
export interface LiveLaw extends Law, LawSource {
  /** The catalogue of now, likewise. */
  readonly catalogue: Catalogue;
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
    calendar: (code) => loaded.law.calendar(code),
    get caseCalendar() {
      return loaded.law.caseCalendar;
    },
    commandedByCity: (agency) => loaded.law.commandedByCity(agency),
    procedureAt: (code, at, facts) => loaded.law.procedureAt(code, at, facts),
    procedureVersion: (code, version, facts) => loaded.law.procedureVersion(code, version, facts),
    definition: (version) => loaded.law.definition(version),
    pathway: (code) => loaded.law.pathway(code),
    regime: (version) => loaded.law.regime(version),
    channel: (agency) => loaded.law.channel(agency),
    get laneOwner() {
      return loaded.law.laneOwner;
    },
    get receivingAgency() {
      return loaded.law.receivingAgency;
    },
    get dossierIdentifier() {
      return loaded.law.dossierIdentifier;
    },
    get settings() {
      return loaded.law.settings;
    },
    get changes() {
      return loaded.law.changes;
    },
    catalogue: liveCatalogue(() => loaded.catalogue),
    stop: () => clearInterval(timer),
  };
}

const liveCatalogue = (newest: () => Catalogue): Catalogue => ({
  get asOf() {
    return newest().asOf;
  },
  get calendar() {
    return newest().calendar;
  },
  get agencies() {
    return newest().agencies;
  },
  get procedures() {
    return newest().procedures;
  },
  get rules() {
    return newest().rules;
  },
  get regimes() {
    return newest().regimes;
  },
  get pathways() {
    return newest().pathways;
  },
  get calendars() {
    return newest().calendars;
  },
  get forms() {
    return newest().forms;
  },
  get settings() {
    return newest().settings;
  },
});
