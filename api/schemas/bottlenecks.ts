import { z } from 'zod';
import { Code, Day, Instant, many, page, Text } from './common.js';
import { DashboardQuery, Spread } from './dashboards.js';

export const StepPlaceQuery = DashboardQuery.extend({ procedure: Code, step: Code, agency: Code, ...page });

const freshness = {
  asOf: Instant,
  dataAgeSeconds: z.number(),
  period: z.strictObject({ from: Day.nullable(), to: Day }),
};

const names = { procedureName: Text, stepName: Text, agencyName: Text };

export const DashboardBottlenecks = z
  .strictObject({
    ...freshness,
    definition: Text,
    steps: many(
      z.strictObject({
        procedure: z.string(),
        step: z.string().describe('A step, or the kind of work that is no step: `intake`, `opinion`'),
        agency: z.string(),
        ...names,
        waiting: Spread.describe('Working days until somebody took it, of what was finished in the period'),
        working: Spread.describe('Working days from then until it was done, without those of the investor'),
        saving: z
          .int()
          .describe(
            'Working days that would have been saved if each had been taken at once: nothing else of the procedure was in hand',
          ),
        arrived: z.int().describe('Came in the period'),
        finished: z.int(),
        queue: z.int().describe('Now'),
        unclaimed: z.int().describe('Now, held by nobody'),
        oldestSince: Day.nullable(),
      }),
    ).describe('What would save most first'),
    clauses: many(
      z.strictObject({
        clause: z.string().nullable().describe('As the definition of the procedure cites it; null: none is cited'),
        ground: z.string(),
        n: z.int(),
        days: z.int().describe('Working days for which clocks stood still'),
      }),
    ).describe('Days lost per clause, of clocks stopped in the period that run again'),
    variants: many(
      z.strictObject({
        path: many(z.strictObject({ procedure: z.string(), name: Text, outcome: z.string() })),
        n: z.int(),
        grossDays: Spread,
      }),
    ).describe(
      'Ways that cases which ended in the period took through their procedures, the commonest first; twenty at most',
    ),
  })
  .meta({ id: 'DashboardBottlenecks' });

export const StepCases = z
  .strictObject({
    ...freshness,
    n: z.int().describe('How many there are; those that the caller may not read are not in `items`'),
    items: many(
      z.strictObject({
        case: z.string(),
        openedOn: Day,
        endedOn: Day,
        waitingDays: z.int(),
        workingDays: z.int(),
        aloneDays: z.int().describe('What `saving` adds up from'),
      }),
    ).describe('Longest waits first'),
    next: z.string().nullable(),
  })
  .meta({ id: 'StepCases' });
