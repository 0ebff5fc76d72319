import { z } from 'zod';
import { assuranceLevels } from '../../domain/people/assurance.js';
import { fresh } from './cases.js';
import { Instant, many, Text } from './common.js';

export const TimelineEntry = z
  .strictObject({
    seq: z.int(),
    type: z.string(),
    name: Text.describe('What people call it'),
    scope: z.string(),
    occurredAt: Instant,
    recordedAt: Instant,
    actor: z.strictObject({
      kind: z.enum(['person', 'agency-system', 'device', 'engine', 'clock']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      role: z.string().nullable(),
      agency: z.string().nullable(),
      onBehalfOf: z.string().nullable(),
      assurance: z
        .literal(assuranceLevels)
        .nullable()
        .describe('Level of identification by which they signed in; null: the sign-on did not say'),
    }),
    payload: z.record(z.string(), z.unknown()),
    words: z
      .record(z.string(), z.string().nullable())
      .nullable()
      .describe(
        'What lies behind the references of the payload, by their id; null once erased. For auditors, who read the payload as it was hashed',
      ),
    hash: z.string().nullable().describe('Link in the chain of evidence; for auditors'),
  })
  .meta({ id: 'TimelineEntry' });

export const TimelineView = z
  .strictObject({ ...fresh, items: many(TimelineEntry), next: z.string().nullable() })
  .meta({ id: 'Timeline' });
