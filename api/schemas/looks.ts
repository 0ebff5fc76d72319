import { z } from 'zod';
import { lookReasons } from '../../domain/people/look-reasons.js';
import { CaseCode, many } from './common.js';

/** What an official without work on a case said about why they look. */
export const StatedReason = z
  .enum(lookReasons)
  .nullable()
  .describe('What they said (`X-Reading-Reason`); null: nothing');
export const withoutTask = z
  .boolean()
  .describe('They had no task on the case, and no seat in its council; whoever supervises needs none');

const Look = z.strictObject({
  caseCode: CaseCode,
  person: z.string().nullable().describe('Who; told to auditors alone'),
  role: z.string(),
  agency: z.string().nullable(),
  kind: z.enum(['case', 'task', 'document']),
  subject: z.string().describe('Which task or document; empty for the case. Told to auditors alone'),
  firstAt: z.iso.datetime().describe('Real time, within one hour'),
  lastAt: z.iso.datetime(),
  times: z.int().describe('Looks; what a page asks again and again is one'),
  why: z
    .enum(['task', 'seat', 'supervision', 'stated', 'none'])
    .nullable()
    .describe(
      'A task of theirs or of their agency, a seat in the council, supervision, what they said, or nothing; null: kept before reasons were',
    ),
  task: z.string().nullable().describe('Which task, where there is one. Told to auditors alone'),
  reason: StatedReason,
  withoutTask,
});

export const LooksView = z
  .strictObject({ items: many(Look), next: z.string().nullable().describe('Cursor of the next page') })
  .meta({ id: 'Readings' });
