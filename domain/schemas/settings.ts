import { z } from 'zod';
import type { CalendarAhead as CalendarAheadShape } from '../time/calendar-ahead.js';
import { Code, Text } from './agency.js';
import { DeadlineLadder, Ladder, ProcedureLadder } from './clock.js';
import { Budget, Day } from './procedure.js';
import { SandboxSettings } from './regime.js';

/**
 * What conditions of opinions may speak of. `number`: a decimal number in `unit` (`requires` = at least, `limits` = at most); `choice`: one of `choices`,
 * which exclude each other; `none`: the subject alone. The list is ours: no text gives one.
 */
export const ConditionSubject = z.strictObject({
  code: Code,
  name: Text,
  basis: z.string().min(1),
  verified: z.boolean(),
  value: z.enum(['none', 'number', 'choice']),
  /** A symbol that reads the same in both languages; null where there is none. */
  unit: z.string().nullable(),
  choices: z.array(z.strictObject({ code: Code, name: Text })),
});
export type ConditionSubject = z.infer<typeof ConditionSubject>;

const NamedDays = z.strictObject({ name: Text, source: z.string().min(1) });

/** See `withProvisionalYear`. */
export const CalendarAhead = z.strictObject({
  fixed: z.array(NamedDays.extend({ date: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/) })),
  lunar: z.array(
    NamedDays.extend({
      before: z.int().min(0).max(10),
      days: z.int().min(1).max(10),
      dates: z.record(z.string().regex(/^\d{4}$/), Day),
    }),
  ),
}) satisfies z.ZodType<CalendarAheadShape>;

const clockOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Days for work on which the law sets no date and that holds a case up all the same: counted from the day after it was opened. */
const TaskDays = z.strictObject({
  intake: Budget,
  lane: Budget,
  /** For the investor to speak before a lane is taken back, and for the head to decide after it. */
  hearing: Budget,
  revocation: Budget,
  question: Budget,
  /** For a fact to be confirmed that nobody knew or that somebody puts right; left out: as for the lane. */
  fact: Budget.exactOptional(),
  fit: Budget,
  signatory: Budget,
  incident: Budget,
  stuck: Budget,
  /** What follows a notice that nobody answered; left out: with the term of the procedure. */
  lapse: Budget.exactOptional(),
  /** How far ahead the handling of a violation may be looked at again; left out: as the officer says. */
  violationReview: Budget.exactOptional(),
  basis: z.string().min(1),
  verified: z.boolean(),
});

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** A list of the City that names projects, technologies or enterprises, each by the document behind it. */
export const CityList = z.strictObject({
  code: Code,
  name: Text,
  entries: z
    .array(
      z.strictObject({
        number: z.string().regex(/^[0-9A-Za-z.-]{1,32}$/),
        /** What it names: a project, a technology or product, a memorandum; left out where it names the enterprise alone. */
        subject: Text.exactOptional(),
        organisation: text(100).nullable(),
        from: Day,
        to: Day.nullable(),
        document: text(500),
      }),
    )
    .max(5_000),
});
export type CityList = z.infer<typeof CityList>;

/**
 * How long a procedure took before the green lane: whole days in the unit of its term by law, rounded down, over `n` dossiers of a period. Without a source nobody
 * has verified it.
 */
const ObservedDuration = z
  .strictObject({
    procedure: Code,
    days: z.int().min(1).max(2_000),
    source: text(500).nullable(),
    from: Day,
    to: Day,
    n: z.int().min(1),
    verified: z.boolean(),
  })
  .refine(({ source, verified }) => source !== null || !verified, { path: ['verified'] })
  .refine(({ from, to }) => from <= to, { path: ['to'] });

const monthAndDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]|(?<!02-)(29|30)|(?<=(01|03|05|07|08|10|12)-)31)$/);

/** When the green lane is evaluated and reported on, and who puts the report together. */
const Evaluations = z.strictObject({
  gatheredBy: Code,
  /** Chapters of agencies are due so many working days before the report. */
  chapterDays: z.int().min(1).max(20),
  rhythm: z
    .array(
      z
        .strictObject({
          code: Code,
          name: Text,
          months: z.union([z.literal(3), z.literal(6), z.literal(12)]),
          /** Last day of what it speaks of, and last day for it. */
          closes: monthAndDay,
          due: monthAndDay,
          source: text(500).nullable(),
          verified: z.boolean(),
        })
        .refine(({ source, verified }) => source !== null || !verified, { path: ['verified'] }),
    )
    .min(1)
    .max(12)
    .refine((all) => new Set(all.map(({ code }) => code)).size === all.length),
  basis: z.string().min(1),
  verified: z.boolean(),
});

