import { both } from '../../domain/schemas/text.js';
import { z } from 'zod';
import { resultChangeKinds } from '../../domain/case/issued/words.js';
import { predicateIds } from '../../domain/lane/evidence.js';
import { Predicate } from './screening.js';
import { everyOutcome } from '../../domain/case/task-table.js';
import { changes, Filing } from '../../domain/schemas/project.js';
import { SandboxFiling } from '../../domain/schemas/trial.js';
import { GivenSignature, KeptSignature } from './filing-signature.js';
import { FiledTrial } from './regimes.js';
import {
  CaseCode,
  Code,
  Day,
  DocumentId,
  GivenDay,
  Instant,
  line,
  many,
  paragraphs,
  RequestId,
  Text,
  Written,
} from './common.js';

/** A document of a dossier: uploaded by the caller, or taken from a register of the State («once only»), which the definition must allow. */
export const DossierItem = z
  .union([
    z.strictObject({ code: Code, documentId: DocumentId }),
    z.strictObject({
      code: Code,
      obtainedFrom: Code.describe(
        'The register that holds it: it is asked from there, to which whoever files agrees by naming it',
      ),
    }),
  ])
  .meta({ id: 'DossierItem' });
export type DossierItem = z.output<typeof DossierItem>;

const documents = z.array(DossierItem).min(1).max(200);
const reason = paragraphs(4_000);

export const DossierBody = z.strictObject({ documents }).meta({ id: 'DossierFiling' });

/** A dossier as it is asked for, beside what is there. */
export const DossierCheckView = z
  .strictObject({
    documents: many(
      z.strictObject({
        code: z.string(),
        name: Text,
        required: z
          .boolean()
          .describe('Without it the dossier is not complete; what is only given «if any» is not required'),
        source: z.string().nullable().describe('The register of the State that holds it; null: the investor gives it'),
        given: z.boolean(),
      }),
    ),
    missing: many(z.string()).describe('Codes of what is required and not there'),
  })
  .meta({ id: 'DossierCheck' });

export const DossierWritten = Written.extend({ procedure: z.string(), dossier: DossierCheckView }).meta({
  id: 'DossierWritten',
  description: 'Done, once; what is missing may be added until the dossier is examined',
});
export const SupplementAnswer = z
  .strictObject({
    procedure: Code,
    requestId: RequestId,
    documents: z.array(DossierItem).max(200).default([]).describe('May be empty where an explanation was asked for'),
    explanation: paragraphs(10_000).exactOptional().describe('In words; alone it answers a request for an explanation'),
  })
  .meta({ id: 'SupplementAnswer' });
export const ExtensionBody = z.strictObject({ days: z.int().min(1).max(1_000), reason }).meta({ id: 'Extension' });
export const WithdrawalBody = z.strictObject({ reason }).meta({ id: 'Withdrawal' });
export const ReviewBody = z
  .strictObject({
    reviewOn: GivenDay.exactOptional().describe(
      'A working day; the last that the City’s setting allows where it is left out',
    ),
    reason,
  })
  .meta({ id: 'ViolationReview' });
export const ReceiptWithdrawalBody = z
  .strictObject({
    to: Code.exactOptional().describe(
      'The procedure of the plan that the dossier belongs to; examined anew where it is left out',
    ),
    reason,
  })
  .meta({ id: 'ReceiptWithdrawal' });
export const SurveyBody = z
  .strictObject({
    score: z.int().min(1).max(5),
    procedure: Code.exactOptional().describe('About one result; about the whole case where it is left out'),
  })
  .meta({ id: 'Survey' });
export const GateBody = z
  .strictObject({
    evidence: z.union([z.strictObject({ documentId: DocumentId }), z.strictObject({ reference: line(100) })]),
    on: GivenDay.exactOptional().describe('The day it happened, or is planned for; today where it is left out'),
  })
  .meta({ id: 'GateEvidence', description: 'What shows that it happened: a document, or the number of one' });

const Condition = z.strictObject({
  subject: Code,
  direction: z.enum(['requires', 'forbids', 'limits']),
  value: line(500).exactOptional(),
});

/** Facts of a project by the names the rules know them by; which there are and what each may be is a rule. */
const FactsGiven = z
  .record(
    z
      .string()
      .regex(/^project(\.[a-zA-Z0-9]+)+$/)
      .max(60),
    z.union([z.string().max(40), z.number(), z.boolean()]),
  )
  .refine((facts) => Object.keys(facts).length <= 12, both('nhiều nhất 12 dữ kiện', 'twelve facts at most'));

