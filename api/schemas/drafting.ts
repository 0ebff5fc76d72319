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
          kind: z.enum(['fact', 'document', 'page', 'step', 'opinion', 'conference', 'clause']),
          of: z
            .string()
            .describe(
              'Code of the fact, document, step, agency; of a page the id of its document; number of the consultation; or the clause',
            ),
          name: Text.describe('The same in words'),
          page: z
            .int()
            .min(1)
            .optional()
            .describe('Of `page` alone: what stands there is quoted word for word, and never counts as drafted'),
        }),
      }),
    ).describe(
      'In the order in which they are written; a line of `reason` or of a reason of `content` that is one of them unchanged counts as kept, quotes apart',
    ),
  })
  .meta({ id: 'DraftedAnswer' });
