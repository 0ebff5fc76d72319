import { z } from 'zod';
import { describeField, type FieldPath } from '../law/filing-words.js';
import { both, line, paragraphs } from './text.js';

/**
 * Fields of technology a project may name. The codes and the selection are ours; the fields are those the City's Programme 3301/QĐ-UBND, its Digital
 * Transformation Strategy and the plan for Resolution 57 name as priorities. The City publishes no list of codes.
 */
export const fields = [
  'semiconductors',
  'electronics',
  'data-centres',
  'cloud',
  'high-performance-computing',
  'ai',
  'big-data',
  'blockchain',
  'internet-of-things',
  'ict',
  'telecommunications',
  'satellite-communications',
  'software',
  'cybersecurity',
  'digital-infrastructure',
  'digital-content',
  'digital-finance',
  'digital-logistics',
  'maritime-technology',
  'marketing-technology',
  'automation',
  'robotics',
  'smart-manufacturing',
  'precision-mechanics',
  'unmanned-vehicles',
  'renewable-energy',
  'biotech',
  'high-tech-agriculture',
  'medical-technology',
  'advanced-materials',
  'research-and-development',
  'other-high-technology',
] as const;

export const zones = ['SHTP', 'HEPZA', 'DTP', 'FTZ', 'IFC', 'EZ', 'QTSC', 'none'] as const;
export const lands = ['leased-factory', 'infrastructure-sublease', 'cleared-land', 'state-land', 'own-land'] as const;

export const feasibilityGroups = ['A', 'B', 'C'] as const;
export const environmentalGroups = ['none', 'III', 'II', 'I'] as const;
export const changes = ['name-schedule-address', 'outside-approval', 'other'] as const;
export const licensings = ['standard', 'special', 'strategic'] as const;
export const languages = ['vi', 'en'] as const;

const decimal = /^(0|[1-9]\d*)(\.\d{1,2})?$/;

/** Money as a decimal string above zero, at most two decimals. */
export const money = (limit: string) =>
  z
    .string()
    .max(24)
    .regex(
      decimal,
      both(
        'số thập phân, không dấu cộng trừ, không số mũ, không dấu cách',
        'a decimal number without sign, exponent or spaces',
      ),
    )
    .refine((text) => /[1-9]/.test(text), both('phải lớn hơn không', 'more than zero'))
    .refine((text) => !decimal.test(text) || isAtMost(text, limit), both(`nhiều nhất ${limit}`, `at most ${limit}`));

/** Compares unsigned whole parts by length, then by digits: no floating point touches money. */
function isAtMost(text: string, limit: string): boolean {
  const whole = text.split('.')[0] ?? '';
  return whole.length < limit.length || (whole.length === limit.length && whole <= limit);
}

/** 10,000 trillion dong, about a year of the country's output: whatever is above it is a slip of the pen. */
export const maxVnd = '10000000000000000';
const maxUsd = '1000000000000';

export const known = z.boolean().nullable();
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().exactOptional();
/** The same schema with what the contract says of the field. */
const told = <Schema extends z.ZodType>(path: FieldPath, schema: Schema): Schema =>
  schema.meta({ description: describeField(path) });

