import { z } from 'zod';
import { CaseCode, Day, Instant, many, Text } from './common.js';

export const EarlyWarningQuery = z.strictObject({
  case: CaseCode.optional().describe('The procedures of this case alone'),
});

const part = z.number().min(0).max(1);

export const EarlyWarningView = z
  .strictObject({
    asOf: Instant,
    definition: Text,
    leastHistory: z.int().describe('So many like it have to have ended before anything is said of one'),
    leastForecasts: z.int().describe('So many forecasts of the past have to have been set against what came'),
    reliability: z.strictObject({
      n: z.int().describe('Forecasts of the past, each made with what was known when the file was received'),
      brier: z.number().nullable().describe('Mean squared distance of forecast and outcome; smaller is better'),
      constant: z.number().nullable().describe('The same of the best guess that is one for all'),
      bins: many(
        z.strictObject({
          from: part,
          to: part,
          n: z.int(),
          forecast: part.describe('What forecasts between `from` and `to` said on average'),
          missed: part.describe('The share of them that missed'),
        }),
      ),
      withheld: z
        .enum(['little-history', 'no-better'])
        .nullable()
        .describe('Why no forecast is shown; `no-better`: the same guess for all would do as well'),
    }),
    open: z.int().describe('Open procedures that are within their promised term'),
    unknown: z.int().describe('Those of them of whose like too few have ended'),
    items: many(
      z.strictObject({
        case: z.string(),
        procedure: z.string(),
        procedureName: Text,
        attempt: z.int(),
        agency: z.string(),
        agencyName: Text,
        chance: part.describe('That it misses its promised date'),
        promisedOn: Day.nullable().describe('If the clock runs on; null: beyond the calendar'),
        alike: z.strictObject({
          by: z.enum(['agency-and-load', 'agency', 'procedure']),
          n: z.int().describe('How many like it had ended'),
        }),
        act: z
          .strictObject({
            act: z.enum(['take', 'finish']),
            task: z.string(),
            stepName: Text,
            agencyName: Text,
            claimedBy: z.strictObject({ name: z.string().nullable() }).nullable(),
            days: z.int().describe('Working days that it saves against the usual'),
            chance: part.describe('What is left then'),
          })
          .nullable()
          .describe('The one that saves most; null: none that the history knows of saves a day'),
      }),
    ).describe('Greatest chance first, as far as the caller reads their cases; none while `withheld`'),
  })
  .meta({ id: 'EarlyWarning' });