/** How this installation runs the green lane where the law leaves it to the City, or is silent. Each part says where it comes from. */
export const Settings = z.strictObject({
  /** The City's decision promulgating the green-lane process: from then on form 01 prints the promised date. null = none yet. */
  promulgation: z.strictObject({ document: z.string().min(1), from: Day }).nullable(),
  /** Who is told what, and when, on each kind of clock. */
  ladders: z.strictObject({
    procedure: ProcedureLadder,
    opinion: Ladder,
    conference: Ladder,
    supplement: DeadlineLadder,
    duty: Ladder,
    /** Of work whose date the City sets: reception, lane, questions, what the engine could not do. */
    task: Ladder,
  }),
  conference: z.strictObject({
    days: Budget,
    /** Who settles what its chair cannot, or has let pass, and in which days; left out: it stays with the chair. */
    team: z.strictObject({ agency: Code, days: Budget }).exactOptional(),
    basis: z.string().min(1),
    verified: z.boolean(),
  }),
  conditionSubjects: z.array(ConditionSubject),
  /** Fee gate by procedure: where one is named, its payment step waits for the investor. None is: the gate is off. */
  fees: z.record(
    Code,
    z.strictObject({ amountVnd: z.string().regex(/^\d+$/), basis: z.string().min(1), verified: z.boolean() }),
  ),
  notices: z.strictObject({
    /** No mail and no SMS from `quietFrom` to `quietTo`, nor on days off, except what `urgent` says. */
    quietFrom: clockOfDay,
    quietTo: clockOfDay,
    /** More than this many notices for one person wait for one digest at the next office opening. */
    digestAbove: z.number().int().min(1),
    /** Rungs that are sent at once whatever the hour. */
    urgentRungs: z.array(Code),
    basis: z.string().min(1),
    verified: z.boolean(),
  }),
  /** When periodic reports are due: the day of the month after the quarter, the day of the year after the year. */
  reports: z.strictObject({
    quarterly: z.strictObject({ day: z.number().int().min(1).max(28) }),
    annual: z.strictObject({ month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31) }),
    basis: z.string().min(1),
    verified: z.boolean(),
  }),
  /** Reports on the green lane as a whole; left out: none is owed. */
  evaluations: Evaluations.exactOptional(),
  taskDays: TaskDays,
  /** How long somebody may be stood in for at most, first and last day counted. */
  delegation: z.strictObject({ longestDays: z.number().int().min(1), basis: z.string().min(1), verified: z.boolean() }),
  /** Lists of the City that prove a test of the green lane; none of them names an example project. */
  lists: z.array(CityList).optional(),
  /** How documents are taken from registers; left out: they are good for as long as their register says, and none needs a consent. */
  registers: z
    .strictObject({
      /** The duty to take them from there instead of asking for them. */
      legalBasis: text(500),
      /** For how many days what a register said may be decided on without asking it again, by its code. */
      freshDays: z.record(Code, z.int().min(1).max(3_650)),
      /** For how many hours a decision waits for a register that is asked again. */
      patienceHours: z.int().min(1).max(240),
      /** Registers that are asked only where whoever the data is about has agreed. */
      consent: z.array(Code),
      basis: z.string().min(1),
      verified: z.boolean(),
    })
    .optional(),
  /** Steps that only pass a dossier on (is it complete, send, record, publish): what a machine does of them makes no process automated. */
  automation: z
    .strictObject({ formalSteps: z.array(Code), basis: z.string().min(1), verified: z.boolean() })
    .optional(),
  /** Days off of the year after the last published one, which is provisional until its document is out; left out: nobody knows. */
  calendarAhead: CalendarAhead.optional(),
  /** Durations of before the programme, each procedure once: the baseline «so với hiện nay». */
  observed: z
    .strictObject({
      procedures: z
        .array(ObservedDuration)
        .refine((all) => new Set(all.map(({ procedure }) => procedure)).size === all.length),
      basis: z.string().min(1),
      verified: z.boolean(),
    })
    .optional(),
  sandbox: SandboxSettings,
});
export type Settings = z.infer<typeof Settings>;
