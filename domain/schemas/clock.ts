import { z } from 'zod';
import type { Budget as BudgetShape, ClockEntry as ClockEntryShape } from '../time/clock.js';
import { recipients, type Rung as RungShape } from '../time/ladder.js';
import { Code } from './agency.js';
import { Instant, PlainDate } from './calendar.js';

const days = z.int().positive();

/** A term in working dates or in dates. */
export const Budget = z.object({
  amount: days,
  unit: z.enum(['working-day', 'calendar-day']),
}) satisfies z.ZodType<BudgetShape>;
export type Budget = z.output<typeof Budget>;

const act = { at: Instant, ground: z.string().exactOptional() };

/** One line of a clock's ledger; only `extend` carries days. */
export const ClockEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['start', 'suspend', 'resume', 'restart', 'redate', 'stop', 'annul-suspension', 'annul-extension']),
    broken: z.array(z.object({ amount: days, dueDate: PlainDate, breachedOn: PlainDate })).exactOptional(),
    ...act,
  }),
  z.object({ type: z.literal('extend'), days, ...act }),
]) satisfies z.ZodType<ClockEntryShape>;
export type ClockEntry = z.output<typeof ClockEntry>;

const rung = { code: Code, tells: z.array(z.enum(recipients)).min(1).exactOptional() };

/** One rung of an escalation ladder, and who is told. */
export const Rung = z.discriminatedUnion('kind', [
  z.strictObject({ ...rung, kind: z.literal('share'), share: z.int().min(1).max(100) }),
  z.strictObject({ ...rung, kind: z.enum(['before-due', 'after-due']), workingDays: days }),
  z.strictObject({ ...rung, kind: z.literal('missed') }),
]) satisfies z.ZodType<RungShape>;
export type Rung = z.output<typeof Rung>;

/** Rungs of one clock, told apart by their codes. */
export const Ladder = z
  .array(Rung)
  .min(1)
  .refine((rungs) => new Set(rungs.map(({ code }) => code)).size === rungs.length, 'two rungs of one code');

/** The apology is drafted with the last rung before the date, so there must be one. */
export const ProcedureLadder = Ladder.refine(
  (rungs) => rungs.some(({ kind }) => kind === 'before-due'),
  'no rung before the date is due',
);

/** Of a deadline, which has no days to use up, and is settled the moment it passes. */
export const DeadlineLadder = Ladder.refine(
  (rungs) => rungs.every(({ kind }) => kind === 'before-due' || kind === 'missed'),
  'only rungs before a deadline, or of missing it',
);

/** One question to the clock: a line of `npm run -s clock`. Unknown keys (a note, an expected answer) are ignored. */
export const ClockCase = z.object({
  id: z.string(),
  calendar: z.string(),
  budget: Budget,
  events: z.array(ClockEntry),
  asOf: Instant,
});
export type ClockCase = z.output<typeof ClockCase>;
