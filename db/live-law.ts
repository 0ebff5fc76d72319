import type pg from 'pg';
import { type Law } from '../domain/case/law.js';
import { type Catalogue } from '../domain/catalogue.js';
import { loadLaw } from './law.js';
import { rows } from './pool.js';

/** The law as the register has it now: every question is answered by the newest law loaded. What must not change half-way takes `inForce`. */
export interface LiveLaw extends Law {
  readonly catalogue: Catalogue;
  readonly version: number;
  /** The law of this moment, which stays as it is. */
  readonly inForce: Law;
  /** Loads what was published since; costs one short query where nothing was. */
  refresh(): Promise<void>;
  /** Asks no more by itself. */
  stop(): void;
}

interface LiveLawOptions {
  readonly pollMs?: number;
  /** Told when the register could not be asked; it is asked again. */
  readonly onError?: (error: unknown) => void;
}

/** Loads the law and looks for a newer one twice a second. Throws when nothing was seeded. */
export async function createLiveLaw(pool: pg.Pool, options: LiveLawOptions = {}): Promise<LiveLaw> {
  const { pollMs = 500, onError = () => undefined } = options;
  let loaded = await loadLaw(pool);
  let loading: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    loading ??= (async () => {
      const [row] = await rows<{ version: number }>(pool, 'select version from catalogue_rules', [], 'law-version');
      if (row && row.version > loaded.version) loaded = await loadLaw(pool);
    })().finally(() => (loading = undefined));
    return loading;
  };
  const timer = setInterval(() => void refresh().catch(onError), pollMs);
  timer.unref();
  const live: LiveLaw = {
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
    get version() {
      return loaded.version;
    },
    get inForce() {
      return loaded.law;
    },
    refresh,
    stop: () => clearInterval(timer),
  };
  liveLaws.add(live);
  return live;
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

// A copy with something changed is a law of its own, and stays as it is.
const liveLaws = new WeakSet<Law>();
const isLive = (law: Law): law is LiveLaw => liveLaws.has(law);

/** What to decide one command by. A law that never changes (tests, previews) is newer than anything. */
export const lawInForce = (law: Law): { readonly law: Law; readonly version: number } =>
  isLive(law) ? { law: law.inForce, version: law.version } : { law, version: Number.POSITIVE_INFINITY };

/** Brings a live law to what the register holds, where somebody has seen `version` there. */
export async function upToDate(law: Law, version = Number.POSITIVE_INFINITY): Promise<void> {
  if (isLive(law) && law.version < version) await law.refresh();
}
