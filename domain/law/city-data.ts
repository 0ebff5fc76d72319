import { admissionProcedure } from './admission-procedure.js';
import type { Agency } from './agency.js';
import { buildCatalogue, type CatalogueData } from './catalogue.js';
import { refuse } from '../errors.js';
import type { CityList } from '../lane/evidence.js';
import { checkMerger } from './merger.js';
import { indexRegimes, regimeVersion, type Regime } from './regime.js';
import type { ProcedureDefinition } from './procedure.js';
import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Settings } from '../schemas/settings.js';
import type { CalendarData } from '../time/calendar.js';
import { addDays, type PlainDate } from '../time/instants.js';

/**
 * Parts of the settings that are published one by one. Lists are published by themselves; of `sandbox` the figures of single regimes are not: they come with a
 * version of the regime.
 */
export const settingParts = [
  'promulgation',
  'ladders',
  'conference',
  'conditionSubjects',
  'fees',
  'notices',
  'reports',
  'evaluations',
  'taskDays',
  'delegation',
  'automation',
  'calendarAhead',
  'observed',
  'sandbox',
  'registers',
] as const satisfies readonly (keyof Settings)[];
export type SettingPart = (typeof settingParts)[number];

/** What the City decides and the engine works by, beside the law: each published by one admin and confirmed by another, with the document behind it. */
export type CityData =
  | { readonly kind: 'list'; readonly code: string; readonly data: CityList }
  | { readonly kind: 'setting'; readonly code: SettingPart; readonly data: unknown }
  | { readonly kind: 'agency'; readonly code: string; readonly data: Agency }
  | { readonly kind: 'pathway'; readonly code: string; readonly data: PathwayDefinition }
  | { readonly kind: 'regime'; readonly code: string; readonly data: Regime };

/** A version of a calendar or of a procedure's definition: published in the same way. */
export type LawVersion =
  | { readonly kind: 'calendar'; readonly code: string; readonly data: CalendarData }
  | { readonly kind: 'procedure'; readonly code: string; readonly data: ProcedureDefinition };

export const cityKinds = [
  'list',
  'setting',
  'agency',
  'pathway',
  'regime',
] as const satisfies readonly CityData['kind'][];

/** Lists of the City that prove a test of the green lane, or open a pathway. */
export const listCodes = ['key-projects', 'high-technologies', 'memoranda', 'strategic-investors'] as const;

/** The catalogue with it. Refuses `DEFINITION_INVALID` or `VALIDATION_FAILED` for what contradicts itself or the rest, `CONFLICT` for a regime's version that is there. */
export function withCityData(data: CatalogueData, change: CityData): CatalogueData {
  switch (change.kind) {
    case 'list': {
      checkList(change.data);
      const lists = data.settings.lists ?? [];
      const others = lists.filter(({ code }) => code !== change.code);
      return { ...data, settings: { ...data.settings, lists: [...others, writable(change.data)] } };
    }
    case 'setting':
      if (change.code === 'observed') checkObserved(data, change.data as Settings['observed']);
      return { ...data, settings: { ...data.settings, [change.code]: settingOver(data.settings, change) } as Settings };
    case 'agency': {
      checkMerger(data, change.data);
      const others = data.agencies.filter(({ code }) => code !== change.code);
      return { ...data, agencies: [...others, change.data] };
    }
    case 'pathway': {
      if (!data.pathways.some(({ code }) => code === change.code)) refuse('NOT_FOUND', { pathway: change.code });
      return { ...data, pathways: data.pathways.map((one) => (one.code === change.code ? change.data : one)) };
    }
    case 'regime':
      return withRegime(data, change.data);
  }
}

/** What a later release asks for beside what was published then comes with its seeds. */
function settingOver(settings: Settings, { code, data }: Extract<CityData, { kind: 'setting' }>): unknown {
  if (code === 'sandbox') return { ...settings.sandbox, ...(data as object), regimes: settings.sandbox.regimes };
  return code === 'taskDays' || code === 'ladders' ? { ...settings[code], ...(data as object) } : data;
}

/** A part as it holds, in the shape in which its next version is published; null: none. */
export function settingHeld(settings: Settings, part: SettingPart): unknown {
  if (part !== 'sandbox') return settings[part] ?? null;
  const { regimes: _regimes, ...own } = settings.sandbox;
  return own;
}

/** The same, refused where the whole would not hold together. */
export function checkedWithCityData(data: CatalogueData, change: CityData): CatalogueData {
  const next = withCityData(data, change);
  buildCatalogue(next);
  return next;
}

/** Durations of procedures that there are. */
function checkObserved({ procedures }: CatalogueData, observed: Settings['observed']): void {
  const known = new Set(procedures.map(({ code }) => code));
  const unknown = (observed?.procedures ?? []).map(({ procedure }) => procedure).filter((code) => !known.has(code));
  if (unknown.length > 0) refuse('VALIDATION_FAILED', { field: 'data.procedures', unknown });
}

type Lists = NonNullable<Settings['lists']>;
const writable = ({ code, name, entries }: CityList): Lists[number] => ({
  code,
  name,
  entries: entries.map((entry) => ({ ...entry })) as Lists[number]['entries'],
});

function checkList({ entries }: CityList): void {
  const seen = new Set<string>();
  for (const { number, from, to } of entries) {
    if (seen.has(number))
      refuse('VALIDATION_FAILED', { field: 'entries', number, reason: 'two entries of one number' });
    if (to !== null && to < from) refuse('VALIDATION_FAILED', { field: 'entries', number, from, to });
    seen.add(number);
  }
}

/** With the admission under it, where enough is known of it to admit anybody. */
function withRegime(data: CatalogueData, regime: Regime): CatalogueData {
  const version = regimeVersion(regime);
  if (data.regimes.some((one) => regimeVersion(one) === version)) refuse('CONFLICT', { version });
  const inForce = indexRegimes([regime], { regimes: ofRegime(data.settings, regime.code) }).get(version);
  const admission = inForce && admissionProcedure(inForce);
  const isNew = admission && !data.procedures.some((one) => one.version === admission.version);
  const from = regime.effectiveFrom;
  const eve = from === null ? null : addDays(from, -1);
  const endsBefore = (to: PlainDate | null) => eve !== null && (to === null || to > eve);
  return {
    ...data,
    // The version before it ends the day before: nothing stored has to be changed for that.
    regimes: [
      ...data.regimes.map((one) =>
        one.code === regime.code && (one.effectiveFrom ?? '') < (from ?? '') && endsBefore(one.effectiveTo)
          ? { ...one, effectiveTo: eve }
          : one,
      ),
      regime,
    ],
    procedures: isNew
      ? [
          ...data.procedures.map((one) =>
            one.code === admission.code && one.validFrom < admission.validFrom && endsBefore(one.validTo)
              ? { ...one, validTo: eve }
              : one,
          ),
          admission,
        ]
      : data.procedures,
  };
}

const ofRegime = ({ sandbox }: Settings, code: string): Settings['sandbox']['regimes'] => {
  const own = sandbox.regimes[code];
  return own ? { [code]: own } : {};
};
