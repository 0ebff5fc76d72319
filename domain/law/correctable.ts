import { refuse } from '../errors.js';
import type { FactValue } from '../schemas/procedure.js';
import { filingFields, filingValues, type FilingField } from './filing-fields.js';
import type { Text } from './agency.js';
import type { ProjectFacts } from './rules.js';

/** What a fact may be: one of a few codes, yes or no, or a number between two bounds (`whole`: without a fraction). */
type FactKind =
  | { readonly kind: 'code'; readonly values: Readonly<Record<string, Text>> }
  | { readonly kind: 'truth' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly whole: boolean };

interface Correctable {
  readonly name: Text;
  readonly is: FactKind;
}

const text = (vi: string, en: string): Text => ({ vi, en });
const named = (attr: FilingField, is: FactKind): Correctable => ({ name: filingFields[attr].name, is });
const code = (attr: FilingField): Correctable => named(attr, { kind: 'code', values: filingValues[attr] ?? {} });
const truth = (attr: FilingField): Correctable => named(attr, { kind: 'truth' });
const number = (attr: FilingField, least: number, most: number, whole = true): Correctable =>
  named(attr, { kind: 'number', least, most, whole });

/** Facts of a project that can be confirmed or put right. Who the investor is is none of them: that is another filing. */
const correctable: Readonly<Record<string, Correctable>> = {
  'project.site.zone': code('project.site.zone'),
  'project.site.land': code('project.site.land'),
  'project.capital.foreignShare': number('project.capital.foreignShare', 0, 1, false),
  'project.construction': truth('project.construction'),
  'project.feasibilityGroup': code('project.feasibilityGroup'),
  'project.environmentalGroup': code('project.environmentalGroup'),
  'project.importsEquipment': truth('project.importsEquipment'),
  'project.foreignExperts': number('project.foreignExperts', 0, 100_000),
  'project.restrictedTechnology': truth('project.restrictedTechnology'),
  'project.highTechListed': truth('project.highTechListed'),
  'project.internationallyLinked': truth('project.internationallyLinked'),
  'project.keyProjectListed': truth('project.keyProjectListed'),
  'project.classOneWorks': truth('project.classOneWorks'),
  'project.feasibilityAppraisedByAgency': truth('project.feasibilityAppraisedByAgency'),
  'project.fireListedWorks': truth('project.fireListedWorks'),
  'project.eiaRequired': truth('project.eiaRequired'),
  'project.environmentalPermitShortForm': truth('project.environmentalPermitShortForm'),
  'project.defenceSensitiveArea': truth('project.defenceSensitiveArea'),
  'project.article24Clause': number('project.article24Clause', 1, 30),
  'project.technologyTransferContract': truth('project.technologyTransferContract'),
  'project.primeMinisterCase': truth('project.primeMinisterCase'),
  'project.adjustment.policyApproval': truth('project.adjustment.policyApproval'),
  // No filing says these: an officer finds them out.
  'project.site.functionalArea': {
    name: text(
      'Địa điểm nằm trong khu chức năng của khu kinh tế',
      'The site lies in a functional area of the economic zone',
    ),
    is: { kind: 'truth' },
  },
  'project.article30Item': {
    name: text(
      'Trường hợp lựa chọn nhà đầu tư theo Điều 30 khoản 6 Nghị định 96/2026/NĐ-CP',
      'Item of Art. 30.6 of Decree 96/2026/NĐ-CP by which the investor is chosen',
    ),
    is: { kind: 'code', values: { c: text('Điểm c', 'Item c'), d: text('Điểm d', 'Item d') } },
  },
};

export const correctableFacts: readonly string[] = Object.keys(correctable);

/** What a fact is called and may be; undefined for one that cannot be put right. */
export const factWords = (attr: string): Correctable | undefined =>
  Object.hasOwn(correctable, attr) ? correctable[attr] : undefined;

/** The facts as given. Refuses `VALIDATION_FAILED` for none, one that cannot be put right, or a value that it cannot have. */
export function checkedFacts(facts: ProjectFacts): ProjectFacts {
  const given = Object.entries(facts);
  if (given.length === 0) refuse('VALIDATION_FAILED', { field: 'facts', missing: true });
  for (const [attr, value] of given) {
    const words =
      factWords(attr) ?? refuse('VALIDATION_FAILED', { field: 'facts', unknown: attr, known: correctableFacts });
    if (!fits(words.is, value)) refuse('VALIDATION_FAILED', { field: `facts.${attr}`, ...allowed(words.is) });
  }
  return facts;
}

function fits(is: FactKind, value: FactValue): boolean {
  switch (is.kind) {
    case 'code':
      return typeof value === 'string' && Object.hasOwn(is.values, value);
    case 'truth':
      return typeof value === 'boolean';
    case 'number':
      return (
        typeof value === 'number' && value >= is.least && value <= is.most && (!is.whole || Number.isInteger(value))
      );
  }
}

function allowed(is: FactKind): Record<string, unknown> {
  switch (is.kind) {
    case 'code':
      return { allowed: Object.keys(is.values) };
    case 'truth':
      return { allowed: [true, false] };
    case 'number':
      return { from: is.least, to: is.most };
  }
}
