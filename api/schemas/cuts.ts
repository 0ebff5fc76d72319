import { z } from 'zod';
import { comparisons, cutDimensions, type CutFigure, cutFigures, rhythms } from '../../domain/measures/cuts.js';
import { Day, Instant, many, page, Text } from './common.js';
import { DashboardQuery, Part, Spread } from './dashboards.js';

const figures = Object.keys(cutFigures) as [CutFigure, ...CutFigure[]];
const Dimension = z.enum(cutDimensions);

export const CutQuery = DashboardQuery.extend({
  by: Dimension.default('none').describe(
    'What tells the rows; `agency`: procedures only, a case belongs to no one agency',
  ),
  every: z.enum(rhythms).default('whole').describe('The period as a whole, or its civil months or quarters'),
  against: z
    .enum(comparisons)
    .optional()
    .describe('Beside the whole period: as many days just before it, or the same days a year earlier; needs `from`'),
});

export const FigureCasesQuery = DashboardQuery.extend({
  by: CutQuery.shape.by,
  key: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .default('all')
    .describe('`key` of the row'),
  ...page,
});

export const FigureName = z.enum(figures);

const Sum = z
  .strictObject({ n: z.int(), known: z.int(), sum: z.string().nullable() })
  .meta({ id: 'FigureSum', description: 'Over `n` projects, of which `known` state an amount' });

const Figures = z
  .strictObject({
    opened: z.int().nullable(),
    licensed: Spread.nullable().describe('Net days to the licence'),
    reduction: z
      .strictObject({
        n: z.int(),
        whole: z.number().nullable(),
        city: z.number().nullable(),
        overall: z.number().nullable().describe('The smaller of the two'),
        atLeast30: Part,
      })
      .nullable(),
    onTime: Part,
    overdueNow: z.int().describe('Today, whatever the period'),
    capital: Sum.nullable().describe('VND'),
    jobs: Sum.nullable(),
    fdi: Sum.nullable().describe('USD'),
  })
  .meta({ id: 'CutFigures', description: 'What the cut has not is null' });

const period = z.strictObject({ from: Day.nullable(), to: Day });
const freshness = { asOf: Instant, dataAgeSeconds: z.number() };

export const DashboardCuts = z
  .strictObject({
    ...freshness,
    by: Dimension,
    periods: many(period).describe('Oldest first; with `against`, the one that is compared with comes first'),
    figures: many(z.strictObject({ figure: FigureName, measure: z.string(), name: Text, definition: Text })).describe(
      'The figures that this cut has, with what each is',
    ),
    rows: many(
      z.strictObject({
        key: z.string().describe('A code; `unknown` where nobody knows'),
        name: Text,
        heads: many(z.string()).describe('Of an agency: who answers for it'),
        periods: many(Figures).describe('One for each of `periods`'),
      }),
    ),
  })
  .meta({ id: 'DashboardCuts' });

export const FigureCases = z
  .strictObject({
    ...freshness,
    figure: FigureName,
    definition: Text,
    period,
    n: z.int().describe('How many there are; those that the caller may not read are not in `items`'),
    items: many(
      z.strictObject({
        case: z.string(),
        procedure: z.string().nullable(),
        procedureName: Text.nullable(),
        attempt: z.int().nullable(),
        value: z.string().nullable().describe('What it adds: days, money, people; null where it is only counted'),
        counted: z.boolean().nullable().describe('Of a share: whether it is one of those that count'),
        days: z
          .strictObject({
            whole: z.number(),
            city: z.number(),
            baseline: z.number(),
            cityBaseline: z.number().nullable(),
          })
          .nullable()
          .describe('Of a reduction: 1 − Σ whole / Σ baseline, and 1 − Σ city / Σ cityBaseline, are the figure'),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'FigureCases' });
