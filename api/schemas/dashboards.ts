import { z } from 'zod';
import { type MeasureCode } from '../../domain/measures/catalogue.js';
import { exclusions } from '../../domain/measures/case-facts.js';
import { Code, Day, GivenDay, Instant, many, Text } from './common.js';

const ratio = z.number().nullable().describe('0..1; null where there is nothing to measure');

const spread = {
  n: z.int(),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
};
export const Spread = z.strictObject(spread).meta({
  id: 'Spread',
  description:
    'Over `n` values. `median`: the one in the middle, of an even number the mean of the two in the middle. `p90`: nearest rank, the smallest value that nine tenths of all do not exceed. null for none',
});
export const Part = z
  .strictObject({ n: z.int(), count: z.int(), share: ratio })
  .meta({ id: 'Part', description: '`count` of `n`' });
const OneFigure = z
  .strictObject({
    mean: z.number().nullable(),
    median: z.number().nullable(),
    overall: z.number().nullable().describe('1 - all days / all baseline days'),
  })
  .meta({ id: 'OneReduction', description: 'One of the two figures, over the same cases' });
const twoFigures = { whole: OneFigure, city: OneFigure };
const Against = z
  .strictObject({ n: z.int(), overall: ratio, whole: ratio, city: ratio })
  .meta({ id: 'AgainstBaseline', description: 'Ratios of sums over `n` cases; `overall`: the smaller of the two' });
const Reduction = z
  .strictObject({
    ...spread,
    overall: z.number().nullable().describe('The smaller of the two ratios of sums'),
    atLeast30: Part,
    atLeast40: Part,
    ...twoFigures,
  })
  .meta({
    id: 'Reduction',
    description: 'Of each case the smaller of its two figures, `whole` and `city`; `GET /measures` says what they are',
  });
const { p90: _p90, ...withoutP90 } = spread;
const net = Spread.describe('Working dates held by agencies of the City or by the engine');
const gross = Spread.describe('Working dates, whoever held the file');

/** The measures that the summary shows, and explains beside its figures. */
export const summaryMeasures = [
  'spread',
  'time',
  'reduction',
  'reductionWhole',
  'reductionCity',
  'baselineLaw',
  'baselineObserved',
  'againstLaw',
  'againstObserved',
  'interval',
  'bound',
  'control',
  'peers',
  'beside',
  'refilings',
  'onTime',
  'onTimeStrict',
  'overdueNow',
  'targets',
  'onceOnly',
] as const satisfies readonly MeasureCode[];
export type SummaryMeasure = (typeof summaryMeasures)[number];

const targetState = z.enum(['at-risk', 'missed']).nullable();
const reason = z.enum(exclusions);

export const DashboardQuery = z.strictObject({
  from: GivenDay.optional().describe('First day of the period; the beginning where it is left out'),
  to: GivenDay.optional().describe('Last day of the period; today where it is left out'),
  lane: z.enum(['green', 'standard', 'undecided']).optional(),
  pathway: Code.optional(),
  zone: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,32}$/)
    .optional()
    .describe('Zone of the site, e.g. `SHTP`'),
});

export const SandboxQuery = z.strictObject({
  from: DashboardQuery.shape.from,
  to: DashboardQuery.shape.to,
  regime: Code.optional(),
  field: Code.optional(),
});

/** What every dashboard says of itself. */
export const freshness = {
  asOf: Instant.describe('Business time of the answer'),
  dataAgeSeconds: z.number().describe('Age of the oldest event that is not counted yet; 0 = all are'),
  period: z.strictObject({ from: Day.nullable(), to: Day }),
};

