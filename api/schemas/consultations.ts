import { attendances } from '../../domain/case/conference/words.js';
import { z } from 'zod';
import { positions } from '../../domain/case/consultation/words.js';
import { fresh } from './cases.js';
import { CompletionBody } from './commands.js';
import { Budget, Code, Day, Instant, many, paragraphs, Text } from './common.js';

const reason = paragraphs(4_000);
const words = z.string().nullable().describe('null once it was erased');
const agency = { agency: z.string(), agencyName: Text };

const position = z.enum(positions);
const OpinionContent = z
  .strictObject({
    questions: many(z.strictObject({ code: z.string(), name: Text, verdict: position })),
    reasons: many(z.strictObject({ text: z.string(), legalBasis: z.string() })),
  })
  .meta({ id: 'OpinionContent', description: 'What the agency says to each question, and why' });

export const ConditionView = z
  .strictObject({
    subject: z.string(),
    subjectName: Text.nullable().describe('null: free text'),
    direction: z.enum(['requires', 'forbids', 'limits']).describe('Of a number: at least, none at all, at most'),
    value: z.string().nullable(),
    valueName: Text.nullable().describe('Of a choice'),
    unit: z.string().nullable(),
  })
  .meta({ id: 'ConditionOfOpinion' });

export const OpinionView = z
  .strictObject({
    agency: z.string(),
    agencyName: Text,
    about: Text,
    budget: Budget,
    dueDate: Day,
    channel: z.enum(['system', 'worklist']),
    legalEffect: z.enum(['deemed-agreed', 'none']).describe('What the law makes of silence'),
    handling: z.enum(['accept', 'escalate']).describe('What we do with silence'),
    status: z.enum(['asked', 'given', 'lapsed', 'escalated', 'decided']),
    position: position.nullable(),
    conditions: many(ConditionView),
    legalBasis: z.string().nullable(),
    reason: z
      .string()
      .nullable()
      .describe('In the words of whoever gave it; null where it came without any, or by a system'),
    content: OpinionContent.nullable().describe('null: it says no more than its position, or was erased'),
    late: z.boolean(),
    answeredAt: Instant.nullable(),
    decision: z.enum(['treat-as-agreed', 'proceed-without']).nullable(),
  })
  .meta({ id: 'Opinion' });

const Issue = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['objection', 'contradiction']),
    agencies: many(z.string()),
    subject: z.string().nullable(),
    subjectName: Text.nullable(),
    options: many(
      z.strictObject({
        upholds: z.string().nullable().describe('null: a middle way, in the words of the decision'),
        agencyName: Text.nullable(),
        position: position.nullable(),
        conditions: many(ConditionView),
        legalBasis: z.string().nullable(),
        reason: z.string().nullable(),
        content: OpinionContent.nullable(),
      }),
    ),
    resolution: z.strictObject({ upholds: z.string().nullable() }).nullable().describe('null while undecided'),
  })
  .meta({ id: 'ConflictIssue' });

/** The conference of one consultation: its agenda and, once decided, what it upheld. */
export const ConferenceView = z
  .strictObject({
    consultation: z.int(),
    chair: z.string(),
    chairName: Text,
    chairIsParty: z.boolean().describe('It chairs a dispute of its own, because nobody else may'),
    referred: z
      .strictObject({ from: z.string(), fromName: Text, at: Instant, reason: words })
      .nullable()
      .describe('It went to the City’s team; `reason` null: its chair had let the day pass, or it was erased'),
    statements: many(
      z.strictObject({
        ...agency,
        task: z.string().nullable().describe('The task by which it is asked; null: it was not'),
        at: Instant.nullable().describe('null: it has not spoken'),
        attendance: z.enum(attendances).nullable(),
        statement: words,
        dissent: words.describe('What stands in the minutes where it is not followed'),
      }),
    ).describe('Of each that disagrees: what it says in its own words, and how it takes part'),
    openedAt: Instant,
    dueDate: Day,
    decidedAt: Instant.nullable(),
    issues: many(Issue),
    dissent: many(z.strictObject({ ...agency, reason: words })),
    reason: words.describe('null while undecided, or once it was erased'),
  })
  .meta({ id: 'Conference' });

const OpinionAgenda = OpinionView.extend({
  lapsedAt: Instant.nullable().describe('When silence began to stand for the answer'),
  weighed: z.boolean().describe('It was given and counts as an answer; a late one only once the lead has decided so'),
}).meta({ id: 'OpinionAgenda' });

const Consultation = z
  .strictObject({
    n: z.int(),
    step: z.string(),
    stepName: Text.nullable(),
    lead: z.string(),
    leadName: Text,
    openedAt: Instant,
    closedAt: Instant.nullable(),
    opinions: many(OpinionAgenda),
    reopenings: many(z.strictObject({ ...agency, at: Instant, reason: words })).describe(
      'Late answers that the lead decided to weigh',
    ),
    conference: ConferenceView.nullable(),
  })
  .meta({ id: 'Consultation' });

export const ConsultationsView = z
  .strictObject({ ...fresh, procedure: z.string(), attempt: z.int(), items: many(Consultation) })
  .meta({ id: 'Consultations' });

const { resolutions, dissent } = CompletionBody.shape;
export const ConferenceBody = z
  .strictObject({ resolutions: resolutions.nonoptional(), dissent, reason })
  .meta({ id: 'ConferenceDecision' });

export const ReopeningBody = z
  .strictObject({ agency: Code.describe('Whose late answer is weighed'), reason })
  .meta({ id: 'Reopening' });

export const ConditionSubjectsView = z
  .strictObject({
    items: many(
      z.strictObject({
        code: z.string(),
        name: Text,
        value: z.enum(['none', 'number', 'choice']),
        unit: z.string().nullable(),
        choices: many(z.strictObject({ code: z.string(), name: Text })),
        basis: z.string(),
        verified: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ConditionSubjects' });
