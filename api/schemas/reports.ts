import { z } from 'zod';
import { type ReportFigureCode, reportFigures } from '../../domain/leadership/report-figures.js';
import { Code, Day, Instant, many, page, pageOf, paragraphs, Text } from './common.js';

const figureCodes = Object.keys(reportFigures) as [ReportFigureCode, ...ReportFigureCode[]];
const FigureCode = z.enum(figureCodes);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** `{code}-{last day}` */
export const ReportId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,52}-\d{4}-\d{2}-\d{2}$/)
  .describe('`{code}-{last day}`');

export const ReportPlace = z.strictObject({ id: ReportId });
export const ReportFigurePlace = z.strictObject({ id: ReportId, figure: FigureCode });
export const ChapterPlace = z.strictObject({ id: ReportId, agency: Code });

const words = paragraphs(20_000);

export const ChapterBody = z
  .strictObject({
    text: words.describe('What the head says of the period; where terms were missed, why'),
    figuresHash: Hash.describe(
      '`figuresHash` of the chapter that was looked at: `STALE` where the figures are others by now',
    ),
  })
  .meta({ id: 'ChapterSignature' });
export const GatheringBody = z
  .strictObject({ text: words.describe('What stands before the chapters') })
  .meta({ id: 'ReportGathering' });
export const ApprovalBody = z
  .strictObject({ contentHash: Hash.describe('`contentHash` of the report that was looked at') })
  .meta({ id: 'ReportApproval' });
export const ErratumBody = z
  .strictObject({
    agency: Code.nullable().describe('null: a figure of the City'),
    figure: FigureCode,
    reason: paragraphs(4_000),
  })
  .meta({ id: 'NewErratum', description: 'The register gives both values' });

const Figure = z
  .strictObject({
    figure: FigureCode,
    name: Text,
    measure: z.string().describe('Its definition in `GET /measures`'),
    n: z.int().describe('What it is made of'),
    count: z.int().nullable().describe('Of a share: how many of `n`'),
    value: z.string().nullable().describe('Decimal text; null: nothing to measure'),
    written: Text.describe('The same in words'),
    cases: z.string().describe('Where the cases behind it are'),
  })
  .meta({ id: 'ReportFigure' });

const Someone = z.strictObject({ id: z.string(), name: z.string().nullable() });
const Status = z.enum(['open', 'gathered', 'approved']);

const head = {
  id: z.string(),
  name: Text,
  from: Day,
  to: Day,
  chaptersDue: Day,
  due: Day,
  source: z.string().nullable().describe('What sets its date; null: a setting of ours'),
  verified: z.boolean(),
  status: Status,
  overdue: z.boolean().describe('Not approved past its date'),
  number: z.string().nullable(),
};

export const ReportItem = z
  .strictObject({
    ...head,
    chapters: z.int(),
    signed: z.int(),
    mine: z
      .enum(['unsigned', 'signed'])
      .nullable()
      .describe('The chapter of whoever asks; null: none is asked of them'),
  })
  .meta({ id: 'ReportItem' });
export const Reports = z
  .strictObject({ items: many(ReportItem).describe('The newest first, at most a hundred') })
  .meta({ id: 'Reports' });

const ChapterView = z
  .strictObject({
    agency: z.string(),
    agencyName: Text,
    state: z.enum(['open', 'signed', 'missing']).describe('`missing`: gathered without its signature'),
    overdue: z.boolean(),
    figures: many(Figure).describe('As they are now until it is signed, then as they were signed'),
    figuresHash: Hash,
    targets: many(z.strictObject({ figure: FigureCode, written: Text, met: z.boolean().nullable() })).describe(
      'Those of the year; null: nothing to measure',
    ),
    reasons: many(Text).describe('Why terms were missed, as far as the register says'),
    draft: Text.nullable().describe('A first text, made of the figures; null once it is gathered'),
    text: z.string().nullable(),
    signedBy: Someone.nullable(),
    signedAt: Instant.nullable(),
  })
  .meta({ id: 'ReportChapter' });

const Changed = z.strictObject({
  agency: z.string().nullable(),
  agencyName: Text.nullable(),
  before: Figure,
  now: Figure,
});

export const ReportView = z
  .strictObject({
    ...head,
    openedAt: Instant,
    contentHash: Hash.nullable().describe('SHA-256 over `GET /reports/{id}/content`; null until it is gathered'),
    mayGather: z.boolean().describe('Whether it is the caller who puts the chapters together'),
    text: z.string().nullable(),
    city: many(Figure).describe('As they are now until it is gathered'),
    chapters: many(ChapterView),
    gatheredBy: Someone.nullable(),
    gatheredAt: Instant.nullable(),
    approvedBy: Someone.nullable(),
    approvedAt: Instant.nullable(),
    errata: many(Changed.extend({ reason: z.string(), by: Someone.nullable(), at: Instant })),
    changed: many(Changed).describe(
      'Of an approved report: what the register says otherwise by now, without an erratum yet',
    ),
  })
  .meta({ id: 'Report' });

export const ReportCasesQuery = z.strictObject({
  agency: Code.optional().describe('Left out: of the City; only with a figure that chapters have'),
  ...page,
});
export const ReportCases = pageOf(
  z.strictObject({
    case: z.string(),
    value: z.string().nullable(),
    counted: z.boolean().nullable().describe('Of a share: whether it is one of those that count'),
  }),
  'ReportCases',
).extend({ n: z.int().describe('Whoever reads them') });

const PublishedItem = z
  .strictObject({
    id: z.string(),
    name: Text,
    from: Day,
    to: Day,
    number: z.string(),
    approvedAt: Instant,
    contentHash: Hash,
    errata: z.int(),
    city: many(Figure.omit({ cases: true })),
  })
  .meta({ id: 'PublishedReport' });
export const PublishedReports = z.strictObject({ items: many(PublishedItem) }).meta({ id: 'PublishedReports' });
