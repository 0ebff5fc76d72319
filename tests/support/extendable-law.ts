import { createLaw, type Law } from '../../domain/law/law.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import { catalogue } from '../../seeds/index.js';

/** A catalogue in which a clause lets the term of this procedure be extended once, by so many working days: the law read gives none. */
export function extendable(seeded: Catalogue, code = 'irc-ordinary', amount = 10): Catalogue {
  const versions = (seeded.procedures.get(code) ?? []).map((definition) => ({
    ...definition,
    clockPolicy: {
      ...definition.clockPolicy,
      maxExtensions: 1,
      extensionMax: { amount, unit: 'working-day' as const },
    },
  }));
  return { ...seeded, procedures: new Map([...seeded.procedures, [code, versions]]) };
}

export const extendableLaw: Law = createLaw(extendable(catalogue()));
