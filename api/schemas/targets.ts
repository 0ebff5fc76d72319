import { z } from 'zod';
import { type TargetFigure, targetFigures } from '../../domain/leadership/target.js';
import { Code, Day, Instant, many, paragraphs, Text } from './common.js';

const names = Object.keys(targetFigures) as [TargetFigure, ...TargetFigure[]];
const Figure = z.enum(names);
const Year = z.coerce.number().int().min(2020).max(2199);

export const TargetsQuery = z.strictObject({ year: Year.optional().describe('Left out: this year') });

export const TargetBody = z
  .strictObject({
    year: z.int().min(2020).max(2199),
    agency: Code.describe('One that the City commands'),
    figure: Figure,
    value: z
      .string()
      .regex(/^\d{1,5}(\.\d{1,4})?$/)
      .nullable()
      .describe('Decimal text, a share between 0 and 1; null: taken back'),
    basis: paragraphs(2_000).describe('The decision behind it, or why it is another one now'),
  })
  .meta({ id: 'NewTarget' });

const TargetView = z
  .strictObject({
    agency: z.string(),
    agencyName: Text,
    heads: many(z.string()).describe('Who answers for it'),
    figure: Figure,
    name: Text,
    side: z.enum(['at-least', 'at-most']),
    value: z.string(),
    written: Text,
    now: z
      .strictObject({ n: z.int(), value: z.string().nullable(), written: Text })
      .describe('Of the year until today'),
    met: z.boolean().nullable().describe('null: nothing to measure yet'),
    basis: z.string(),
    setBy: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
    setAt: Instant,
    changes: z.int().describe('How often it was set before'),
  })
  .meta({ id: 'Target' });

export const Targets = z
  .strictObject({
    year: z.int(),
    from: Day,
    to: Day,
    figures: many(z.strictObject({ figure: Figure, name: Text, side: z.enum(['at-least', 'at-most']) })),
    items: many(TargetView),
  })
  .meta({ id: 'Targets' });
