import { z } from 'zod';
import { likenesses } from '../../domain/similar/overlap.js';
import { CaseCode, Day, Instant, many, Text } from './common.js';

/** Earlier cases that have most in common with the one of a task. */
export const SimilarCasesView = z
  .strictObject({
    asOf: Instant,
    items: many(
      z.strictObject({
        case: CaseCode,
        decidedOn: Day,
        outcome: z.enum(['approved', 'refused']),
        netDays: z.int().nullable().describe('Working dates that agencies of the City held it'),
        supplements: z.int().describe('How often the investor was asked for more'),
        overlap: many(
          z.strictObject({
            on: z.enum([...likenesses, 'condition']),
            value: z.string(),
            name: Text.describe('What it is called'),
          }),
        ).describe('Everything that both cases have in common: why this one is shown'),
      }),
    ).describe('Of those that the caller reads, the likest first; at most five'),
  })
  .meta({ id: 'SimilarCases' });
