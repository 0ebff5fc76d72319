import { z } from 'zod';
import { buildCatalogue, type Catalogue, type CatalogueData } from '../domain/law/catalogue.js';
import { Agency } from '../domain/schemas/agency.js';
import { FormDefinition } from '../domain/schemas/forms.js';
import { PathwayCatalogue } from '../domain/schemas/pathway.js';
import { WrittenDefinition } from '../domain/schemas/procedure.js';
import { Regime } from '../domain/schemas/regime.js';
import { Settings } from '../domain/schemas/settings.js';
import { admissionProcedure } from '../domain/law/admission-procedure.js';
import { indexRegimes } from '../domain/law/regime.js';
import { Filing } from '../domain/schemas/project.js';
import { SandboxFiling } from '../domain/schemas/trial.js';
import { calendars } from './calendars.js';
import { readSeed } from './read.js';

export { people } from './people.js';

/** Every seeded agency, validated. Fields no source confirmed are named in `unverified`. */
export const agencies: readonly Agency[] = z.array(Agency).parse(readSeed('agencies.json'));

/** Real projects from public reports; what the reports leave open is listed in `assumed`. */
export const exampleProjects: Readonly<Record<'besi' | 'cmc' | 'besi-2', Filing>> = {
  besi: Filing.parse(readSeed('projects/besi.json')),
  cmc: Filing.parse(readSeed('projects/cmc.json')),
  /** An adjustment of the first: filed with the case that licensed it. */
  'besi-2': Filing.parse(readSeed('projects/besi-phase-2.json')),
};

/** Two invented trials under two real regimes; what is invented is listed in `assumed`. */
export const exampleTrials: Readonly<Record<'drone' | 'ai', SandboxFiling>> = {
  drone: SandboxFiling.parse(readSeed('trials/drone-delivery.json')),
  ai: SandboxFiling.parse(readSeed('trials/ai-triage.json')),
};

let data: CatalogueData | undefined;
let built: Catalogue | undefined;

/** Everything seeded about the law as plain JSON, validated by its schemas: what the register is filled from. */
export function catalogueData(): CatalogueData {
  if (data === undefined) {
    const { asOf, attributes, derived, pathways } = PathwayCatalogue.parse(readSeed('pathways.json'));
    const procedures = z.array(WrittenDefinition).parse(readSeed('procedures.json'));
    const settings = Settings.parse(readSeed('settings.json'));
    const forms = z.array(FormDefinition).parse(readSeed('forms.json'));
    const regimes = z.array(Regime).parse(readSeed('regimes.json'));
    const { sandbox } = settings;
    // An admission under a regime is a procedure like any other.
    const admissions = [...indexRegimes(regimes, sandbox).values()].flatMap((one) => admissionProcedure(one) ?? []);
    const rules = { attributes, derived };
    data = {
      asOf,
      calendar: 'vn-state',
      agencies,
      procedures: [...procedures, ...admissions],
      regimes,
      rules,
      pathways,
      calendars,
      forms,
      settings,
    };
  }
  return data;
}

/** The seeded law, checked and indexed once. */
export function catalogue(): Catalogue {
  built ??= buildCatalogue(catalogueData());
  return built;
}
