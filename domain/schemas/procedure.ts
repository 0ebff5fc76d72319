import { z } from 'zod';
import { plainDate } from '../time/instants.js';
import { Code, Text } from './agency.js';
import { ProcedureLadder } from './clock.js';

/** A legal day as text; gives the branded `PlainDate`. */
export const Day = z.iso.date().transform((text) => plainDate(text));

export const Budget = z.strictObject({
  amount: z.number().int().min(1).max(1000),
  unit: z.enum(['working-day', 'calendar-day']),
});

/** What an attribute of a project may hold; null = no value was given. */
export const FactValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type FactValue = z.infer<typeof FactValue>;

export const operators = ['eq', 'ne', 'gt', 'in', 'not-in', 'not-null', 'true-or-default'] as const;

/** One test of one attribute; `onUnknown` says what a missing value means (default: unknown). */
export interface Condition {
  attr: string;
  op: (typeof operators)[number];
  value: FactValue | FactValue[];
  onUnknown?: 'officer-decides' | 'yes-if-null';
}
/** A three-valued rule: a condition, or `all` (least), `any` (greatest), `not` of rules. */
export type Rule = Condition | { all: Rule[] } | { any: Rule[] } | { not: Rule };

const Condition = z.strictObject({
  attr: z.string().regex(/^(project|investor|derived|solution|applicant)(\.[a-zA-Z0-9]+)+$/),
  op: z.enum(operators),
  value: z.union([FactValue, z.array(FactValue)]),
  onUnknown: z.enum(['officer-decides', 'yes-if-null']).exactOptional(),
});
export const Rule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    Condition,
    z.strictObject({ all: z.array(Rule) }),
    z.strictObject({ any: z.array(Rule) }),
    z.strictObject({ not: Rule }),
  ]),
);

export const phases = ['licence', 'build', 'operate'] as const;
export const Phase = z.enum(phases);
export type Phase = z.infer<typeof Phase>;

export const SuspensionGround = z.strictObject({
  ground: z.enum(['supplement', 'explanation', 'violation-handling', 'errors-in-dossier']),
  /** How often this ground may be used; null = the text sets no number. */
  max: z.number().int().min(1).nullable(),
  investorDeadlineDays: z.number().int().min(1).nullable(),
  investorDeadlineUnit: z.enum(['working-day', 'calendar-day', 'month']).nullable(),
  deadlineSource: z.enum(['law', 'press', 'assumed', 'none']),
  legalBasis: z.string().min(1),
});
export type SuspensionGround = z.infer<typeof SuspensionGround>;

/** How the clock may stop and what happens when the investor stays silent. `cure` only with `cure-or-refuse`. */
export const ClockPolicy = z.strictObject({
  kind: z.enum(['pause', 'cure-or-refuse']),
  suspensionGrounds: z.array(SuspensionGround),
  cure: z
    .strictObject({
      notices: z.number().int().min(1),
      investorDays: Budget,
      agencyClockRuns: z.boolean(),
      refusalTaskDays: Budget,
      legalBasis: z.string().min(1),
    })
    .nullable(),
  onLapse: z.enum(['stop-or-continue', 'stop', 'refuse']),
  onResubmission: z.enum(['continue', 'restart']),
  investorExtension: Budget.nullable(),
  maxExtensions: z.number().int().min(0),
  /** The longest single extension, as its clause has it; null: no clause gives one, and none is granted. */
  extensionMax: Budget.nullable(),
  /**
   * Within how many days of the dossier more may be asked for, form 02 at the counter included, which is then one of the notices. Left out: no text gives a
   * window. `binds`: the counter alone, or whoever handles, too.
   */
  window: z
    .strictObject({ days: Budget, binds: z.enum(['counter', 'every-request']), legalBasis: z.string().min(1) })
    .exactOptional(),
});
export type ClockPolicy = z.infer<typeof ClockPolicy>;

/** What silence of a consulted agency means in law (`legalEffect`) and what the engine does (`handling`, per agency where it differs). */
export const SilencePolicy = z.strictObject({
  legalEffect: z.enum(['deemed-agreed', 'none']),
  handling: z.enum(['accept', 'escalate']),
  handlingByAgency: z.record(Code, z.enum(['accept', 'escalate'])),
  opinionDays: Budget.nullable(),
  legalBasis: z.string().min(1),
});
export type SilencePolicy = z.infer<typeof SilencePolicy>;