export const Project = z.strictObject({
  name: z.strictObject({ vi: told('project.name.vi', line(300)), en: told('project.name.en', line(300)) }),
  field: told('project.field', z.enum(fields)),
  summary: z.strictObject({
    vi: told('project.summary.vi', paragraphs(4000)),
    en: told('project.summary.en', paragraphs(4000)),
  }),
  site: z.strictObject({
    zone: told('project.site.zone', z.enum(zones).nullable()),
    lot: told('project.site.lot', line(200).nullable()),
    areaM2: told('project.site.areaM2', z.number().positive().max(100_000_000)),
    land: told('project.site.land', z.enum(lands)),
  }),
  capital: z.strictObject({
    totalVnd: told('project.capital.totalVnd', money(maxVnd)),
    totalUsd: told('project.capital.totalUsd', money(maxUsd).nullable()),
    foreignShare: told('project.capital.foreignShare', z.number().min(0).max(1)),
  }),
  // Law 143/2025/QH15: 50 years, 70 in difficult areas or for capital that returns slowly.
  termYears: told('project.termYears', z.number().int().min(1).max(70)),
  construction: told('project.construction', z.boolean()),
  feasibilityGroup: told('project.feasibilityGroup', z.enum(feasibilityGroups).nullable()),
  environmentalGroup: told('project.environmentalGroup', z.enum(environmentalGroups).nullable()),
  importsEquipment: told('project.importsEquipment', known),
  foreignExperts: told('project.foreignExperts', z.number().int().min(0).max(100_000).nullable()),
  staffAfterThreeYears: told('project.staffAfterThreeYears', z.number().int().min(0).max(1_000_000).nullable()),
  restrictedTechnology: told('project.restrictedTechnology', known),
  highTechListed: told('project.highTechListed', known),
  internationallyLinked: told('project.internationallyLinked', known),
  strategicInvestor: told('project.strategicInvestor', known),
  keyProjectListed: told('project.keyProjectListed', known),
  // What the example projects leave out; a missing one is presumed as the catalogue of attributes says.
  classOneWorks: told('project.classOneWorks', optional(z.boolean())),
  feasibilityAppraisedByAgency: told('project.feasibilityAppraisedByAgency', optional(z.boolean())),
  fireListedWorks: told('project.fireListedWorks', optional(z.boolean())),
  eiaRequired: told('project.eiaRequired', optional(z.boolean())),
  environmentalPermitShortForm: told('project.environmentalPermitShortForm', optional(z.boolean())),
  defenceSensitiveArea: told('project.defenceSensitiveArea', optional(z.boolean())),
  article24Clause: told('project.article24Clause', optional(z.number().int().min(1).max(30))),
  technologyTransferContract: told('project.technologyTransferContract', optional(z.boolean())),
  primeMinisterCase: told('project.primeMinisterCase', optional(z.boolean())),
  /** A change of a licensed project. What licensed it is the register's to say: a filing names the case instead. */
  adjustment: optional(
    z.strictObject({
      change: told('project.adjustment.change', z.enum(changes)),
      licensedBy: told('project.adjustment.licensedBy', z.enum(licensings)),
      policyApproval: told('project.adjustment.policyApproval', optional(z.boolean())),
    }),
  ),
});
export type Project = z.infer<typeof Project>;

const notACountry = both(
  'cần mã nước gồm hai chữ hoa, ví dụ NL cho Hà Lan',
  'a country code of two capitals is needed, for example NL for the Netherlands',
);
const notANumber = both(
  'mã số gồm 5 đến 30 chữ số, chữ hoa, dấu chấm, gạch nối hoặc gạch chéo, ví dụ 0312345678',
  'a number of 5 to 30 digits, capitals, points, hyphens or slashes, for example 0312345678',
);

export const Investor = z.strictObject({
  name: told('investor.name', line(300)),
  /** ISO 3166-1 alpha-2. */
  country: told('investor.country', z.string().regex(/^[A-Z]{2}$/, notACountry)),
  /** Of a company already registered in Viet Nam; null = none yet. */
  registrationNumber: told(
    'investor.registrationNumber',
    z
      .string()
      .regex(/^[0-9A-Z][0-9A-Z.\-/]{4,29}$/, notANumber)
      .nullable(),
  ),
  language: told('investor.language', z.enum(languages)),
});
export type Investor = z.infer<typeof Investor>;

/** A document given with the filing: what it is in the dossier of which procedure, and the id under which it was uploaded. */
export const FiledDocument = z.strictObject({
  procedure: told('documents[].procedure', z.string().regex(/^[a-z][a-z0-9-]{1,63}$/)),
  code: told('documents[].code', z.string().regex(/^[a-z][a-z0-9-]{1,63}$/)),
  documentId: told('documents[].documentId', line(100)),
});
export type FiledDocument = z.infer<typeof FiledDocument>;

/** Body of `POST /cases` for the green lane, and of `POST /screenings`. Unknown fields are refused. `assumed` and `sources` are remarks. */
export const Filing = z
  .strictObject({
    kind: told('kind', z.literal('green-lane')),
    project: Project,
    investor: Investor,
    documents: z.array(FiledDocument).max(200),
    assumed: z
      .array(told('assumed[]', line(200)))
      .max(100)
      .exactOptional(),
    sources: z
      .array(told('sources[]', line(500)))
      .max(100)
      .exactOptional(),
  })
  .meta({ id: 'GreenLaneFiling', description: 'One high-tech project, filed once' });
export type Filing = z.infer<typeof Filing>;
