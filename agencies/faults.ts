import { z } from 'zod';
import { type LookupKind, lookupSystems } from '../domain/law/agency-systems.js';
import { Condition, lookups, Position } from '../domain/schemas/agency-messages.js';

const ms = z.int().min(0).max(600_000).default(0);
const rate = z.number().min(0).max(1).default(0);
const workingDays = z.int().min(0).max(1_000);

/** A delay in business time. Working days end at 10:00 (UTC+7); hours are office hours; the rest is plain time. */
export const ReplyAfter = z
  .strictObject({
    workingDays: workingDays.optional(),
    workingHours: z.number().min(0).max(8_000).optional(),
    minutes: z.number().min(0).max(10_000_000).optional(),
    milliseconds: z.int().min(0).optional(),
  })
  .meta({ id: 'ReplyAfter' });
export type ReplyAfter = z.infer<typeof ReplyAfter>;

/** An answer for some consultations only. Fields left out are those of the system. */
const AnswerRule = z
  .strictObject({
    caseCode: z.string().optional(),
    procedure: z.string().optional(),
    agency: z.string().optional(),
    position: Position.optional(),
    conditions: z.array(Condition).optional(),
    legalBasis: z.string().min(1).optional(),
    note: z.string().optional(),
    silent: z.boolean().optional(),
    replyAfter: ReplyAfter.optional(),
    lateByWorkingDays: workingDays.optional(),
  })
  .meta({ id: 'AnswerRule' });

const kinds = Object.keys(lookupSystems) as [LookupKind, ...LookupKind[]];
const lookupAnswers = z
  .partialRecord(z.enum(kinds), z.record(z.string(), z.unknown()))
  .default({})
  .superRefine((overrides, context) => {
    for (const kind of kinds) {
      const result = lookups[kind].answer.partial().safeParse(overrides[kind] ?? {});
      for (const issue of result.error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: [kind, ...issue.path], message: 'not an answer of this look-up' });
      }
    }
  })
  .describe('Fields that replace those of the computed answer, per kind of look-up');

/** How a system misbehaves and what it answers. `PUT` sets all of it: a field left out takes its default. */
export const Faults = z
  .strictObject({
    down: z.boolean().default(false).describe('Cuts every call, and sends no callback until it is up again'),
    latencyMs: ms.describe('Every call waits this long'),
    jitterMs: ms.describe('… plus up to this'),
    errorRate: rate.describe('Share of calls answered errorStatus; nothing was done'),
    errorStatus: z.int().min(400).max(599).default(503),
    timeoutRate: rate.describe('Share of calls never answered, although what was asked was done'),
    seed: z
      .int()
      .default(1)
      .describe('Of jitter, errorRate and timeoutRate; setting the faults starts the series again'),
    silent: z.boolean().default(false).describe('Accepts consultations and never calls back'),
    replyAfter: ReplyAfter.nullable()
      .default(null)
      .describe('Delay of an opinion; null: two working days, or a moment in real mode'),
    lateByWorkingDays: workingDays.default(0).describe('More than 0: answers so many working days after the due date'),
    outOfOrder: z
      .boolean()
      .default(false)
      .describe('Holds the first of every two callbacks until the second was delivered'),
    duplicateCallbacks: z.int().min(0).max(20).default(0).describe('Sends every delivered callback so many times more'),
    wrongSignature: z.boolean().default(false),
    position: Position.default('agree'),
    conditions: z.array(Condition).default([]),
    legalBasis: z.string().min(1).nullable().default(null).describe('null: the law the system works under'),
    note: z.string().default(''),
    answers: z
      .array(AnswerRule)
      .default([])
      .describe('The first rule that fits the consultation overrides the fields above'),
    lookupAnswers,
  })
  .meta({ id: 'Faults' });
export type Faults = z.infer<typeof Faults>;

export const noFaults: Faults = Faults.parse({});

type OpinionSettings = Pick<
  Faults,
  'silent' | 'replyAfter' | 'lateByWorkingDays' | 'position' | 'conditions' | 'legalBasis' | 'note'
>;

/** What a system would say to this consultation; `usual`: the conditions under which it agrees unless it is told otherwise. */
export function opinionSettings(
  faults: Faults,
  asked: { caseCode: string; procedure: string; agency: string },
  usual: readonly Condition[],
): OpinionSettings {
  const rule = faults.answers.find(
    (each) =>
      (each.caseCode ?? asked.caseCode) === asked.caseCode &&
      (each.procedure ?? asked.procedure) === asked.procedure &&
      (each.agency ?? asked.agency) === asked.agency,
  );
  const position = rule?.position ?? faults.position;
  const told = rule?.conditions ?? (faults.conditions.length > 0 ? faults.conditions : undefined);
  const byHabit = rule?.position === undefined && told === undefined && position === 'agree' && usual.length > 0;
  return {
    silent: rule?.silent ?? faults.silent,
    // A rule with a delay of its own is not late because the whole system is.
    replyAfter: rule?.replyAfter ?? faults.replyAfter,
    lateByWorkingDays: rule?.lateByWorkingDays ?? (rule?.replyAfter ? 0 : faults.lateByWorkingDays),
    position: byHabit ? 'agree-with-conditions' : position,
    conditions: byHabit ? [...usual] : (told ?? []),
    legalBasis: rule?.legalBasis ?? faults.legalBasis,
    note: rule?.note ?? faults.note,
  };
}

/** Numbers in [0, 1), the same series for the same seed (mulberry32). */
export function seededSeries(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
