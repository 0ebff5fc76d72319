import { type Catalogue, type CatalogueData } from '../../domain/law/catalogue.js';

/** The law as far as a dry run asks for it: enough to build a catalogue in which the same filing becomes the same. */
export function lawOfScreening(catalogue: Catalogue): CatalogueData {
  const { asOf, calendar, agencies, procedures, rules, pathways, calendars, settings } = catalogue;
  return {
    asOf,
    calendar: calendar.data.code,
    agencies: [...agencies.values()],
    procedures: [...procedures.values()].flat(),
    rules,
    pathways,
    calendars: [...calendars.values()].map(({ data }) => data),
    forms: [],
    // A dry run of a project asks for no regime, nor for what the City has set for one.
    regimes: [],
    settings: { ...settings, sandbox: { ...settings.sandbox, regimes: {} } },
  };
}
