import { z } from 'zod';
import { Code, Text } from './agency.js';
import { Budget, Day, Rule } from './procedure.js';

const count = z.number().int().min(0);
const Share = z.number().gt(0).max(1);

/** Civil months; a year is twelve. */
export const Months = z.strictObject({ amount: z.number().int().min(1).max(600), unit: z.enum(['month', 'year']) });
export const Interval = z.strictObject({ amount: z.number().int().min(1).max(120), unit: z.enum(['week', 'month']) });
export const Fraction = z.strictObject({ of: z.number().int().min(1), parts: z.number().int().min(1) });

/** How a limit is watched: declared once, told by signed metrics, or read off the hour or the place of any metric. */
export const watches = ['declared', 'telemetry', 'calendar', 'geofence', 'register'] as const;

/** One limit of a regime or of an admission. Numbers: `min`, `max` (`inclusive`: the bound itself is allowed). Everything else: `values`. */
export const LimitDefinition = z.strictObject({
  code: Code,
  name: Text,
  /** A symbol that reads the same in both languages, or what kind of value it is. */
  unit: z.string().min(1),
  watch: z.enum(watches),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  inclusive: z.boolean().exactOptional(),
  values: z.array(z.union([z.string(), z.boolean()])).exactOptional(),
  verified: z.boolean(),
});
export type LimitDefinition = z.infer<typeof LimitDefinition>;

/** What a text, the City, or we ourselves say about one figure of a regime. `path` as in `regimes.json`: `longestTerm`, `council.needed`. */
const Figure = z.strictObject({ path: z.string().min(1), value: z.json(), why: z.string().min(1) });

/** A figure that the City has set for its own sandbox; `document` fixed it. Stands between the law and our default. */
export const RegimeSetting = z.strictObject({
  path: z.string().min(1),
  value: z.json(),
  document: z.string().min(1),
  verified: z.boolean(),
});
export type RegimeSetting = z.infer<typeof RegimeSetting>;

/** A condition of the regime as a three-valued rule over `solution.*` and `applicant.*`, beside those its field, territory and applicants make. */
export const RegimeTest = z.strictObject({
  code: Code,
  rule: Rule,
  text: Text,
  clause: z.string().min(1),
  /** What a «no» is refused with. */
  refusal: z.enum(['OUTSIDE_REGIME', 'OUTSIDE_TERRITORY']),
  verified: z.boolean(),
});
export type RegimeTest = z.infer<typeof RegimeTest>;

/**
 * One sandbox regime as its texts have it. null = no text read says so; its path is then in `unverified`. What the City sets stands in the settings,
 * what we assume in `defaults`: see `rulesOf`.
 */
export const Regime = z.strictObject({
  code: Code,
  name: Text,
  status: z.enum(['in-force', 'planned', 'configurable']),
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable(),
  fields: z.array(z.strictObject({ code: Code, name: Text, centralApproval: z.boolean().nullable() })).min(1),
  territory: z.strictObject({
    scope: z.enum(['sites', 'ifc', 'city', 'province', 'nation']),
    sites: z.array(z.string().min(1)),
    name: Text,
    crossBorder: z.boolean().nullable(),
  }),
  applicant: z.strictObject({
    kinds: z.array(Code),
    conditions: z.array(Text.extend({ basis: z.string().min(1) })),
  }),
  tests: z.array(RegimeTest),
  /** Agency codes. */
  authority: z.strictObject({
    code: Code.nullable(),
    supervises: Code.nullable(),
    evaluates: Code.nullable(),
    /** Where the text has dossiers arrive, in its own words. */
    receives: z.string().nullable(),
  }),
  centralDecision: z.boolean(),
  dossier: z.strictObject({
    documents: z.array(z.strictObject({ code: Code, name: Text })),
    simplified: Text.nullable(),
    channel: z.string().nullable(),
    /** The text forbids to ask for anything else. */
    noOtherDocuments: z.boolean().nullable(),
  }),
  dossierCheck: z.strictObject({ days: Budget.nullable(), supplementNotices: count.nullable() }),
  appraisal: z.strictObject({
    agencies: z.array(
      z.strictObject({
        code: Code,
        role: z.enum(['lead', 'opinion', 'supervision', 'central']),
        basis: z.string().min(1),
      }),
    ),
    days: Budget.nullable(),
  }),
  decision: z.strictObject({
    days: Budget.nullable(),
    includesAppraisal: z.boolean().nullable(),
    document: Text.nullable(),
  }),
  council: z.strictObject({ needed: z.boolean().nullable(), quorum: Fraction.nullable() }),
  longestTerm: Months.nullable(),
  extensions: z.strictObject({
    max: count.nullable(),
    each: Months.nullable(),
    applyBefore: Budget.nullable(),
    decision: Budget.nullable(),
  }),
  reportInterval: Interval.nullable(),
  finalReport: Budget.nullable(),
  incidentHours: z.number().int().min(1).max(720).nullable(),
  incidentCovers: z.array(z.enum(['serious-incident', 'limit-exceeded'])),
  limits: z.array(LimitDefinition),
  externalPermits: z.array(
    z.strictObject({ code: Code, name: Text, authority: z.string().min(1), central: z.boolean() }),
  ),
  certificate: z.strictObject({ days: Budget.nullable(), document: Text.nullable() }),
  transition: z.strictObject({ allowed: z.boolean().nullable(), longest: Months.nullable(), note: Text.nullable() }),
  exemption: z.strictObject({
    grounds: z.array(Text.extend({ basis: z.string().min(1) })),
    thirdPartyDamage: z.literal('outside-by-default'),
  }),
  support: z.strictObject({ maxShareOfCost: Share.nullable(), note: Text.nullable() }),
  endings: z.array(
    z.strictObject({
      code: z.enum(['completed', 'failed', 'revoked', 'withdrawn', 'expired']),
      name: Text,
      basis: z.string().min(1),
    }),
  ),
  legalBasis: z
    .array(
      z.strictObject({
        act: z.string().min(1),
        article: z.string().nullable(),
        source: z.string().min(1),
        confidence: z.enum(['H', 'M', 'L']),
      }),
    )
    .min(1),
  defaults: z.array(Figure),
  unverified: z.array(z.string()),
});
export type Regime = z.infer<typeof Regime>;

/** How the City runs its sandbox where no regime says so. Ours until it decides: `verified` says whether it has. */
export const SandboxSettings = z.strictObject({
  /** By regime. */
  regimes: z.record(Code, z.array(RegimeSetting)),
  /** What the evaluation looks at, each with what speaks for and against it. */
  criteria: z
    .array(z.strictObject({ code: Code, name: Text, positive: Text, negative: Text, basis: z.string().min(1) }))
    .min(1),
  /** From this share of a limit on, the participant and the supervisor are warned. */
  warnAt: Share,
  /** Calendar days after a period in which its report is due. */
  reportDays: z.number().int().min(1).max(60),
  /** Months between two supervision visits; the admission may say less. */
  visitEvery: z.number().int().min(1).max(24),
  /** Working days to decide on an adjustment or a resumption. */
  requestDays: Budget,
  /** What places a protective hold by itself, beside a limit. */
  holdOn: z.array(z.enum(['serious', 'critical'])),
  basis: z.string().min(1),
  verified: z.boolean(),
});
export type SandboxSettings = z.infer<typeof SandboxSettings>;
