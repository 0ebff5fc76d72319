import { z } from 'zod';
import { severities } from '../../domain/law/trial-terms.js';
import { both, Code, DocumentId, GivenDay, GivenInstant, line, paragraphs } from './common.js';
import { DutyId } from './duties.js';

const reason = paragraphs(4_000);
const documentId = DocumentId.nullable().default(null).describe('One that you uploaded');
const figures = z
  .record(Code, z.number().min(-1e15).max(1e15))
  .refine((all) => Object.keys(all).length <= 50, both('nhiều nhất 50', 'at most 50'))
  .default({})
  .describe('What the participant counts, by a code of its own');

export const PermitBody = z
  .strictObject({
    permit: Code,
    number: line(100),
    documentId,
    validTo: GivenDay.nullable().default(null).describe('The last day, counted; null: without an end'),
  })
  .meta({ id: 'TrialPermit', description: 'A permit of another body that the regime wants' });

export const KeyBody = z
  .strictObject({
    keyId: Code.describe('Chosen by the participant; a key is never replaced, a new one gets another id'),
    publicKey: z.string().min(1).max(1_000).describe('Ed25519 as SPKI, in PEM or as base64 of its DER form'),
  })
  .meta({ id: 'TrialKey' });

export const TrialReportBody = z
  .strictObject({
    duty: DutyId.nullable().default(null).describe('The report it is; null: the earliest that is owed'),
    documentId,
    figures,
  })
  .refine(({ documentId: document, figures: counted }) => document !== null || Object.keys(counted).length > 0, {
    message: both('cần tài liệu hoặc số liệu', 'a document or figures'),
    path: ['documentId'],
  })
  .meta({ id: 'TrialReport' });

export const IncidentBody = z
  .strictObject({
    incident: z
      .string()
      .regex(/^I\d{1,6}$/)
      .nullable()
      .default(null)
      .describe('One that the engine opened; null: another'),
    severity: z.enum(severities),
    happenedAt: GivenInstant,
    knownAt: GivenInstant.describe('When the participant knew: its hours are counted from here'),
    description: paragraphs(8_000),
    documentId,
  })
  .meta({ id: 'TrialIncident' });

const site = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
const degree = (most: number) => z.number().min(-most).max(most);
const area = z.strictObject({
  code: Code,
  name: z.strictObject({ vi: line(300), en: line(300) }),
  site,
  polygon: z
    .array(z.tuple([degree(90), degree(180)]))
    .min(3)
    .max(200)
    .nullable()
    .describe('Corners as [latitude, longitude] (WGS 84); null: the whole site'),
});
const bounds = z.strictObject({
  code: Code.describe('A limit of this trial'),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  inclusive: z.boolean().exactOptional(),
  values: z
    .array(z.union([z.boolean(), line(100)]))
    .min(1)
    .max(100)
    .exactOptional(),
});

export const AdjustmentBody = z
  .strictObject({
    areas: z.array(area).min(1).max(50).exactOptional(),
    limits: z.array(bounds).min(1).max(100).exactOptional().describe('New bounds; limits not named stay as they are'),
    dataLocation: z.enum(['none', 'in-country', 'abroad']).exactOptional(),
    reportEvery: z.strictObject({ amount: z.int().min(1).max(120), unit: z.enum(['week', 'month']) }).exactOptional(),
    transitionMonths: z.int().min(0).max(120).exactOptional(),
    reason,
  })
  .refine(({ reason: _reason, ...changes }) => Object.keys(changes).length > 0, {
    message: both('cần ít nhất một thay đổi', 'something to change'),
    path: ['limits'],
  })
  .meta({ id: 'TrialAdjustment', description: 'What should change; everything else stays as it was admitted' });
export type AdjustmentBody = z.output<typeof AdjustmentBody>;

export const TrialExtensionBody = z
  .strictObject({ months: z.int().min(1).max(600).describe('Civil months'), reason })
  .meta({ id: 'TrialExtension' });

export const TrialReasonBody = z.strictObject({ reason }).meta({ id: 'TrialReason' });

export const FinalReportBody = z
  .strictObject({
    documentId,
    lessons: z
      .array(
        z.strictObject({
          act: line(300),
          article: line(100),
          change: paragraphs(4_000).describe('How the rule should change'),
        }),
      )
      .max(50)
      .default([]),
    figures,
  })
  .refine((report) => report.documentId !== null || report.lessons.length + Object.keys(report.figures).length > 0, {
    message: 'a document, lessons or figures',
    path: ['documentId'],
  })
  .meta({ id: 'TrialFinalReport' });

export const VisitBody = z
  .strictObject({
    on: GivenDay,
    result: z.enum(['in-order', 'shortcomings', 'violation']),
    findings: paragraphs(8_000),
  })
  .meta({ id: 'TrialVisit' });
