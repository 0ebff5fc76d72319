import { zoneWords } from '../../domain/law/filing-fields.js';
import { countryName } from '../parts/countries.js';
import type { Word, Words } from '../words/words.js';

/** What people call the facts of a project that rules know, by their path. */
const names: Readonly<Record<string, Word>> = {
  'project.field': 'factField',
  'project.site.zone': 'factZone',
  'project.site.land': 'factLand',
  'project.site.areaM2': 'factArea',
  'project.construction': 'factConstruction',
  'project.feasibilityGroup': 'factFeasibilityGroup',
  'project.environmentalGroup': 'factEnvironmentalGroup',
  'project.capital.foreignShare': 'factForeignShare',
  'project.capital.totalVnd': 'factCapitalVnd',
  'investor.country': 'factCountry',
  'investor.registrationNumber': 'factRegistrationNumber',
  'project.foreignExperts': 'factForeignExperts',
  'project.importsEquipment': 'factImportsEquipment',
  'project.restrictedTechnology': 'factRestrictedTechnology',
  'project.highTechListed': 'factHighTechListed',
  'project.strategicInvestor': 'factStrategicInvestor',
  'project.classOneWorks': 'factClassOneWorks',
  'project.feasibilityAppraisedByAgency': 'factFeasibilityAppraised',
  'project.fireListedWorks': 'factFireListedWorks',
  'project.eiaRequired': 'factEiaRequired',
  'project.environmentalPermitShortForm': 'factPermitShortForm',
  'project.defenceSensitiveArea': 'factDefenceSensitive',
  'project.article24Clause': 'factArticle24',
  'project.technologyTransferContract': 'factTransferContract',
  'project.primeMinisterCase': 'factPrimeMinister',
  'project.internationallyLinked': 'factInternationallyLinked',
  'project.keyProjectListed': 'factKeyProject',
  'project.termYears': 'factTermYears',
  'project.site.functionalArea': 'factFunctionalArea',
  'project.article30Item': 'factArticle30',
  'project.adjustment.change': 'factAdjustment',
  'project.adjustment.licensedBy': 'factLicensedBy',
  'project.adjustment.policyApproval': 'factPolicyApproval',
};

/** Codes of fields and zones read the same in both languages; what has a name of its own is named. */
const values: Readonly<Record<string, Word>> = {
  'leased-factory': 'landLeasedFactory',
  'infrastructure-sublease': 'landSublease',
  'cleared-land': 'landCleared',
  'state-land': 'landState',
  'own-land': 'landOwn',
  none: 'none',
};

/** A fact's name; its path where none was given. */
export const factName = (path: string, { t }: Words): string => {
  const word = names[path];
  return word === undefined ? path : t(word);
};

/** A fact's value in words: yes, no, unknown, a named code, or as it is. */
export function factValue(path: string, value: unknown, { t, say, number, percent, language }: Words): string {
  if (value === null || value === undefined) return t('unknown');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number' && path === 'project.capital.foreignShare') return percent(value);
  if (typeof value === 'number') return number(value, Number.isInteger(value) ? 0 : 2);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (path === 'investor.country') return countryName(value, language);
  if (path === 'project.site.zone' && Object.hasOwn(zoneWords, value))
    return say(zoneWords[value as keyof typeof zoneWords].name);
  const word = values[value];
  return word === undefined ? value : t(word);
}