export const DashboardSummary = z
  .strictObject({
    ...freshness,
    definitions: z
      .strictObject(
        Object.fromEntries(summaryMeasures.map((code) => [code, Text])) as Record<SummaryMeasure, typeof Text>,
      )
      .describe('As `GET /measures` has them'),
    cases: z
      .strictObject({
        opened: z.int(),
        open: z.int().describe('On the last day of the period'),
        approved: z.int(),
        approvedInPart: z.int().describe('A mandatory approval was put off'),
        refused: z.int(),
        withdrawn: z.int(),
        lanes: many(
          z.strictObject({
            lane: z.string(),
            opened: z.int(),
            open: z.int(),
            approved: z.int(),
            approvedInPart: z.int(),
            refused: z.int(),
            withdrawn: z.int(),
          }),
        ),
      })
      .describe('Opened and closed in the period, by the lane in which each counts'),
    timeToLicense: z
      .strictObject({ net, gross })
      .describe(
        'From filing to the last mandatory licence approval, of projects licensed in the period; adjustments of licensed projects left out',
      ),
    timeToBuild: z
      .strictObject({ net, gross })
      .describe('From filing to the last mandatory approval before construction, of projects that build'),
    timePerProcedure: z
      .strictObject({
        net,
        gross,
        procedures: many(
          z.strictObject({
            procedure: z.string(),
            name: Text,
            net,
            gross,
            onTime: Part,
            onTimeStrict: Part,
            overdueNow: z.int(),
            within30: Part,
            within40: Part,
          }),
        ),
      })
      .describe('Procedures decided in the period: dates the agency held each, and dates from its filing'),
    reduction: z
      .strictObject({
        commitment: z.number(),
        ambition: z.number(),
        all: Reduction,
        verified: Reduction.describe('Every figure of the path and of the baseline rests on a text that was read'),
        unverified: Reduction,
        baseline: z
          .enum(['law', 'observed', 'mixed'])
          .describe(
            'What the figures are set against: durations of today that the City had published by the filing (`observed`), else the law; `mixed`: some cases one, some the other',
          ),
        against: z
          .strictObject({ law: Against, observed: Against })
          .describe('The counted cases against each baseline by itself; `n` 0 and no figure where none has it'),
        interval: z
          .strictObject({ low: z.number(), high: z.number() })
          .nullable()
          .describe('Where the median of `all` lies with 95 %; null below six cases'),
        bound: z
          .strictObject({
            n: z.int(),
            mean: z.number().nullable(),
            overall: z.number().nullable(),
            atLeast30: Part,
            atLeast40: Part,
          })
          .describe('If every case that is left out, except those of the standard lane, had saved nothing'),
        control: z
          .strictObject({
            ...withoutP90,
            overall: z.number().nullable(),
            atLeast30: Part,
            atLeast40: Part,
            ...twoFigures,
          })
          .describe('Standard-lane cases, measured in the same way'),
        peers: Spread.describe('Against matched standard-lane cases, of the cases that have at least ten of them'),
        unverifiedCases: z.strictObject({
          n: z.int(),
          items: many(z.strictObject({ case: z.string(), figures: many(z.string()) })).describe('The latest hundred'),
        }),
        excluded: z.strictObject({
          n: z.int(),
          reasons: many(z.strictObject({ reason, n: z.int() })).describe('A case may have several'),
          items: many(z.strictObject({ case: z.string(), reasons: many(reason) })).describe('The latest hundred'),
        }),
      })
      .describe('Green-lane cases that reached their milestone in the period, against the baseline frozen at filing'),
    beside: z
      .strictObject({
        openPastBaseline: z.int(),
        breachesOpen: z.int(),
        casesWithBrokenTerms: z.int(),
        refiledCases: z.int(),
        withdrawnAfterBreach: z.int(),
        approvedInPart: z.int(),
        laneDecidedLate: z.int(),
        counterReturns: z.int().describe('Form 02 at the counter'),
        receptionsRefused: z.int().describe('Form 03'),
        extensions: z.int(),
        resultsCorrected: z.int().describe('Results put right after they were issued'),
        suspensions: many(z.strictObject({ ground: z.string(), n: z.int(), days: z.int() })).describe(
          '`days`: working days of those that have ended',
        ),
      })
      .describe('What stands beside the reduction, so that nothing improves it unseen'),
    targets: z
      .strictObject({
        atRisk30: z.int(),
        missed30: z.int(),
        atRisk40: z.int(),
        missed40: z.int(),
        items: many(
          z.strictObject({
            case: z.string(),
            procedure: z.string(),
            attempt: z.int(),
            agency: z.string(),
            target30: targetState,
            target30Due: Day.nullable(),
            target40: targetState,
            target40Due: Day.nullable(),
          }),
        ).describe('The hundred that are due first'),
      })
      .describe('Open procedures now, whatever the period'),
    onTime: Part.describe(
      'Within the term of the law, of procedures that ended in the period and of those that stood late at its end; `definitions.onTime` says it whole',
    ),
    onTimeStrict: Part.describe('Without extensions, from the filing that proved valid'),
    overdueNow: z.int().describe('Open procedures past their date today, whatever the period'),
    within30: Part,
    within40: Part,
    extensions: z.int(),
    supplements: z.int(),
    fdi: z
      .strictObject({
        n: z.int(),
        usd: z.string().nullable(),
        vnd: z.string().nullable(),
        withoutUsd: z.int().describe('Projects whose filing names no amount in dollars'),
      })
      .describe('Foreign part of the capital of projects registered in the period'),
    satisfaction: z
      .strictObject({ mean: z.number().nullable(), responseRate: Part, atLeast4: Part })
      .describe('1 to 5, asked after each result and at the end of a case'),
    onceOnly: z
      .strictObject({ documents: z.int(), notAsked: z.int(), share: ratio })
      .describe('Documents of the dossiers, and how many of them a register of the State gave'),
    filedOnline: Part,
  })
  .meta({ id: 'DashboardSummary' });