export const OfficialCorrectionBody = z
  .strictObject({ facts: FactsGiven.describe('Each with the value it has'), reason })
  .meta({ id: 'OfficialFactCorrection' });
export const CorrectionBody = OfficialCorrectionBody.extend({
  documentId: DocumentId.describe('What shows it, uploaded before'),
}).meta({ id: 'FactCorrection' });

export const ResultChangeBody = z
  .strictObject({
    change: z.enum(resultChangeKinds),
    passages: z
      .array(z.strictObject({ was: line(2000), is: line(2000) }))
      .max(20)
      .exactOptional()
      .describe('Of a correction: each passage as it stands and as it is to read'),
    reason,
    legalBasis: line(500).describe('The clause by which it is put right or taken back'),
  })
  .meta({ id: 'ResultChangeProposal' });

export const CompletionBody = z
  .strictObject({
    outcome: z.enum(everyOutcome).describe('Depends on the task: see its `outcomes`, each with the fields it takes'),
    reason: reason.exactOptional(),
    items: z.array(line(500)).min(1).max(100).exactOptional().describe('What is missing from the dossier'),
    conditions: z.array(Condition).min(1).max(50).exactOptional(),
    legalBasis: line(500).exactOptional(),
    reference: line(100).exactOptional().describe('The number that the machine could not fetch'),
    newDate: GivenDay.exactOptional().describe('Of a letter of apology: the new appointment'),
    resolutions: z
      .array(z.strictObject({ issue: line(200), upholds: Code.nullable() }))
      .min(1)
      .max(100)
      .exactOptional()
      .describe('Of a conference: whose position stands on each issue; null = a middle way in the words of the reason'),
    dissent: z
      .array(z.strictObject({ agency: Code, reason }))
      .max(50)
      .exactOptional(),
    signatory: line(100)
      .exactOptional()
      .describe('Id of a person of the agency: who signs this one decision, where nobody else of it may'),
    facts: FactsGiven.exactOptional().describe(
      'Of facts to confirm: what they are; as proposed where they are left out',
    ),
    findings: z
      .array(
        z.strictObject({
          predicate: z.enum(predicateIds),
          verdict: z.enum(['yes', 'no']),
          basis: line(100)
            .nullable()
            .describe('What a yes rests on: `E1`, a document that was given, or `list/{list}/{entry}`; null for a no'),
          reason,
        }),
      )
      .max(3)
      .exactOptional()
      .describe('Of a decision on the lane: one for each of the three tests'),
    content: z
      .strictObject({
        seen: line(100).describe('`result.seen` of the task that was looked at'),
        fields: z.record(z.string().max(41), paragraphs(4_000)).describe('By the codes of `result.fields` of the task'),
        reasons: z
          .array(z.strictObject({ text: paragraphs(2_000), legalBasis: line(300) }))
          .max(20)
          .default([])
          .describe('Picked from `result.reasons` and edited, or one’s own'),
      })
      .exactOptional()
      .describe(
        'Of a decision: what the result says, covered by its signature; of an approval what `result.fields` propose where it is left out. Of an opinion: a position for each question of `result.fields`, the gravest of them is that of the whole',
      ),
    attachments: z
      .array(z.strictObject({ documentId: DocumentId }))
      .max(20)
      .exactOptional()
      .describe('Documents that go with the answer, uploaded by the caller to `POST /tasks/{id}/documents`'),
    finding: z
      .strictObject({
        damage: z.enum(['none', 'own', 'state', 'third-party']),
        cause: z.enum(['objective', 'subjective', 'undetermined']),
        exempt: z.boolean(),
      })
      .exactOptional()
      .describe(
        'Of an incident in a trial: whose damage, by what cause, and whether somebody is exempt from answering for it',
      ),
  })
  .meta({ id: 'Completion' });

export const SupplementRequest = z
  .strictObject({
    ground: z.enum(['supplement', 'explanation', 'violation-handling', 'errors-in-dossier']),
    items: z.array(line(500)).min(1).max(100),
    reason,
    decision: line(100)
      .exactOptional()
      .describe('Of a violation, required: the number of the decision that stops the term'),
    reviewOn: GivenDay.exactOptional().describe('Of a violation: by when somebody looks at it again'),
  })
  .meta({ id: 'SupplementRequest' });

