import { z } from 'zod';
import { integrityRules } from '../../domain/integrity/questions.js';
import { Day, GivenDay, Instant, many, Text } from './common.js';

export const IntegrityQuery = z.strictObject({
  from: GivenDay.optional().describe('First day; a year before the last where it is left out'),
  to: GivenDay.optional().describe('Last day; today where it is left out'),
});

export const IntegrityQuestions = z
  .strictObject({
    asOf: Instant,
    dataAgeSeconds: z.number(),
    period: z.strictObject({ from: Day, to: Day }),
    notice: Text.describe('What these are, and what they are not'),
    items: many(
      z.strictObject({
        rule: z.enum(integrityRules),
        name: Text,
        asks: Text,
        innocent: Text.describe('Why it may be quite in order'),
        agency: z.string().nullable(),
        agencyName: Text.nullable(),
        person: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
        party: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
        procedure: z.string().nullable(),
        procedureName: Text.nullable(),
        seen: z.int(),
        of: z.int(),
        cases: many(z.string()).describe('Every case that it rests on and that the caller reads'),
      }),
    ),
  })
  .meta({ id: 'IntegrityQuestions' });
