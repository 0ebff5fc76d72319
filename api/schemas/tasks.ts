import { remarks } from '../../db/register/documents.js';
import { z } from 'zod';
import { instructionWants } from '../../domain/case/instruction/words.js';
import { taskKinds } from '../../domain/case/task-table.js';
import { both, CaseCode, Code, Day, GivenDay, Instant, line, many, paragraphs, TaskId, Text } from './common.js';
import { OutsideMatterView } from './statuses.js';
import { CompletionBody, DossierCheckView } from './commands.js';
import {
  ClockEntryView,
  ClockView,
  FactQuestionView,
  ResultChangeView,
  fresh,
  LaneEvidenceView,
  LaneHearingView,
  ProcedureView,
} from './cases.js';
import { ConferenceView, OpinionView } from './consultations.js';
import { Predicate } from './screening.js';
import { AdmissionView } from './trial-admission.js';

const taskStatus = z.enum(['open', 'claimed', 'waiting', 'done', 'cancelled']);
export const risks = ['none', 'on-track', 'at-risk', 'breached'] as const;
export const RiskView = z.enum(risks).describe('How near the breach, as of the last event: 80 % used is at risk');
export const TaskKindView = z.enum(taskKinds);

export const TaskSummaryView = z
  .strictObject({
    id: z.string(),
    case: z.string(),
    caseSeq: z.int(),
    projectName: Text.nullable(),
    lane: z.enum(['green', 'standard', 'undecided']),
    procedure: z.string().nullable(),
    procedureName: Text.nullable(),
    attempt: z.int().nullable(),
    dossierCode: z.string().nullable(),
    kind: TaskKindView,
    kindName: Text,
    step: z.string().nullable(),
    stepName: Text.nullable(),
    agency: z.string(),
    agencyName: Text,
    role: z.enum(['receiving-officer', 'officer', 'head', 'leader']),
    status: taskStatus.describe('`waiting`: for the investor’s answer to a supplement request'),
    dueDate: Day.nullable(),
    stepDueDate: Day.nullable().describe('By when this step alone should be done, of the days of the procedure'),
    remainingDays: z.int().nullable().describe('Working days until `dueDate`; negative once it is past'),
    risk: RiskView,
    breachedOn: Day.nullable(),
    openedAt: Instant,
    claimedBy: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
    claimedSince: Instant.nullable(),
    returnedTo: z.string().nullable().describe('Whose work was sent back: they see it first'),
    completedBy: z.string().nullable(),
    completedByName: z.string().nullable().describe('Of a person whom the register knows'),
    completedAt: Instant.nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'TaskSummary' });

/** One line of the caller's worklist. */
export const ListedTaskView = TaskSummaryView.extend({
  unread: z.boolean().describe('I have not opened it, or not since its state or its date changed'),
}).meta({ id: 'ListedTask' });

/** What somebody has typed into the answer of a task, by the names of its fields. */
const fields = z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9.-]{0,99}$/), z.string().max(4_000));
export const AnswerDraftBody = z.strictObject({
  fields: fields.refine((given) => Object.keys(given).length <= 200, both('nhiều nhất 200 mục', 'at most 200 fields')),
});
export const AnswerDraftView = z
  .strictObject({ fields, updatedAt: Instant.nullable().describe('Real time; null: nothing is kept') })
  .meta({ id: 'AnswerDraft' });

