import type { FormDefinition } from '../schemas/forms.js';
import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Settings } from '../schemas/settings.js';
import { type Agencies, type Agency, indexAgencies } from './agency.js';
import { type Calendar, type CalendarData, compileCalendar } from '../time/calendar.js';
import { refuse } from '../errors.js';
import { checkPathway } from './pathway-network.js';
import { indexProcedures, type ProcedureDefinition, type Procedures } from './procedure.js';
import { type AttributeRules, attributesIn } from './rules.js';
import { trialAttributes } from './regime-fit.js';
import { indexRegimes, type Regime, type RegimeInForce } from './regime.js';
import type { PlainDate } from '../time/instants.js';

/** All the law the engine knows, as plain JSON: what the seeds give and the register stores. */
export interface CatalogueData {
  /** The day whose law the newest definitions describe. */
  asOf: PlainDate;
  /** The calendar in which a whole case is counted. */
  calendar: string;
  agencies: readonly Agency[];
  procedures: readonly ProcedureDefinition[];
  rules: AttributeRules;
  pathways: readonly PathwayDefinition[];
  calendars: readonly CalendarData[];
  forms: readonly FormDefinition[];
  regimes: readonly Regime[];
  settings: Settings;
}

/** The same, checked and indexed. Immutable; built once and shared. */
export interface Catalogue {
  readonly asOf: PlainDate;
  readonly calendar: Calendar;
  readonly agencies: Agencies;
  readonly procedures: Procedures;
  readonly rules: AttributeRules;
  readonly pathways: readonly PathwayDefinition[];
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly forms: readonly FormDefinition[];
  /** Every version of every sandbox regime, by version. */
  readonly regimes: ReadonlyMap<string, RegimeInForce>;
  readonly settings: Settings;
}

/** Refuses DEFINITION_INVALID for a graph with a cycle or a dead end, an unknown agency, calendar, procedure or attribute, overlapping versions. */
export function buildCatalogue(data: CatalogueData): Catalogue {
  const calendars = new Map(
    data.calendars.map((calendar) => [calendar.code, compileCalendar(calendar, data.settings.calendarAhead)]),
  );
  const calendar = calendars.get(data.calendar) ?? invalid('unknown calendar', data.calendar);
  const agencies = indexAgencies(data.agencies);
  for (const agency of data.agencies) {
    if (!calendars.has(agency.calendar))
      invalid('unknown calendar', { agency: agency.code, calendar: agency.calendar });
  }
  const regimes = indexRegimes(data.regimes, data.settings.sandbox);
  const procedures = indexProcedures(data.procedures, agencies);
  for (const pathway of data.pathways) checkPathway(pathway, procedures);
  checkAttributes(data);
  const { asOf, rules, pathways, forms, settings } = data;
  return { asOf, calendar, agencies, procedures, rules, pathways, calendars, forms, regimes, settings };
}

/** No rule asks for an attribute that nobody declared: a slip of the pen must not wait for the first project that meets it. */
function checkAttributes({ rules: { attributes, derived }, pathways, procedures, regimes }: CatalogueData): void {
  const known = new Set([...[...attributes, ...derived].map(({ attr }) => attr), ...trialAttributes]);
  const rules = [
    ...attributes.flatMap(({ default: fallback }) => (fallback !== null && 'rule' in fallback ? [fallback.rule] : [])),
    ...derived.flatMap((one) => ('rule' in one ? [one.rule] : one.cases.flatMap(({ when }) => when ?? []))),
    ...pathways.flatMap(({ lawfulWhen }) => lawfulWhen.map(({ rule }) => rule)),
    ...pathways.flatMap((pathway) => pathway.procedures.map(({ requiredWhen }) => requiredWhen)),
    ...pathways.flatMap(({ extraDuties }) => extraDuties.flatMap(({ when }) => when ?? [])),
    ...regimes.flatMap(({ tests }) => tests.map(({ rule }) => rule)),
    ...procedures.flatMap(({ budgetVariants }) => budgetVariants.map(({ when }) => when)),
    ...procedures.flatMap(({ consultations, duties }) =>
      [...consultations, ...duties].flatMap(({ when }) => when ?? []),
    ),
  ];
  const unknown = [...new Set(rules.flatMap(attributesIn))].filter((attr) => !known.has(attr));
  if (unknown.length > 0) invalid('unknown attributes', unknown);
}

const invalid = (reason: string, about: unknown): never => refuse('DEFINITION_INVALID', { reason, about });
