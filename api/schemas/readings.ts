import { z } from 'zod';
import { CaseCode, many } from './common.js';

const Reading = z.strictObject({
  caseCode: CaseCode,
  person: z.string().nullable().describe('Who; told to auditors alone'),
  role: z.string(),
  agency: z.string().nullable(),
  kind: z.enum(['case', 'task', 'document']),
  subject: z.string().describe('Which task or document; empty for the case. Told to auditors alone'),
  firstAt: z.iso.datetime().describe('Real time, within one hour'),
  lastAt: z.iso.datetime(),
  times: z.int(),
});

export const ReadingsView = z
  .strictObject({ items: many(Reading), next: z.string().nullable().describe('Cursor of the next page') })
  .meta({ id: 'Readings' });
