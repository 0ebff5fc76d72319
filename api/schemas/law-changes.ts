import { z } from 'zod';
import { cityKinds } from '../../domain/law/city-data.js';
import { CalendarData } from '../../domain/schemas/calendar.js';
import { WrittenDefinition } from '../../domain/schemas/procedure.js';
import { CaseCode, Code, Day, Instant, line, many } from './common.js';

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}

const unwritable = /[^\P{Cc}\n\t]|\p{Cs}/u;
export const isWritable = (value: unknown): boolean => ![...stringsIn(value)].some((text) => unwritable.test(text));
export const writable = { error: 'control characters' };

export const CalendarPublication = CalendarData.extend({
  document: line(500).describe('The document that fixes the new dates; every clock it moves cites it'),
})
  .refine(isWritable, writable)
  .meta({ id: 'CalendarPublication' });

export const CalendarPreview = z
  .strictObject({
    changed: many(z.strictObject({ date: Day, worked: z.boolean().describe('As it would be') })).describe(
      'Days of the present span that would change; all lie ahead',
    ),
    to: Day.describe('How far it would reach'),
    looked: z.int().describe('Open cases looked at, at most five hundred'),
    items: many(
      z.strictObject({ case: z.string(), procedure: z.string(), from: Day.nullable(), to: Day.nullable() }),
    ).describe('Running terms of the law whose due date would move'),
  })
  .meta({ id: 'CalendarPreview' });

export const DefinitionPublication = WrittenDefinition.refine(isWritable, writable).meta({
  id: 'ProcedurePublication',
});

export const LawChange = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['calendar', 'procedure', ...cityKinds]),
    code: z.string(),
    version: z.string(),
    document: z.string(),
    publishedBy: z.string(),
    publishedByName: z.string().nullable(),
    at: Instant.describe(
      'Business time from which it holds; of a definition, when it was confirmed; of what waits, when it was proposed',
    ),
    status: z
      .enum(['proposed', 'confirmed', 'pending', 'done', 'declined'])
      .describe(
        '`proposed`: another admin has to confirm it; `confirmed`: it holds from `effectiveFrom` on; `done`: it has reached every case that runs',
      ),
    total: z.int().describe('Open cases when it was published'),
    done: z.int().describe('Cases looked at'),
    moved: z.int().describe('Cases in which something moved'),
    failures: many(z.strictObject({ case: z.string(), code: z.string() })).describe(
      'Cases that could not be re-dated now; the first hundred',
    ),
    finishedAt: Instant.nullable().describe('Real time'),
    effectiveFrom: Day.nullable().describe(
      'Of data of the City; null: from its publication, or as its definition says',
    ),
    confirmedBy: z.string().nullable(),
    confirmedByName: z.string().nullable(),
    confirmedAt: Instant.nullable(),
    declinedBy: z.string().nullable(),
    declinedAt: Instant.nullable(),
    declinedFor: z.string().nullable().describe('Why it was taken back, where that was said'),
  })
  .meta({ id: 'LawChange' });

export const DefinitionWithdrawal = z
  .strictObject({ reason: line(500) })
  .refine(isWritable, writable)
  .meta({ id: 'DefinitionWithdrawal' });

export const MigrationRequest = z
  .strictObject({
    toVersion: z
      .string()
      .max(80)
      .regex(/^[a-z][a-z0-9-]+@\d{4}-\d{2}-\d{2}$/)
      .describe('`{procedure}@{validFrom}`'),
    preview: z.boolean().describe('true: nothing is changed'),
    cases: z.array(CaseCode).min(1).max(100).optional().describe('Only these'),
    after: z.string().max(200).optional().describe('`next` of the answer before'),
  })
  .meta({ id: 'MigrationRequest' });

const Step = Code.describe('Code of a step');

const MigrationItem = z
  .strictObject({
    case: z.string(),
    attempt: z.int().nullable(),
    status: z
      .enum(['movable', 'moved', 'already', 'refused'])
      .describe('`movable` in a preview only; `already`: it is under that version'),
    code: z.string().nullable().describe('Why it was refused'),
    details: z.record(z.string(), z.unknown()),
    fromVersion: z.string().nullable(),
    steps: z
      .strictObject({ kept: many(Step), new: many(Step), dropped: many(Step) })
      .nullable()
      .describe('What is done and kept stays done'),
    remaining: z
      .strictObject({ before: z.int(), after: z.int() })
      .nullable()
      .describe('Days left of the statutory term: a migration never changes them'),
  })
  .meta({ id: 'MigrationItem' });

export const Migrations = z
  .strictObject({
    procedure: z.string(),
    toVersion: z.string(),
    preview: z.boolean(),
    items: many(MigrationItem),
    next: z.string().nullable(),
  })
  .meta({ id: 'Migrations' });
export type MigrationItem = z.input<typeof MigrationItem>;

export const DefinitionPreview = z
  .strictObject({
    procedure: z.string(),
    version: z.string(),
    holdsFrom: Day.describe('What is received from this day on'),
    items: many(MigrationItem).describe(
      'What moving each procedure that runs would do, at most a hundred; unmoved they keep their version',
    ),
    more: z.boolean().describe('Whether more than those run'),
  })
  .meta({ id: 'ProcedurePreview' });
