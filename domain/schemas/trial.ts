import { z } from 'zod';
import { Code } from './agency.js';
import { FiledDocument, type Filing, Investor, known, money, maxVnd, zones } from './project.js';
import { both, line, paragraphs } from './text.js';

const place = z.strictObject({
  zone: z.enum(zones),
  /** Where in the zone: a building, a route, a flight box. */
  area: line(200),
});

/** What is to be tried. `field`: a code of the regimes' fields. null = not known yet: an officer decides where a rule asks for it. */
export const Solution = z.strictObject({
  name: z.strictObject({ vi: line(300), en: line(300) }),
  summary: z.strictObject({ vi: paragraphs(4000), en: paragraphs(4000) }),
  field: Code,
  sites: z.array(place).min(1).max(20),
  /** Civil months. */
  months: z.number().int().min(1).max(120),
  users: z.number().int().min(0).max(100_000_000).nullable(),
  valueVnd: money(maxVnd).nullable(),
  dataLocation: z.enum(['none', 'in-country', 'abroad']).nullable(),
  crossBorder: known,
  otherProvinces: known,
  realUsers: known,
  directLegalEffect: known,
  sensitiveData: known,
  nationalSecuritySystem: known,
  closedTest: known,
  canHarm: known,
  insured: known,
  regulatedByLaw: known,
  /** Values of the limits that are declared once, by their code, e.g. `take-off-mass`; of a set, everything that is in it. */
  declared: z
    .record(Code, z.union([z.number(), z.boolean(), line(100), z.array(line(100)).min(1).max(50)]))
    .refine((given) => Object.keys(given).length <= 50, both('nhiều nhất 50', 'at most 50')),
  /** The rules that stand in the way. */
  exemptionsSought: z.array(z.strictObject({ act: line(300), article: line(100) })).max(50),
});
export type Solution = z.infer<typeof Solution>;

export const Applicant = Investor.extend({
  kind: Code,
  operatesInPark: known,
  smallOrStartUp: known,
});
export type Applicant = z.infer<typeof Applicant>;

/** Body of `POST /cases` for a sandbox trial. `regime` left out: the one that takes it. */
export const SandboxFiling = z
  .strictObject({
    kind: z.literal('sandbox'),
    regime: Code.exactOptional(),
    solution: Solution,
    applicant: Applicant,
    /** The dossier of the admission, as far as it is given with the filing. */
    documents: z.array(FiledDocument.omit({ procedure: true })).max(50),
    assumed: z.array(line(200)).max(100).exactOptional(),
    sources: z.array(line(500)).max(100).exactOptional(),
  })
  .meta({ id: 'SandboxFiling', description: 'One solution to be tried under a sandbox regime' });
export type SandboxFiling = z.infer<typeof SandboxFiling>;

/** What a case was filed with, as the register keeps it. */
export type AnyFiling = Filing | SandboxFiling;
