import { z } from 'zod';
import { councilRoles, recommendations, votes } from '../../domain/case/trial/tally.js';
import { exempted, exemptionScopes } from '../../domain/law/trial-terms.js';
import { watches } from '../../domain/schemas/regime.js';
import { both, Code, GivenInstant, Instant, line, many, paragraphs, TaskId, Text } from './common.js';

const reason = paragraphs(4_000);
const GivenText = z.strictObject({ vi: line(300), en: line(300) });
const months = z.int().min(1).max(600);
const Every = z.strictObject({ amount: z.int().min(1).max(120), unit: z.enum(['week', 'month']) });

/** A list in which no code stands twice. */
const byCode = <S extends z.ZodType<{ readonly code: string }>>(item: S, max: number) =>
  z
    .array(item)
    .max(max)
    .refine(
      (list) => new Set(list.map(({ code }) => code)).size === list.length,
      both('một mã xuất hiện hai lần', 'a code twice'),
    );

const Latitude = z.number().min(-90).max(90);
const Longitude = z.number().min(-180).max(180);

const Area = z.strictObject({
  code: Code,
  name: GivenText,
  site: line(100).describe('A site of the regime’s territory'),
  polygon: z
    .array(z.tuple([Latitude, Longitude]))
    .min(3)
    .max(50)
    .nullable()
    .describe('Corners as [latitude, longitude], WGS 84; null = the whole site'),
});

const bounds = {
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  inclusive: z.boolean().exactOptional().describe('Whether the bound itself is allowed'),
  values: z
    .array(z.union([line(100), z.boolean()]))
    .min(1)
    .max(50)
    .exactOptional(),
};

/** A limit of the regime by its code, with what the admission has otherwise; or one of the admission's own. */
const GivenLimit = z
  .strictObject({
    code: Code,
    ...bounds,
    name: GivenText.exactOptional().describe('Of a limit that the regime does not have'),
    unit: line(40).exactOptional(),
    watch: z.enum(watches).exactOptional(),
    verified: z.boolean().exactOptional(),
  })
  .refine(
    ({ min, max }) => min === undefined || max === undefined || min <= max,
    both('giá trị nhỏ nhất lớn hơn giá trị lớn nhất', 'min above max'),
  );
export type GivenLimit = z.output<typeof GivenLimit>;

const Exemption = z.strictObject({
  act: line(300),
  article: line(100),
  whom: z.enum(exempted),
  scope: z.enum(exemptionScopes),
  basis: line(300).describe('The clause that allows it'),
});

const GivenTerms = z.strictObject({
  months: months.exactOptional().describe('Civil months from the admission; as asked for where it is left out'),
  areas: byCode(Area, 20).min(1),
  limits: byCode(GivenLimit, 50).default([]).describe('Limits of the regime hold also where they are not named'),
  dataLocation: z.enum(['none', 'in-country', 'abroad']),
  reportEvery: Every.exactOptional().describe('As the regime has it where it is left out'),
  visitEvery: z.int().min(1).max(24).exactOptional().describe('Months; as the City has set it where it is left out'),
  transitionMonths: z.int().min(0).max(600).default(0),
  exemptions: z.array(Exemption).max(50).default([]),
  userDuties: byCode(
    z.strictObject({
      code: Code,
      name: GivenText,
      days: z.int().min(0).max(3_650).describe('Calendar days after the end'),
    }),
    20,
  ).default([]),
});
export type GivenTerms = z.output<typeof GivenTerms>;

const finding = z.enum(['positive', 'negative', 'unclear']);

export const TermsBody = z
  .strictObject({
    taskId: TaskId.describe('The task of the evaluation, held by the caller'),
    criteria: z.array(z.strictObject({ criterion: Code, finding })).max(100),
    terms: GivenTerms,
  })
  .meta({ id: 'TrialTermsProposal' });

export const ConvocationBody = z
  .strictObject({
    taskId: TaskId.describe('The task of the council, held by the caller'),
    members: z
      .array(z.strictObject({ person: line(100).describe('Id'), role: z.enum(councilRoles) }))
      .min(1)
      .max(50),
    meetsAt: GivenInstant,
  })
  .meta({ id: 'CouncilConvocation' });

export const CouncilCandidates = z
  .strictObject({
    items: many(z.strictObject({ id: z.string(), name: z.string(), role: z.string(), agencyName: Text.nullable() })),
  })
  .meta({ id: 'CouncilCandidates' });

export const CouncilOpeningBody = z
  .strictObject({ taskId: TaskId, present: z.array(line(100)).min(1).max(50).describe('Ids of members') })
  .meta({ id: 'CouncilOpening' });

