import { z } from 'zod';
import { evidenceCodes, predicateIds } from '../../domain/lane/evidence.js';
import { partyActs } from '../../domain/people/party-acts.js';
import { both, Code, Day, GivenDay, Instant, line, many, mostInteger, paragraphs, Text } from './common.js';
import { type AllJson, isPlainJson } from '../http/plain-json.js';

const reason = paragraphs(4_000);
const Uuid = z.uuid().toLowerCase();

// Drafts ----------------------------------------------------------------------------------------------------------------------------------------

/** Any JSON object: a draft is whatever the investor has so far. */
const DraftContent = z
  .record(z.string().max(200), z.unknown())
  .refine(
    isPlainJson,
    both(
      'nhiều nhất 20 cấp, 5.000 giá trị, chữ và số viết đúng',
      'at most 20 levels, 5,000 values, well-formed text and numbers',
    ),
  )
  .transform((content) => content as AllJson);

export const LaneEvidenceBody = z
  .strictObject({
    predicate: z.enum(predicateIds),
    code: z.enum(evidenceCodes).describe('Which kind of document it is: see `proof` of the test'),
    documentId: z.uuid().toLowerCase().describe('An upload of one’s own'),
  })
  .meta({ id: 'LaneEvidenceGiven' });

export const LaneHearingBody = z
  .strictObject({
    predicates: z
      .array(z.enum(predicateIds))
      .min(1)
      .max(predicateIds.length)
      .describe('The tests whose evidence is doubted'),
    reason: paragraphs(4_000).describe('What the investor is to speak about'),
  })
  .meta({ id: 'LaneHearing' });

const statement = { statement: paragraphs(4_000) };
export const LaneStatementBody = z.strictObject(statement).meta({ id: 'LaneStatement' });
export const ResultStatementBody = z.strictObject(statement).meta({ id: 'ResultStatement' });

export const FilingDraftBody = z
  .strictObject({
    content: DraftContent.describe('Any part of a filing, 64 KB at most; checked only when it is filed'),
    onBehalfOf: line(100).exactOptional().describe('Of a representative: for whom, where there is more than one'),
  })
  .meta({ id: 'NewDraft' });
export const FilingDraftChange = z
  .strictObject({
    version: z.int().min(1).max(mostInteger).describe('The version that this one replaces'),
    content: DraftContent,
  })
  .meta({ id: 'DraftChange' });

const draft = {
  id: Uuid,
  owner: z.string().describe('The investor whose project it is'),
  version: z.int(),
  status: z.enum(['open', 'filed', 'discarded']),
  createdAt: Instant,
  updatedAt: Instant,
  case: z.string().nullable().describe('What it became'),
};
export const FilingDraftSummary = z
  .strictObject({
    ...draft,
    kind: z.enum(['green-lane', 'sandbox']).describe('What it will be filed as'),
    name: z.string().nullable().describe('Of the project or the solution, as far as it is written'),
  })
  .meta({ id: 'DraftSummary' });
export const FilingDraftView = z
  .strictObject({
    ...draft,
    content: z.record(z.string(), z.unknown()).nullable().describe('null once it was filed or discarded'),
  })
  .meta({ id: 'Draft' });
export const FilingDrafts = z
  .strictObject({ items: many(FilingDraftSummary), next: z.string().nullable() })
  .meta({ id: 'Drafts' });
export const ofFilingDraft = z.strictObject({ id: Uuid });

// Powers of attorney ------------------------------------------------------------------------------------------------------------------------------

export const PowerBody = z
  .strictObject({
    representative: line(100),
    acts: z
      .array(z.enum(partyActs))
      .min(1)
      .max(partyActs.length)
      .describe('What they may do, by the names of the acts'),
    procedures: z
      .array(Code)
      .min(1)
      .max(100)
      .nullable()
      .describe('null = in every procedure and in the case as a whole'),
    from: GivenDay,
    to: GivenDay,
  })
  .meta({ id: 'NewPowerOfAttorney' });
