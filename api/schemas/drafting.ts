import { z } from 'zod';
import { Instant, many, Text } from './common.js';

/** What the system drafted for the answer to one task. */
export const DraftedAnswerView = z
  .strictObject({
    asOf: Instant,
    sentences: many(
      z.strictObject({
        text: Text,
        source: z.strictObject({
          kind: z.enum(['fact', 'document', 'step', 'opinion', 'conference', 'clause']),
          of: z
            .string()
            .describe('Code of the fact, document, step, agency; number of the consultation; or the clause'),
          name: Text.describe('The same in words'),
        }),
      }),
    ).describe(
      'In the order in which they are written; a line of `reason` or of a reason of `content` that is one of them unchanged counts as kept',
    ),
  })
  .meta({ id: 'DraftedAnswer' });