export const VoteBody = z
  .strictObject({
    vote: z.enum(votes),
    reason: reason.exactOptional().describe('Whoever votes against says why'),
  })
  .meta({ id: 'CouncilVote' });

// Reading ------------------------------------------------------------------------------------------------------------------------------------------

const source = z.enum(['law', 'setting', 'default']).describe('`default`: ours, where neither law nor City says');
const sourced = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, source, verified: z.boolean(), basis: z.string().nullable() }).nullable();

/** From which rule whom an admission exempts, how far, and by which clause. */
export const ExemptionView = z.strictObject({
  act: z.string(),
  article: z.string(),
  whom: z.enum(exempted),
  scope: z.enum(exemptionScopes),
  basis: z.string(),
});

const LimitView = z
  .strictObject({
    code: z.string(),
    name: Text,
    unit: z.string(),
    watch: z.enum(watches),
    ...{ min: bounds.min, max: bounds.max, inclusive: bounds.inclusive },
    values: many(z.union([z.string(), z.boolean()])).exactOptional(),
    verified: z.boolean(),
    source: z.enum(['law', 'setting', 'default', 'admission']).describe('`admission`: a condition of this trial alone'),
  })
  .meta({ id: 'TrialLimit' });

/** The conditions of an admission, proposed or in force. */
export const TrialTermsView = z
  .strictObject({
    months,
    areas: many(
      z.strictObject({
        code: z.string(),
        name: Text,
        site: z.string(),
        polygon: many(many(z.number())).nullable(),
      }),
    ),
    limits: many(LimitView),
    dataLocation: z.enum(['none', 'in-country', 'abroad']),
    reportEvery: Every,
    visitEvery: z.int(),
    transitionMonths: z.int(),
    exemptions: many(ExemptionView),
    userDuties: many(z.strictObject({ code: z.string(), name: Text, days: z.int() })),
  })
  .meta({ id: 'TrialTerms' });

const Named = z.strictObject({ id: z.string(), name: z.string().nullable().describe('null once erased') });

/** What is evaluated, within which rules, and what was proposed. */
export const EvaluationView = z
  .strictObject({
    regime: z.strictObject({ code: z.string(), version: z.string(), name: Text }),
    askedMonths: z.int(),
    longestTerm: sourced(z.int()),
    reportInterval: sourced(Every),
    limits: many(LimitView).describe('Of the regime: an admission may narrow them, never widen'),
    criteria: many(
      z.strictObject({
        criterion: z.string(),
        name: Text,
        positive: Text.describe('What speaks for it'),
        negative: Text.describe('What speaks against it'),
        basis: z.string(),
        finding: finding.nullable(),
      }),
    ),
    proposal: z
      .strictObject({ at: Instant, by: many(Named), terms: TrialTermsView })
      .nullable()
      .describe('null while nothing is proposed; work that is sent back is proposed anew'),
  })
  .meta({ id: 'TrialEvaluation' });

const Vote = z.enum(votes);

export const CouncilView = z
  .strictObject({
    status: z.enum(['convened', 'meeting', 'closed']),
    meetsAt: Instant,
    quorum: z.int().describe('How many of the appointed members must be there and free to vote'),
    voters: z.int().nullable().describe('How many are; null until it meets'),
    members: many(
      z.strictObject({
        person: Named,
        role: z.enum(councilRoles),
        agency: z.string().nullable(),
        agencyName: Text.nullable(),
        present: z.boolean().nullable().describe('null until it meets'),
        recused: z.boolean(),
        voted: z.boolean(),
        vote: Vote.nullable().describe('Until the council is closed only the caller’s own'),
        reason: z.string().nullable(),
      }),
    ).describe('Not shown to the participant'),
    result: z
      .strictObject({
        at: Instant,
        for: z.int(),
        against: z.int(),
        abstained: z.int(),
        recommends: z.enum(recommendations).describe('`none`: neither side has a majority of those who may vote'),
        dissent: many(z.strictObject({ person: Named.nullable(), vote: Vote, reason: z.string().nullable() })).describe(
          'Who saw it otherwise, and why; the participant reads no names',
        ),
      })
      .nullable()
      .describe('null until it is closed'),
  })
  .meta({ id: 'TrialCouncil' });

/** What a task in the admission of a trial rests on. */
export const AdmissionView = z
  .strictObject({
    evaluation: EvaluationView,
    councilNeeded: z.boolean(),
    quorumRule: sourced(z.strictObject({ parts: z.int(), of: z.int() })),
    council: CouncilView.nullable(),
  })
  .meta({ id: 'TrialAdmission' });