const fieldCode = z.string().regex(/^[a-z][a-zA-Z]{1,40}$/);

const Due = z.strictObject({
  amount: z.number().int().min(0).nullable(),
  unit: z.enum(['working-day', 'calendar-day', 'month', 'year']).nullable(),
  direction: z.enum(['before', 'after']),
  relativeTo: z.string().min(1),
});

/** What the law demands beside approvals. `when` decides whether it concerns this project; `appliesWhen` keeps the words of the source. */
export const DutyDefinition = z.strictObject({
  code: Code,
  name: Text,
  on: z.enum(['investor', 'agency']),
  due: Due.nullable(),
  when: Rule.nullable(),
  appliesWhen: z.string().nullable(),
  recipients: z.array(Code),
  /** Only of the security deposit: bands of capital in VND (decimal strings) and their percentage. */
  deposit: z
    .strictObject({
      rates: z.array(z.strictObject({ upToVnd: z.string().regex(/^\d+$/).nullable(), percent: z.number().positive() })),
      reductions: z.array(z.strictObject({ percent: z.number().positive(), when: z.string().min(1) })),
      ratesBasis: z.string().min(1),
      refund: z.string().nullable(),
    })
    .nullable(),
  legalBasis: z.string().min(1),
  verified: z.boolean(),
  /** Owed again each time as much later. */
  repeats: z.strictObject({ amount: z.number().int().min(1), unit: z.enum(['month', 'year']) }).exactOptional(),
  /** Only owed where another valid dossier for the same site comes within these days of the first. */
  window: Budget.exactOptional(),
});
export type DutyDefinition = z.infer<typeof DutyDefinition>;

/** A condition that must hold before something may begin. `blocks`: `@self`, `@none`, a procedure, `commencement` or `operation`. */
export const GateDefinition = z.strictObject({
  code: Code,
  name: Text,
  blocks: z.string().min(1),
  needs: z.union([
    z.strictObject({ event: Code }),
    z.strictObject({ event: Code, months: z.number().int().min(1) }),
    z.strictObject({ result: Code }),
    z.strictObject({ absent: Code }),
    z.strictObject({ waives: Code }),
    z.strictObject({ integrates: Code }),
    z.strictObject({ duty: Code }),
    z.strictObject({ anyOf: z.array(z.string().min(1)).min(1) }),
  ]),
  /** The pathways on which the gate exists; null = on all. */
  pathways: z.array(Code).nullable(),
  lapse: Budget.nullable(),
  legalBasis: z.string().min(1),
  verified: z.boolean(),
});
export type GateDefinition = z.infer<typeof GateDefinition>;

export const StepDefinition = z.strictObject({
  code: Code,
  name: Text,
  kind: z.enum(['automatic', 'officer', 'consultation', 'council', 'signature', 'payment']),
  /** An agency code, `@competent`, `@handling`, `system` or `investor`. */
  agency: z.string().min(1),
  dependsOn: z.array(Code),
  automation: z.enum(['full', 'assisted', 'manual']),
  shareOfBudget: z.number().min(0).max(1),
  designed: z.boolean(),
  /** Officer steps only: done when a second officer has looked at what the first one did. */
  fourEyes: z.literal(true).exactOptional(),
});
export type StepDefinition = z.infer<typeof StepDefinition>;

/** One field of what a procedure grants, as whoever decides fills it in. */
export const ResultField = z.strictObject({
  code: fieldCode,
  name: Text,
  /** `money`: whole dong · `number`: decimal, at most four places · `verdict`: what an agency says to a question, one of its positions. */
  kind: z.enum(['text', 'money', 'number', 'date', 'verdict']),
  unit: Text.nullable(),
  required: z.boolean(),
  /** Where the filing, or a fact of the project, says the same; null: nowhere. */
  filed: z
    .string()
    .regex(/^project(\.[a-zA-Z0-9]+)+$/)
    .nullable(),
  legalBasis: z.string().min(1),
  verified: z.boolean(),
});
export type ResultField = z.infer<typeof ResultField>;

const ReasonTemplate = z.strictObject({
  code: Code,
  outcome: z.enum(['approved', 'refused']),
  text: Text,
  legalBasis: z.string().min(1),
  verified: z.boolean(),
});