const onBehalfOf = line(100)
  .exactOptional()
  .describe('Of a representative: for whom, where there is more than one power of attorney');

const signature = GivenSignature.exactOptional().describe(
  'Of whoever files: from `POST /filing-signatures`, or of a key of their own',
);

export const CaseFiling = Filing.extend({
  adjusts: z
    .strictObject({
      case: CaseCode.describe('The case that licensed the project, of the same investor'),
      change: z
        .enum(changes)
        .default('other')
        .describe(
          'What changes: what Art. 56.1 of Decree 96/2026/NĐ-CP names, what falls outside Art. 33.3 of the Investment Law, or anything else',
        ),
    })
    .exactOptional()
    .describe('This filing changes a licensed project'),
  pathway: z
    .enum(['standard', 'special', 'strategic'])
    .exactOptional()
    .describe('A lawful pathway; the recommended one where it is left out'),
  onBehalfOf,
  signature,
}).meta({ id: 'CaseFiling', description: 'One high-tech project, filed once' });

export const TrialFiling = SandboxFiling.extend({ onBehalfOf, signature }).meta({
  id: 'TrialFiling',
  description: 'One solution to be tried under a sandbox regime; the one that takes it where `regime` is left out',
});

/** Body of `POST /cases`. */
export const AnyFiling = z.discriminatedUnion('kind', [CaseFiling, TrialFiling]);

const dated = z.strictObject({ days: z.int(), endDate: Day });
const span = z.strictObject({
  starts: Day.nullable(),
  ends: Day.nullable().describe('null where it lies beyond the working calendar'),
});
const budget = z.strictObject({ amount: z.int(), unit: z.enum(['working-day', 'calendar-day']) });

/** One procedure of the plan on the receipt. Dates assume that every dossier comes on time. */
export const PlanItem = z
  .strictObject({
    procedure: z.string(),
    name: Text,
    version: z.string(),
    phase: z.enum(['licence', 'build', 'operate']),
    mandatory: z.boolean(),
    agency: z.string(),
    agencyName: Text,
    cityControlled: z.boolean(),
    budget,
    after: z.array(z.string()),
    gates: z.array(z.string()),
    statutory: span,
    statutoryDays: z.int().nullable().optional().describe('Working dates of its term by law where it lies'),
    target: span,
    verified: z.boolean(),
  })
  .meta({ id: 'PlanItem' });

const received = {
  case: z.string(),
  caseSeq: z.int(),
  filedAt: Instant,
  lawAt: Day,
  plan: z.array(PlanItem),
  dossiers: many(DossierCheckView.extend({ procedure: z.string() }).meta({ id: 'DossierGiven' })).describe(
    'Of each procedure for which documents were given: what is missing may be filed until it is examined',
  ),
  signed: KeptSignature.nullable().describe('null: filed without a signature'),
  public: z.strictObject({
    code: z.string(),
    pin: z.string().describe('Shown once: whoever has code and PIN may look the status up without signing in'),
  }),
};

export const Receipt = z
  .strictObject({
    ...received,
    kind: z.literal('green-lane'),
    lane: z.enum(['green', 'standard', 'undecided']),
    pathway: z.enum(['standard', 'special', 'strategic']),
    milestone: z.enum(['licence', 'approvals']),
    baseline: dated.extend({
      cityDays: z.int().optional().describe('Of it, the longest chain of the City'),
      observed: dated
        .extend({ cityDays: z.int() })
        .optional()
        .describe(
          'By the durations of before the programme that the City published; left out: it had not for all of them',
        ),
    }),
    target: dated,
    ambition: dated,
    plannedReduction: z.number(),
    reductionByLaw: z.number(),
    predicates: z.array(Predicate).describe('The tests of the green lane, and what would prove each'),
  })
  .meta({ id: 'Receipt' });

/** Of a sandbox case: no lane, no pathway, nothing promised beside the term of its one procedure, the admission. */
export const TrialReceipt = z
  .strictObject({
    ...received,
    kind: z.literal('sandbox'),
    trial: FiledTrial,
    decisionDue: dated.describe('When the decision is due if the dossier is complete on the day of filing'),
    unverified: z.array(z.string()).describe('Figures behind that date that rest on no text read'),
  })
  .meta({ id: 'TrialReceipt' });

export const AnyReceipt = z.discriminatedUnion('kind', [Receipt, TrialReceipt]);