/** What anybody may know: figures of all cases since the beginning. */
export const PublicFigures = z
  .strictObject({
    ...freshness,
    cases: z.strictObject({
      opened: z.int(),
      open: z.int(),
      approved: z.int(),
      refused: z.int(),
      withdrawn: z.int(),
    }),
    reduction: z.strictObject({
      commitment: z.number(),
      ambition: z.number(),
      overall: z.number().nullable().describe('The smaller of the two ratios of sums'),
      n: z.int(),
      excluded: z.int().describe('Cases that are left out'),
    }),
    timeToLicense: net,
    onTime: Part,
    overdueNow: z.int(),
    automation: z.strictObject({ n: z.int(), share: ratio, target: z.number() }),
    satisfaction: z
      .strictObject({ mean: z.number().nullable(), responseRate: Part })
      .describe('1 to 5; of how many investors who were asked how many answered'),
  })
  .meta({ id: 'PublicFigures' });

export const DashboardAgencies = z
  .strictObject({
    ...freshness,
    items: many(
      z.strictObject({
        agency: z.string(),
        name: Text,
        onTime: Part.describe('Procedures it handled, those that stood late at the end of the period among them'),
        holding: Spread.describe('Working dates it held the path of a case, per case'),
        priority: z
          .strictObject({
            green: Spread,
            standard: Spread,
            cost: z
              .number()
              .nullable()
              .describe('Median of `standard` minus that of `green`; null while one has no case'),
          })
          .describe('`holding` by lane: see `priorityCost` in `GET /measures`'),
        tasks: z.strictObject({ open: z.int(), overdue: z.int() }),
        procedures: z.strictObject({ open: z.int(), overdue: z.int(), atRisk30: z.int(), missed30: z.int() }),
        opinions: z.strictObject({ inTime: Part, late: z.int(), silent: z.int() }),
        returned: z.int().describe('Steps sent back to be done anew'),
        counterReturns: z.int().describe('Dossiers it sent back at the counter (form 02)'),
        receptionsRefused: z.int().describe('Form 03'),
        extensions: z.int(),
        suspensions: z
          .strictObject({ n: z.int(), days: z.int() })
          .describe('Clocks it stopped, and for how many working days'),
      }),
    ),
  })
  .meta({ id: 'DashboardAgencies' });

const handling = {
  n: z.int(),
  automatic: z.int(),
  partly: z.int(),
  manual: z.int(),
  shareAutomatic: ratio,
  shareWithMachine: ratio.describe('Automatic or partly'),
};

export const DashboardAutomation = z
  .strictObject({
    ...freshness,
    definitions: z.strictObject({ process: Text, dossier: Text, plan: Text, target: Text }),
    processes: z.strictObject({
      n: z.int().describe('Processes of which a dossier was decided in the period'),
      full: z.int(),
      partly: z.int(),
      none: z.int(),
      share: ratio,
      target: z.number(),
      met: z.boolean().nullable(),
    }),
    dossiers: z.strictObject(handling),
    items: many(
      z.strictObject({
        procedure: z.string(),
        name: Text,
        version: z.string(),
        automation: z.enum(['full', 'partly', 'none']).nullable().describe('By what happened; null: nothing has'),
        done: z
          .strictObject({ byMachine: z.int(), assisted: z.int(), byPerson: z.int() })
          .describe('Substantive steps of the decided dossiers'),
        plan: z
          .strictObject({
            automation: z.enum(['full', 'partly', 'none']),
            full: z.int(),
            assisted: z.int(),
            manual: z.int(),
          })
          .describe('What the definition plans for its steps'),
        dossiers: z.strictObject(handling),
      }),
    ),
  })
  .meta({ id: 'DashboardAutomation' });