/** A task with what is needed to answer it: facts, documents, opinions, the clock and its ledger. */
export const TaskDetailView = z
  .strictObject({
    ...fresh,
    task: TaskSummaryView,
    outcomes: many(
      z.strictObject({
        code: z.string(),
        name: Text,
        does: Text.describe('What follows from it'),
        fields: many(z.strictObject({ field: z.string(), required: z.boolean() })).describe(
          'What the completion takes beside `outcome`',
        ),
      }),
    ).describe('What the task may be completed with; empty once it is over'),
    question: z
      .strictObject({
        id: z.string(),
        procedure: z.string().nullable(),
        procedureName: Text.nullable(),
        text: z.string().nullable().describe('null once it was erased'),
        askedAt: Instant,
        askedBy: z.strictObject({ id: z.string().nullable(), name: z.string().nullable() }),
      })
      .nullable()
      .describe('Of a question: what the investor asks; the words of the answer go into `reason`'),
    instruction: z
      .strictObject({
        id: z.string(),
        want: z.enum(instructionWants),
        procedureName: Text.nullable(),
        text: z.string().nullable().describe('null once it was erased'),
        givenAt: Instant,
      })
      .nullable()
      .describe('Of an instruction: what leadership wants; the words of the report go into `reason`'),
    predicates: many(Predicate).describe(
      'Of a decision on the lane: each test with its clause, and what would change it',
    ),
    laneEvidence: many(LaneEvidenceView).describe(
      'Of a decision on the lane: what the investor gave to prove its tests',
    ),
    laneHearing: LaneHearingView.nullable().describe('Of a decision whether the lane is taken back: both sides'),
    resultChange: ResultChangeView.nullable().describe('Of a task on an issued result'),
    outside: OutsideMatterView.nullable().describe('Of a word of another system: both sides'),
    factQuestion: FactQuestionView.nullable().describe(
      'Of facts to confirm: what is asked or said, and what the case has',
    ),
    dossier: DossierCheckView.nullable().describe('What the dossier asks for, beside what was filed'),
    work: many(
      z.strictObject({
        step: z.string(),
        stepName: Text,
        round: z.int(),
        outcome: z.string(),
        at: Instant,
        by: z.enum(['system', 'person', 'waived']),
        people: many(
          z.strictObject({
            id: z.string(),
            name: z.string().nullable(),
            onBehalfOf: z.string().nullable(),
            at: Instant,
            note: z.string().nullable(),
            drafted: z
              .strictObject({ kept: z.int(), of: z.int() })
              .nullable()
              .describe('Of how many lines they wrote, how many came unchanged from the draft; null: they wrote none'),
          }),
        ),
      }),
    ).describe('The steps that are done, in the order of the procedure: by whom, with their notes'),
    facts: z.record(z.string(), z.unknown()).describe('What the rules know of the project'),
    presumed: many(z.string()).describe('Which of the facts nobody has stated: the rules presume them'),
    summary: Text.nullable().describe(
      'What the investor wrote of the project, or of the solution; null once it was erased',
    ),
    procedure: ProcedureView.nullable(),
    clock: ClockView.nullable(),
    ledger: many(ClockEntryView),
    documents: many(
      z.strictObject({
        code: z.string(),
        name: Text.nullable(),
        filedAt: Instant,
        documentId: z.string().nullable(),
        fileName: z.string().nullable(),
        mediaType: z.string().nullable(),
        bytes: z.int().nullable(),
        remark: z
          .enum(remarks)
          .nullable()
          .describe(
            'Why it cannot be read as it is, said before the clock starts; `not-looked-into`: nobody knows yet; null: it can',
          ),
        obtainedFrom: z.string().nullable(),
      }),
    ),
    withheldDocuments: many(z.string()).describe('Documents of the case that the caller may not open'),
    opinions: many(OpinionView),
    conferences: many(ConferenceView).describe('On opinions that contradict: what they upheld is to be followed'),
    nearSites: many(
      z.strictObject({
        case: CaseCode,
        dossierCode: z.string(),
        procedure: z.string(),
        receivedOn: Day,
        lot: z.string().nullable().describe('As its filing spells it; null once erased'),
        same: z.boolean().describe('false: another spelling or a slip could be meant'),
      }),
    ).describe(
      'At the counter: dossiers received for the lots of this case, or for lots that could be mistaken for them',
    ),
    returns: many(
      z.strictObject({
        at: Instant,
        by: z.strictObject({ id: z.string(), name: z.string().nullable() }),
        step: z.string(),
        items: many(z.string().nullable()).describe('null once erased'),
        reason: z.string().nullable().describe('null once it was erased'),
      }),
    ).describe('How often the work on this step was sent back, and what was missing'),
    result: z
      .strictObject({
        seen: z.string().describe('Stands for all that the answer rests on; goes back with `content`'),
        fields: many(
          z.strictObject({
            code: z.string(),
            name: Text,
            kind: z.enum(['text', 'money', 'number', 'date', 'verdict']),
            unit: Text.nullable(),
            required: z.boolean(),
            proposed: z.string().nullable().describe('As the filing says; null where it says nothing'),
            legalBasis: Text,
            verified: z.boolean(),
          }),
        ),
        reasons: many(
          z.strictObject({
            code: z.string(),
            outcome: z.enum(['approved', 'refused']),
            text: Text,
            legalBasis: Text,
            verified: z.boolean(),
          }),
        ),
      })
      .nullable()
      .describe(
        'Of a decision whose law says what the result holds, and of an opinion: its questions (`verdict`), each answered by a position',
      ),
    admission: AdmissionView.nullable().describe(
      'Of a step in the admission of a trial: criteria, conditions, council',
    ),
  })
  .meta({ id: 'Task' });

