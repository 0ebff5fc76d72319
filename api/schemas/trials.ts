import { z } from 'zod';
import { endings, severities } from '../../domain/law/trial-terms.js';
import { phases } from '../../domain/case/trial/phases.js';
import { watches } from '../../domain/schemas/regime.js';
import { Budget, Code, Day, GivenInstant, Instant, many, page, Text } from './common.js';
import { fresh } from './cases.js';
import { ExemptionView } from './trial-admission.js';

// Signed metrics --------------------------------------------------------------------------------------------------------------------------------

/** A code, a truth, a number, or a place as `latitude,longitude`: never words. */
const Measured = z.union([z.number(), z.boolean(), z.string().regex(/^[A-Za-z0-9 .,:+-]{1,64}$/)]);

export const MetricsBatch = z
  .strictObject({
    batch: z.int().min(1).max(1_000_000_000).describe('1, 2, 3 … without gaps'),
    from: GivenInstant.describe('Not before `to` of the batch before'),
    to: GivenInstant.describe('Not in the future'),
    readings: z
      .array(
        z.strictObject({
          limit: Code.describe('A limit of this trial'),
          at: GivenInstant,
          value: Measured.describe('What the limit counts; a place is `latitude,longitude`'),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'MetricsBatch' });

const measured = { limit: z.string(), value: Measured, at: Instant };

export const MetricsTaken = z
  .strictObject({
    case: z.string(),
    caseSeq: z.int(),
    batch: z.int(),
    phase: z.enum(phases).describe('As the trial stands now'),
    near: many(z.strictObject(measured)).describe('The first reading near each limit'),
    exceeded: many(z.strictObject(measured)).describe('The first reading beyond each limit'),
    hold: z
      .strictObject({ id: z.string(), confirmBy: Instant.describe('Lifted then unless somebody confirms it') })
      .nullable()
      .describe('What this batch brought about: the trial stands still from now on'),
    incidents: many(z.strictObject({ id: z.string(), limit: z.string(), reportBy: Instant })).describe(
      'Opened by this batch: each owes a report',
    ),
  })
  .meta({ id: 'MetricsTaken' });

export const ReadingsQuery = z.strictObject({ of: Code.optional().describe('Readings of this limit only'), ...page });
export const ReadingsView = z
  .strictObject({
    case: z.string(),
    items: many(z.strictObject({ ...measured, batch: z.int() })),
    next: z.string().nullable().describe('Cursor of the next page'),
  })
  .meta({ id: 'TrialReadings' });

// The trial as it stands ------------------------------------------------------------------------------------------------------------------------

/** One figure of the regime with its source; null: nobody says anything. */
const ruled = (value: z.ZodType) =>
  z
    .strictObject({
      value,
      source: z.enum(['law', 'setting', 'default']),
      verified: z.boolean(),
      basis: z.string().nullable(),
    })
    .nullable();
const Interval = z.strictObject({ amount: z.int(), unit: z.enum(['week', 'month']) });

const rules = z.strictObject({
  longestTerm: ruled(z.int()),
  maxExtensions: ruled(z.int()),
  longestExtension: ruled(z.int()),
  extensionBefore: ruled(Budget),
  extensionDecision: ruled(Budget),
  reportInterval: ruled(Interval),
  finalReport: ruled(Budget),
  incidentHours: ruled(z.int()),
  certificate: ruled(Budget),
  transitionAllowed: ruled(z.boolean()),
  longestTransition: ruled(z.int()),
});

const conditions = {
  months: z.int().describe('Civil months from the day of admission'),
  areas: many(
    z.strictObject({
      code: z.string(),
      name: Text,
      site: z.string(),
      polygon: z
        .array(z.tuple([z.number(), z.number()]).readonly())
        .readonly()
        .nullable()
        .describe('Corners as [latitude, longitude] (WGS 84); null: the whole site'),
    }),
  ),
  limits: many(
    z.strictObject({
      code: z.string(),
      name: Text,
      unit: z.string(),
      watch: z.enum(watches),
      min: z.number().optional(),
      max: z.number().optional(),
      inclusive: z.boolean().optional(),
      values: z
        .array(z.union([z.string(), z.boolean()]))
        .readonly()
        .optional(),
      verified: z.boolean(),
      source: z.enum(['law', 'setting', 'default', 'admission']),
    }),
  ),
  dataLocation: z.enum(['none', 'in-country', 'abroad']),
  reportEvery: Interval,
  visitEvery: z.int().describe('Months'),
  transitionMonths: z.int(),
  userDuties: many(z.strictObject({ code: z.string(), name: Text, days: z.int() })),
};
const Conditions = z.strictObject(conditions).meta({ id: 'TrialConditions' });

const words = z.string().nullable().describe('null where nothing was said, or it was erased');
const documentId = z.string().nullable();
const figures = z.record(z.string(), z.number());

const Hold = z.strictObject({
  id: z.string(),
  cause: z.union([
    z.strictObject({ kind: z.literal('limit'), limit: z.string(), value: Measured }),
    z.strictObject({ kind: z.literal('incident'), incident: z.string() }),
  ]),
  placedAt: Instant,
  confirmBy: Instant,
  status: z.enum(['placed', 'confirmed', 'lifted', 'lapsed']),
  decidedAt: Instant.nullable(),
  reason: words,
});

const Incident = z.strictObject({
  id: z.string(),
  limit: z.string().nullable().describe('Of one that the engine opened'),
  reportBy: Instant,
  status: z.enum(['to-report', 'missed', 'reported', 'examined']),
  severity: z.enum(severities).nullable(),
  happenedAt: Instant.nullable(),
  knownAt: Instant.nullable(),
  reportedAt: Instant.nullable(),
  late: z.boolean(),
  description: words,
  documentId,
  finding: z
    .strictObject({
      at: Instant,
      damage: z.enum(['none', 'own', 'state', 'third-party']),
      cause: z.enum(['objective', 'subjective', 'undetermined']),
      exempt: z.boolean(),
      legalBasis: z.string().nullable(),
      reason: words,
    })
    .nullable(),
});

const ChangeRequest = z.strictObject({
  id: z.string(),
  kind: z.enum(['adjustment', 'extension', 'resumption']),
  months: z.int().nullable().describe('Of an extension'),
  terms: Conditions.nullable().describe('Of an adjustment: the conditions as they would be'),
  reason: words,
  requestedAt: Instant,
  decideBy: Day,
  status: z.enum(['open', 'granted', 'refused', 'dropped']),
  answeredAt: Instant.nullable(),
  answer: words,
});

const owed = {
  duty: z.string(),
  dueDate: Day.nullable(),
  status: z.enum(['open', 'overdue', 'met']),
  metAt: Instant.nullable(),
};

export const TrialView = z
  .strictObject({
    ...fresh,
    phase: z.enum(phases),
    regime: z.strictObject({ code: z.string(), version: z.string(), name: Text, field: z.string() }),
    authority: Code,
    supervises: Code,
    evaluates: Code,
    fit: z.enum(['yes', 'unknown', 'no']),
    decision: z.string().nullable().describe('Number of the admission'),
    from: Day.nullable(),
    until: Day.nullable().describe('The last day, counted'),
    terms: Conditions.nullable().describe('null until it is admitted'),
    exemptions: many(ExemptionView.extend({ from: Day, to: Day })).describe(
      'The exemption record: which rule, whom, how far, from when to when, and by which clause',
    ),
    rules: rules.describe('What the regime says beside, each figure with its source; months are civil months'),
    warnAt: z.number().describe('From this share of a limit on people are warned'),
    extensions: z.int(),
    permits: many(
      z.strictObject({
        permit: z.string(),
        name: Text,
        authority: z.string(),
        number: z.string().nullable().describe('null: not shown yet'),
        validTo: Day.nullable(),
        documentId,
      }),
    ),
    keys: many(z.string()).describe('Ids of the keys with which devices sign'),
    metrics: z
      .strictObject({ batch: z.int(), to: Instant })
      .nullable()
      .describe('The last batch; the next one has the next number and begins no earlier'),
    alerts: many(z.strictObject({ ...measured, standing: z.enum(['near', 'beyond']), batch: z.int() })).describe(
      'The latest fifty, newest first',
    ),
    holds: many(Hold),
    suspensions: many(
      z.strictObject({
        at: Instant,
        hold: z.string().nullable().describe('The hold that was confirmed; null: suspended by decision'),
        reason: words,
        resumedAt: Instant.nullable(),
        resumedBecause: words,
      }),
    ),
    incidents: many(Incident),
    requests: many(ChangeRequest),
    reports: many(z.strictObject({ ...owed, filedAt: Instant.nullable(), documentId, figures: figures.nullable() })),
    visits: many(
      z.strictObject({
        id: z.string(),
        on: Day,
        result: z.enum(['in-order', 'shortcomings', 'violation']),
        agency: z.string().nullable(),
        findings: words,
      }),
    ),
    visitsDue: many(z.strictObject(owed)),
    finalReportDue: z.strictObject(owed).nullable(),
    finalReport: z
      .strictObject({
        filedAt: Instant,
        assessBy: Day,
        documentId,
        figures,
        lessons: many(z.strictObject({ act: z.string(), article: z.string(), change: words })),
      })
      .nullable(),
    userDuties: many(z.strictObject({ ...owed, name: Text })).describe('What is owed to its users since it ended'),
    ending: z.enum(endings).nullable(),
    endedAt: Instant.nullable(),
    endedBecause: words,
    transitionUntil: Day.nullable(),
    certificate: z.string().nullable().describe('Number of the certificate of completion'),
    withheldDocuments: many(z.string()).describe('Documents of the case that the caller may not open'),
    may: many(z.string()).describe('Acts that the caller may do now, by their names in the matrix of phases'),
  })
  .meta({ id: 'Trial' });
