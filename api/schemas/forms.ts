import { z } from 'zod';
import { FormCode, FormDefinition } from '../../domain/schemas/forms.js';
import { Day, Instant, many, Text } from './common.js';

export const FormId = z
  .string()
  .max(32)
  .regex(/^(0[1-6]|decision|council-minutes|trial-certificate|result-correction|result-revocation|opinion)-\d{1,9}$/)
  .describe('`id` of the list');

/** One paper of a case, without its text. */
const PaperView = z
  .strictObject({
    id: z.string(),
    form: FormCode,
    title: Text,
    procedure: z.string(),
    attempt: z.int(),
    name: Text.describe('Of the procedure'),
    agency: z.string().describe('Who issues it'),
    number: z.string().nullable().describe('null while it is a draft, and for papers that have none'),
    issuedAt: Instant,
    date: Day.describe('As printed'),
    draft: z.boolean().describe('Waits to be signed off; the investor does not see it'),
    verified: z.boolean().describe('Whether its layout and fields follow an official text that was read'),
  })
  .meta({ id: 'Form' });

export const FormsView = z.strictObject({ case: z.string(), items: many(PaperView) }).meta({ id: 'Forms' });
export const SignedPaper = z
  .strictObject({
    payload: z.string().describe('base64url: RFC 8785 text of what the paper says (`luong-xanh-paper/1`)'),
    protected: z.string().describe('base64url: algorithm and certificates'),
    signature: z.string().describe('base64url'),
  })
  .meta({ id: 'SignedPaper', description: 'A JSON Web Signature in its flattened form (RFC 7515, 7.2.2)' });

export const FormDefinitionsView = z
  .strictObject({ items: many(FormDefinition.meta({ id: 'FormDefinition' })) })
  .meta({ id: 'FormDefinitions' });
