import { z } from 'zod';
import { reportFigures, type ReportFigureCode } from '../../domain/leadership/report-figures.js';
import { openColumnNames } from '../../domain/measures/open-timelines.js';
import { Day, Instant, many, Text } from './common.js';

export const QuarterCode = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/)
  .describe('Civil quarter, e.g. `2026-Q3`');
const Quarter = z.strictObject({ quarter: QuarterCode, from: Day, to: Day });
const leastCases = z.int().describe('A figure of fewer cases is withheld');
const figure = z.enum(Object.keys(reportFigures) as [ReportFigureCode, ...ReportFigureCode[]]);

export const ScorecardQuery = z.strictObject({
  quarter: QuarterCode.optional().describe('The newest one where it is left out'),
});

export const Scorecards = z
  .strictObject({
    asOf: Instant,
    leastCases,
    quarters: many(Quarter).describe('Those that are published, newest first'),
    shown: Quarter.nullable().describe('null: no quarter is over in which a procedure ended'),
    figures: many(
      z.strictObject({
        figure,
        name: Text,
        unit: z.enum(['share', 'working-day', 'count', 'vnd', 'usd', 'score']),
        definition: Text,
      }),
    ),
    items: many(
      z.strictObject({
        agency: z.string(),
        name: Text,
        commandedByCity: z.boolean().describe('Not: it has its own superiors, the City answers for nothing of it'),
        figures: many(
          z.strictObject({
            figure,
            few: z.boolean().describe('Of fewer cases than are published: nothing else is said'),
            n: z.int().nullable(),
            count: z.int().nullable().describe('Of a share: how many of `n`'),
            value: z.string().nullable().describe('Decimal text; null: nothing to measure'),
            written: Text.nullable().describe('With its unit; null where it is withheld'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Scorecards' });

export const OpenTimelineSet = z
  .strictObject({
    asOf: Instant,
    leastCases,
    columns: many(
      z.strictObject({
        column: z.enum(openColumnNames as [string, ...string[]]),
        name: Text,
        type: z.enum(['code', 'period', 'days', 'boolean']),
        description: Text,
      }),
    ).describe('The dictionary, in the order of the columns of each file'),
    files: many(
      Quarter.extend({
        address: z.string(),
        rows: z.int(),
        withheld: z
          .int()
          .nullable()
          .describe(
            'Procedures that could be told apart however coarse their row; null: some, fewer than are published',
          ),
      }),
    ).describe('One for each quarter, newest first'),
  })
  .meta({ id: 'OpenTimelineSet' });
