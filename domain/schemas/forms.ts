import { z } from 'zod';
import { Text } from './agency.js';

/** The seven forms of Circular 03/2025/TT-VPCP, the document that a procedure results in, acts on it, opinions of agencies, and the papers of a trial. */
export const formCodes = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  'decision',
  'council-minutes',
  'trial-certificate',
  'result-correction',
  'result-revocation',
  'opinion',
] as const;
export const FormCode = z.enum(formCodes);
export type FormCode = z.infer<typeof FormCode>;

const Field = z.strictObject({
  code: z.string().regex(/^[a-z][a-zA-Z]{1,40}$/),
  label: Text,
  /** Printed with a dotted line where the register does not hold it; others are left out then. */
  required: z.boolean(),
  /** `2018` = form of Circular 01/2018 as printed by provinces, `TH` = a public thesis, `product` = ours, else the clause. */
  basis: z.string().min(1),
});
export type FormField = z.infer<typeof Field>;

/** What one form holds, who signs it and to whom it goes. `unverified` names the parts that no official text confirmed. */
export const FormDefinition = z
  .strictObject({
    code: FormCode,
    name: Text,
    /** Printed small at the foot of the page: which form of which text this is. */
    mark: Text,
    paper: z.enum(['A4', 'A5', 'A4-landscape']),
    /** `internal` papers are not shown to the investor. */
    addressedTo: z.enum(['applicant', 'applicant-and-one-stop', 'internal']),
    /** From left to right. */
    signedBy: z.array(Text),
    /** Follows the number; null: no number of ours. */
    numberMark: z
      .string()
      .regex(/^[A-ZĐ]{2,8}$/)
      .nullable(),
    fields: z.array(Field),
    columns: z.array(Field.omit({ required: true })),
    legalBasis: z.array(z.string().min(1)),
    source: z.string().min(1),
    verified: z.boolean(),
    unverified: z.array(z.string().min(1)),
  })
  .refine(({ verified, unverified }) => verified === (unverified.length === 0), 'verified means that nothing is open')
  .refine(
    ({ fields, columns }) =>
      new Set([...fields, ...columns].map(({ code }) => code)).size === fields.length + columns.length,
    'a field twice',
  );
export type FormDefinition = z.infer<typeof FormDefinition>;