export const RiskCounts = z
  .strictObject({ none: z.int(), 'on-track': z.int(), 'at-risk': z.int(), breached: z.int() })
  .meta({ id: 'RiskCounts' });

const reason = paragraphs(4_000);

export const ReassignmentBody = z
  .strictObject({ to: line(100).describe('Id of a person of the agency'), reason })
  .meta({ id: 'Reassignment' });

export const ReturnBody = z
  .strictObject({
    step: Code.exactOptional().describe('The step to be done anew; the one this task rests on where it is left out'),
    items: z.array(line(500)).min(1).max(100).describe('What is missing'),
    reason,
  })
  .meta({ id: 'ReturnForRework' });

export const InterestBody = z.strictObject({ reason }).meta({ id: 'InterestDeclaration' });

export const BulkBody = z
  .strictObject({
    tasks: z
      .array(z.strictObject({ id: TaskId, completion: CompletionBody }))
      .min(1)
      .max(100),
    preview: z.boolean().default(false).describe('Only say what would happen'),
  })
  .meta({ id: 'BulkCompletion' });

export const BulkAnswer = z
  .strictObject({
    preview: z.boolean(),
    done: z.int(),
    refused: z.int(),
    results: many(
      z.strictObject({
        id: z.string(),
        status: z.enum(['done', 'refused']),
        caseSeq: z.int().nullable().describe('Give it to a read as `after`; null where nothing was written'),
        code: z.string().nullable(),
        title: z.string().nullable(),
        details: z.record(z.string(), z.unknown()).nullable(),
      }),
    ).describe('One for each task, in the order asked'),
  })
  .meta({ id: 'BulkResult' });

export const DelegationBody = z
  .strictObject({
    person: line(100)
      .exactOptional()
      .describe('Who is away, where the head of their agency notes it; the caller where it is left out'),
    delegate: line(100).describe('Id of a person of the same agency'),
    from: GivenDay.describe('First day of absence'),
    to: GivenDay.describe('Last day of absence'),
    reason,
  })
  .meta({ id: 'DelegationRequest' });

const named = z.strictObject({ id: z.string(), name: z.string() });
export const DelegationView = z
  .strictObject({
    id: z.uuid(),
    person: named,
    delegate: named,
    agency: z.string(),
    from: Day,
    to: Day,
    reason: z.string().nullable(),
    createdAt: Instant,
    status: z
      .enum(['asked', 'accepted', 'declined', 'ended'])
      .describe('It holds once whoever is to stand in has accepted it'),
    acceptedAt: Instant.nullable(),
    declinedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    notedBy: z.string().nullable().describe('The head who noted it for somebody else'),
  })
  .meta({ id: 'Delegation' });
