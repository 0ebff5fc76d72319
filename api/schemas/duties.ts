import { z } from 'zod';
import { CaseCode, Code, Day, DocumentId, Instant, line, Text } from './common.js';

/** A duty in the path: its code, `{code}~{attempt}`, `{code}#{n}` or `{code}#{period}`. */
export const DutyId = z.string().regex(/^[a-z0-9-]{1,64}(~\d{1,3}|#\d{1,4}(-Q[1-4])?)?$/);

export const FulfilmentBody = z
  .strictObject({
    evidence: z.union([z.strictObject({ documentId: DocumentId }), z.strictObject({ reference: line(100) })]),
  })
  .meta({
    id: 'DutyFulfilment',
    description: 'What shows that it was done: a document you uploaded, or the number of one',
  });

const DutyView = z
  .strictObject({
    id: z.string(),
    code: Code,
    name: Text,
    legalBasis: z.string(),
    verified: z.boolean().describe('false: nobody has read the text it rests on'),
    on: z.enum(['investor', 'agency']),
    agency: Code.nullable().describe('Who owes it; null for the investor'),
    procedure: Code.nullable().describe('null: the case as a whole'),
    dueDate: Day.nullable().describe('null: the law knows no date'),
    since: Instant,
    status: z.enum(['open', 'overdue', 'met']),
    metAt: Instant.nullable(),
  })
  .meta({ id: 'Duty' });
export const DutiesView = z.strictObject({ case: CaseCode, items: z.array(DutyView) }).meta({ id: 'Duties' });
