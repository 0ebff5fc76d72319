import { z } from 'zod';
import {
  ClockEntryView,
  ClockView,
  countedThrough,
  fresh,
  portal,
  procedureOutcome,
  stage,
  term,
  TermView,
} from './cases.js';
import { Budget, Day, Instant, many, Text } from './common.js';

const span = z.strictObject({
  starts: Day.nullable(),
  ends: Day.nullable().describe('null where it lies beyond the working calendar'),
});
const RoadmapItem = z
  .strictObject({
    procedure: z.string(),
    version: z.string(),
    name: Text,
    phase: z.enum(['licence', 'build', 'operate']),
    mandatory: z.boolean(),
    competentAgency: z.string(),
    handlingAgency: z.string(),
    cityControlled: z.boolean(),
    budget: Budget,
    verified: z.boolean(),
    after: many(z.string()),
    gates: many(z.strictObject({ event: z.string(), metAt: Instant.nullable() })),
    readiness: z.enum(['open', 'closed', 'ready', 'waiting']),
    missing: z.strictObject({ results: many(z.string()), gates: many(z.string()) }),
    planned: z.strictObject({ statutory: span, target: span.nullable().describe('null for a trial') }),
    actual: z
      .strictObject({
        attempt: z.int(),
        stage,
        status: portal,
        dossierCode: z.string().nullable(),
        openedAt: Instant,
        filedAt: Instant.nullable(),
        receivedAt: Instant.nullable(),
        decidedAt: Instant.nullable(),
        handedOverAt: Instant.nullable(),
        closedAt: Instant.nullable(),
        outcome: procedureOutcome.nullable(),
        printedDueDate: Day.nullable(),
        promisedDate: Day.nullable(),
        clock: ClockView.nullable(),
      })
      .nullable(),
    deferred: z
      .strictObject({ until: Day.nullable(), at: Instant })
      .nullable()
      .describe('Put off by the investor: it keeps the case open no longer'),
    mayDefer: z.boolean().describe('The investor may put it off: `POST /cases/{code}/deferrals`'),
    holders: many(z.string()).describe('Who has it in hand: agencies, `investor`, `system`'),
  })
  .meta({ id: 'RoadmapItem' });

export const RoadmapView = z.strictObject({ ...fresh, items: many(RoadmapItem) }).meta({ id: 'Roadmap' });

export const LedgerView = z
  .strictObject({
    ...fresh,
    milestone: z.enum(['licence', 'approvals']).nullable().describe('null for a trial'),
    reached: z.boolean(),
    filedOn: Day,
    through: Day,
    workingDays: z.int(),
    netDays: z.int().describe('Without the dates of the investor and of central bodies'),
    investorDays: z.int(),
    centralDays: z.int(),
    conferenceDays: z.int().describe('Spent on settling opinions that contradict each other; part of `netDays`'),
    wholeDays: z.number().describe('All dates of the path not held by the investor, of earlier filings too'),
    cityDays: z.number().describe('The longest chain of dates that the City held, of earlier filings too'),
    cityPath: many(z.string()).describe('The procedures of that chain'),
    baseline: z
      .enum(['law', 'observed'])
      .nullable()
      .describe(
        'What the figures are set against: durations of today that the City published, else the law; null for a trial',
      ),
    baselineDays: z.int().nullable().describe('null for a trial'),
    cityBaselineDays: z
      .int()
      .nullable()
      .describe('The longest City chain of the standard pathway; null where nobody froze it at filing'),
    byLaw: z
      .strictObject({
        baselineDays: z.int(),
        cityBaselineDays: z.int().nullable(),
        reductions: z.strictObject({ whole: z.number().nullable(), city: z.number().nullable() }),
      })
      .nullable()
      .describe('The same against the law, whatever they are set against'),
    reductions: z
      .strictObject({ whole: z.number().nullable(), city: z.number().nullable() })
      .describe('1 - days / baseline, both ways; null until the milestone is reached'),
    reduction: z.number().nullable().describe('The smaller of the two: what is published'),
    carried: many(
      z.strictObject({
        case: z.string().nullable().describe('null for whoever does not read it'),
        filedOn: Day,
        wholeDays: z.number(),
        cityDays: z.number(),
        baselineDays: z.int(),
        cityBaselineDays: z.int().nullable(),
        brokenTerms: z.int(),
      }),
    ).describe('Filings of the same project that ended without an approval'),
    path: many(z.string()),
    countedThrough: countedThrough.describe(
      'null: every day was counted. Else the last day of the working calendar: later days are in no figure, and there is no reduction',
    ),
    spans: many(
      z.strictObject({
        procedure: z.string(),
        holder: z.string(),
        class: z.enum(['city', 'central', 'investor', 'conference', 'violation', 'system']),
        after: Day,
        through: Day,
        workingDays: z.int(),
      }),
    ),
    procedures: many(
      z.strictObject({
        procedure: z.string(),
        attempt: z.int(),
        agency: z.string(),
        calendar: z.string(),
        entries: many(ClockEntryView),
        clock: ClockView.describe('The law’s term'),
        printed: z.enum(['statutory', 'promised']).describe('The term whose date form 01 gave'),
        terms: z.strictObject({
          statutory: TermView,
          promised: TermView.nullable().describe('30 % shorter, where the City holds itself to it; null for a trial'),
          ambition: TermView.nullable().describe('40 % shorter, where the City holds itself to it; null for a trial'),
          printed: TermView,
        }),
        steps: many(
          z
            .strictObject({ step: z.string(), state: z.enum(['running', 'suspended', 'stopped']), ...term })
            .meta({ id: 'StepTerm' }),
        ).describe('Steps that were begun and have a share of the budget'),
      }),
    ),
  })
  .meta({ id: 'Ledger' });