export const PowerView = z
  .strictObject({
    id: Uuid,
    grantor: z.string(),
    grantorName: z.string().nullable(),
    grantorOrganisation: z.string().nullable(),
    representative: z.string(),
    representativeName: z.string().nullable(),
    acts: many(z.string()),
    procedures: many(z.string()).nullable(),
    from: Day,
    to: Day,
    grantedAt: Instant.nullable(),
    acceptedAt: Instant.nullable(),
    declinedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    state: z
      .enum(['offered', 'in-force', 'future', 'ended', 'declined', 'revoked'])
      .describe('offered: the representative has not answered yet'),
  })
  .meta({ id: 'PowerOfAttorney' });
export const Powers = z.strictObject({ items: many(PowerView) }).meta({ id: 'PowersOfAttorney' });
export const ofPower = z.strictObject({ id: Uuid });

// What is known already -----------------------------------------------------------------------------------------------------------------------------

export const KnownFactsBody = z
  .strictObject({
    onBehalfOf: line(100).exactOptional().describe('Of a representative: for whom, where there is more than one'),
    registrationNumber: z
      .string()
      .regex(/^[0-9A-Z][0-9A-Z.\-/]{4,29}$/)
      .exactOptional()
      .describe('Of the company, where the investor gives it'),
    identity: z
      .strictObject({ identityNumber: z.string().regex(/^\d{12}$/), dateOfBirth: Day })
      .exactOptional()
      .describe('Of whoever is signed in, to be checked against the population database; it is not kept'),
  })
  .meta({ id: 'KnownFactsRequest' });
export const KnownFacts = z
  .strictObject({
    facts: many(
      z.strictObject({
        field: z
          .string()
          .describe('Place in the filing, e.g. `investor.name`; `person.identity` is the check of identity'),
        value: z.union([z.string(), z.boolean()]),
        source: z.string(),
        sourceName: Text,
        case: z.string().nullable().describe('The earlier case that says so'),
        asOf: Day,
      }),
    ),
    ask: many(z.string()).describe('What the form still has to ask of the investor'),
    unanswered: many(z.strictObject({ source: z.string(), sourceName: Text })).describe(
      'Registers that gave no answer in time',
    ),
  })
  .meta({ id: 'KnownFacts' });

// Questions and other acts -----------------------------------------------------------------------------------------------------------------------------

export const QuestionBody = z
  .strictObject({ procedure: Code.nullable().default(null).describe('null: about the case'), text: paragraphs(4_000) })
  .meta({ id: 'NewQuestion' });
const who = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  agency: z.string().nullable(),
});
export const QuestionsView = z
  .strictObject({
    case: z.string(),
    items: many(
      z.strictObject({
        id: z.string(),
        task: z
          .string()
          .nullable()
          .describe('The task in which it is answered; null until it is one, and for the investor’s side'),
        procedure: z.string().nullable(),
        agency: z.string().describe('To whom it is addressed'),
        agencyName: Text,
        text: z.string().nullable().describe('null once it was erased'),
        askedAt: Instant,
        askedBy: who,
        answer: z
          .strictObject({ text: z.string().nullable(), answeredAt: Instant, answeredBy: who })
          .nullable()
          .describe('null while it waits'),
      }),
    ),
  })
  .meta({ id: 'Questions' });

export const LaneProposalBody = z.strictObject({ reason }).meta({ id: 'LaneProposal' });
export const DeferralBody = z
  .strictObject({
    procedure: Code,
    until: GivenDay.nullable().default(null).describe('On this day it ends by itself; null: when the investor says so'),
    reason,
  })
  .meta({ id: 'Deferral' });
export const PaymentBody = z
  .strictObject({
    reference: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{3,63}$/)
      .describe('Number of the payment as the bank or the payment platform gave it'),
  })
  .meta({ id: 'Payment' });
