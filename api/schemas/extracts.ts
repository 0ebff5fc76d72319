import { z } from 'zod';
import { missedReasons } from '../../domain/case/extract/missed.js';
import { fresh } from './cases.js';
import { Day, Instant, many, Text } from './common.js';

const ExtractView = z
  .strictObject({
    document: z.string(),
    documentName: Text.nullable(),
    register: z.string(),
    registerName: Text,
    state: z
      .enum(['asked', 'obtained', 'missed'])
      .describe('`asked`: the register has not answered yet; `missed`: it gave nothing the last time'),
    look: z.int().describe('How often it was asked for'),
    withheld: z.boolean().describe('true: what it said is not for this reader'),
    askedAt: Instant,
    consent: z
      .strictObject({ givenBy: z.string(), givenAt: Instant })
      .nullable()
      .describe('Who agreed that the register is asked; null: nobody has said so'),
    obtained: z
      .strictObject({
        at: Instant,
        requestId: z.string(),
        reference: z.string().describe('Of the register’s own books'),
        asOf: Instant.describe('As of when the register says it'),
        issuedOn: Day.nullable(),
        validUntil: Day.nullable().describe('Last day on which it holds; null: the register names none'),
        contentHash: z.string().describe('SHA-256 over salt and content, as the event holds it'),
        content: z
          .strictObject({
            purpose: Text,
            legalBasis: z.string(),
            about: z.strictObject({ name: z.string(), number: z.string().nullable() }),
            fields: many(
              z.strictObject({
                code: z.string(),
                name: Text,
                value: z.string(),
                valueName: Text.nullable().describe('Of a code; null: the value says itself what it is'),
              }),
            ),
          })
          .nullable()
          .describe('null once it was erased, and where it is withheld'),
      })
      .nullable()
      .describe('What the register said last; null: nothing yet'),
    missed: z
      .strictObject({ at: Instant, reason: z.enum(missedReasons), text: Text })
      .nullable()
      .describe('Why it gave nothing the last time; null: it gave what was asked'),
    question: z
      .strictObject({
        askedAt: Instant,
        differences: many(
          z.strictObject({
            against: z
              .enum(['filed', 'before'])
              .describe('`filed`: what was filed or confirmed since; `before`: what the register said the last time'),
            code: z.string(),
            name: Text,
            ours: z.string().nullable(),
            oursName: Text.nullable().describe('Of a code, as `valueName`'),
            theirs: z.string().nullable(),
            theirsName: Text.nullable(),
          }),
        )
          .nullable()
          .describe('Both sides; null once erased, and where they are withheld'),
        settled: z
          .strictObject({ at: Instant, stands: z.enum(['register', 'filed']), reason: z.string().nullable() })
          .nullable()
          .describe('What an officer said; null: nobody has, and nothing is decided before'),
      })
      .nullable()
      .describe('Where what it said differs from what the case had; null: nowhere'),
  })
  .meta({ id: 'Extract' });

export const ExtractsView = z
  .strictObject({ ...fresh, procedure: z.string(), attempt: z.int(), items: many(ExtractView) })
  .meta({ id: 'Extracts' });
