import { z } from 'zod';
import { Code, Text } from './agency.js';
import { Day, DutyDefinition, FactValue, Phase, Rule } from './procedure.js';

const Attribute = z.string().regex(/^(project|investor)(\.[a-zA-Z0-9]+)+$/);

/** One attribute of a filing that rules may ask for. `default` fills a missing value: by a rule, or by what is presumed. */
export const AttributeDefinition = z.strictObject({
  attr: Attribute,
  values: z.array(FactValue).nullable(),
  default: z.union([z.strictObject({ rule: Rule }), z.strictObject({ presumed: FactValue })]).nullable(),
  note: z.string().nullable(),
});
export type AttributeDefinition = z.infer<typeof AttributeDefinition>;

const derivedFields = {
  attr: z.string().regex(/^derived\.[a-zA-Z]+$/),
  clause: z.string().nullable(),
  verified: z.boolean(),
  note: z.string().nullable(),
};
/** An attribute computed from others: a verdict (true, false, null = unknown), or the value of the first case that holds. */
export const DerivedDefinition = z.union([
  z.strictObject({ ...derivedFields, rule: Rule }),
  z.strictObject({
    ...derivedFields,
    cases: z.array(z.strictObject({ when: Rule.nullable(), value: FactValue })).min(1),
  }),
]);
export type DerivedDefinition = z.infer<typeof DerivedDefinition>;

/** One condition under which a pathway is lawful, in words and as a rule. */
export const LawfulCondition = z.strictObject({
  rule: Rule,
  clause: z.string().min(1),
  verified: z.boolean(),
  text: Text,
});
export type LawfulCondition = z.infer<typeof LawfulCondition>;

export const PathwayProcedure = z.strictObject({
  procedure: Code,
  phase: Phase,
  mandatory: z.boolean(),
  requiredWhen: Rule,
  clause: z.string().min(1),
  verified: z.boolean(),
  after: z.array(
    z.strictObject({
      procedure: Code,
      /** `finish-to-start`: the dossier may only be lodged then. `result-needed`: the same for the plan; the result is part of the dossier. */
      kind: z.enum(['finish-to-start', 'result-needed']),
    }),
  ),
  /** Events the procedure waits for. `undatable`: nothing in the plan brings it about, so dates behind it are only the earliest. */
  gates: z.array(z.strictObject({ event: Code, undatable: z.boolean(), note: z.string().nullable() })),
  note: z.string().nullable(),
});
export type PathwayProcedure = z.infer<typeof PathwayProcedure>;

export const orders = ['irc-first', 'company-first'] as const;

/** A lawful set of procedures. `orders`: serial orders of which exactly one is taken, the default first. */
export const PathwayDefinition = z.strictObject({
  code: Code,
  name: Text,
  legalBasis: z.array(z.string().min(1)).min(1),
  lawfulWhen: z.array(LawfulCondition),
  lawfulNote: z.string().nullable(),
  procedures: z.array(PathwayProcedure).min(1),
  /** Groups of procedures that exclude each other: a project needs at most one of each, the first that it is known to need. */
  alternatives: z.array(z.array(Code).min(2)).exactOptional(),
  orders: z.array(
    z.strictObject({
      code: z.enum(orders),
      edges: z.array(z.tuple([Code, Code])).min(1),
      clause: z.string().min(1),
      duty: Code.nullable(),
    }),
  ),
  replaces: z.array(
    z.strictObject({ what: Text, procedures: z.array(Code), clause: z.string().min(1), verified: z.boolean() }),
  ),
  duties: z.array(Code),
  gates: z.array(Code),
  extraDuties: z.array(DutyDefinition),
});
export type PathwayDefinition = z.infer<typeof PathwayDefinition>;

/** All pathways with the attributes their rules ask for. `asOf`: the day whose law the data describes. */
export const PathwayCatalogue = z.strictObject({
  asOf: Day,
  attributes: z.array(AttributeDefinition).min(1),
  derived: z.array(DerivedDefinition).min(1),
  pathways: z.array(PathwayDefinition).min(1),
});
export type PathwayCatalogue = z.infer<typeof PathwayCatalogue>;