/** What a decision says beside yes or no: the fields of what is granted, and reasons to pick from. */
export const ResultDefinition = z
  .strictObject({ fields: z.array(ResultField).min(1).max(40), reasons: z.array(ReasonTemplate) })
  .refine(({ fields }) => new Set(fields.map(({ code }) => code)).size === fields.length, {
    path: ['fields'],
    error: 'two fields of one code',
  });
export type ResultDefinition = z.infer<typeof ResultDefinition>;

export const LegalBasis = z.strictObject({
  act: z.string().min(1),
  article: z.string().min(1),
  effectiveFrom: Day,
  effectiveTo: Day.nullable(),
  source: z.string().min(1),
  verified: z.boolean(),
});
export type LegalBasis = z.infer<typeof LegalBasis>;

/** One version of one administrative procedure, as the law has it between `validFrom` and `validTo` (both counted). */
export const ProcedureDefinition = z.strictObject({
  code: Code,
  /** `<code>@<validFrom>` */
  version: z.string().min(1),
  validFrom: Day,
  validTo: Day.nullable(),
  name: Text,
  phase: Phase,
  competentAgency: z
    .strictObject({
      park: Code.nullable(),
      /** `@site-board`: the board of that very zone. */
      zone: z.union([Code, z.literal('@site-board')]).nullable(),
      province: Code.nullable(),
      central: Code.nullable(),
    })
    .refine((by) => Object.values(by).some((agency) => agency !== null), 'somebody must be competent'),
  handledBy: Code.nullable(),
  statutoryBudget: Budget,
  /** Act and article that set the statutory budget. */
  budgetBasis: z.string().min(1),
  budgetVariants: z.array(
    z.strictObject({ when: Rule, budget: Budget, verified: z.boolean(), basis: z.string().min(1) }),
  ),
  startsFrom: z.enum(['receipt', 'valid-dossier', 'prior-decision']),
  clockPolicy: ClockPolicy,
  silence: SilencePolicy,
  consultations: z.array(
    z.strictObject({
      /** An agency code or `@site-board`. */
      agency: z.string().min(1),
      days: Budget,
      about: Text,
      /** What is asked of it one by one; left out: `about` is the one question. */
      questions: z
        .array(z.strictObject({ code: fieldCode, text: Text }))
        .min(1)
        .max(10)
        .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'two questions of one code')
        .exactOptional(),
      daysVerified: z.boolean(),
      addresseeDesigned: z.boolean(),
      when: Rule.nullable(),
    }),
  ),
  documents: z.array(
    z.strictObject({
      code: Code,
      name: Text,
      obtainableFrom: Code.nullable(),
      /** Of whom the register holds it; left out: of everybody. */
      obtainableWhen: Rule.exactOptional(),
      /** «nếu có»: its absence does not make the dossier incomplete. */
      ifAny: z.literal(true).exactOptional(),
    }),
  ),
  steps: z.array(StepDefinition).min(1),
  duties: z.array(DutyDefinition),
  gates: z.array(GateDefinition),
  result: Text,
  /** Left out: the result says no more than yes or no, and why. */
  content: ResultDefinition.exactOptional(),
  /** Reasons that agencies which are asked may pick from (`approved`: for it, `refused`: against it); left out: an opinion says no more than its position. */
  opinionReasons: z.array(ReasonTemplate).min(1).exactOptional(),
  /** Left out: the ladder of the settings. */
  ladder: ProcedureLadder.exactOptional(),
  legalBasis: z.array(LegalBasis).min(1),
  verified: z.strictObject({
    statutoryBudget: z.boolean(),
    startsFrom: z.boolean(),
    competentAgency: z.boolean(),
    clockPolicy: z.boolean(),
    silence: z.boolean(),
    consultations: z.boolean(),
    documents: z.boolean(),
    duties: z.boolean(),
    gates: z.boolean(),
    result: z.boolean(),
  }),
  unverified: z.array(z.string()),
  notes: z.string().nullable(),
});
export type ProcedureDefinition = z.infer<typeof ProcedureDefinition>;

/** A definition as it may be written from now on; those that cases rest on are read as they are. */
export const WrittenDefinition = ProcedureDefinition.refine(
  ({ clockPolicy: { maxExtensions, extensionMax } }) => maxExtensions === 0 || extensionMax !== null,
  { path: ['clockPolicy', 'extensionMax'], error: 'an extension needs the longest that its clause allows' },
);
