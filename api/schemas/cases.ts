import { z } from 'zod';
import { resultStandings } from '../../domain/case/issued/state.js';
import { resultChangeKinds } from '../../domain/case/issued/words.js';
import { predicateIds } from '../../domain/lane/evidence.js';
import { Predicate } from './screening.js';
import { Investor, Project } from '../../domain/schemas/project.js';
import { phases } from '../../domain/case/trial/phases.js';
import { endings } from '../../domain/law/trial-terms.js';
import { Applicant, Solution } from '../../domain/schemas/trial.js';
import { taskKinds } from '../../domain/case/task-table.js';
import { LastMail } from './notifications.js';
import { FiledTrial } from './regimes.js';
import { anyLine, Budget, Code, Day, Instant, many, Text } from './common.js';
import { KeptSignature } from './filing-signature.js';
import { StatedReason, withoutTask } from './looks.js';

const dated = z.strictObject({ days: z.int(), endDate: Day });
const figures = dated.extend({ cityDays: z.int() });
const lane = z.enum(['green', 'standard', 'undecided']);
const status = z.enum(['open', 'approved', 'refused', 'withdrawn']);
const pathway = z.enum(['standard', 'special', 'strategic']);
export const procedureOutcome = z.enum([
  ...(['approved', 'refused', 'refused-at-intake', 'stopped', 'withdrawn'] as const),
  'receipt-withdrawn',
  'not-needed',
]);
/** Whether a result stands. */
export const ResultStanding = z.enum(resultStandings);
export const stage = z.enum(['awaiting-dossier', 'intake', 'processing', 'decided', 'closed']);
export const portal = z
  .strictObject({ code: z.int().min(1).max(10), name: Text })
  .meta({ id: 'PortalStatus', description: 'Status code of the public-service portal' });

/** The clock of one procedure as of the answer; days are counted by date. */
export const countedThrough = Day.nullable();

export const ClockView = z
  .strictObject({
    state: z.enum(['running', 'suspended', 'stopped']),
    consumed: z.int(),
    discarded: z.int().describe('Used before a restart began the term anew'),
    suspendedDays: z.int(),
    dueDate: Day.nullable(),
    breachedOn: Day.nullable(),
    budget: Budget,
    remaining: z.int().describe('Days left; negative once past'),
    dueIfReturned: Day.nullable().describe('While suspended: the due date if the file came back now'),
    countedThrough: countedThrough.describe(
      'null: every day was counted. Else the last day of the working calendar: later days are in no figure here, a later due date is null',
    ),
  })
  .meta({ id: 'Clock' });

export const term = {
  budget: Budget,
  base: Budget.describe('The budget before any extension'),
  dueDate: Day.nullable(),
  dueIfReturned: Day.nullable(),
  remaining: z.int().describe('Days left; negative once past'),
  breachedOn: Day.nullable(),
};

/** One budget over the ledger of a procedure. */
export const TermView = z.strictObject(term).meta({ id: 'Term' });

export const ClockEntryView = z
  .strictObject({
    type: z.enum([
      ...(['start', 'suspend', 'resume', 'restart', 'extend', 'redate', 'stop'] as const),
      ...(['annul-suspension', 'annul-extension'] as const),
    ]),
    at: Instant,
    days: z.int().optional(),
    ground: z.string().optional(),
    broken: z
      .array(z.strictObject({ amount: z.int(), dueDate: Day, breachedOn: Day }))
      .readonly()
      .optional()
      .describe('Of a new calendar: terms that had been broken before it; they stay so'),
  })
  .meta({ id: 'ClockEntry' });

/** Where a trial stands: the case of one that failed or was revoked is closed as `approved`, because it was admitted. */
export const TrialNow = z
  .strictObject({ regime: z.string(), phase: z.enum(phases), ending: z.enum(endings).nullable() })
  .meta({ id: 'TrialStanding' });

const truth = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What a list of cases may be narrowed by. */
export const caseQuery = {
  status: status.optional(),
  lane: lane.optional(),
  kind: z.enum(['green-lane', 'sandbox']).optional(),
  agency: Code.optional().describe('Cases in which this agency has a procedure, a question or a task'),
  overdue: truth.optional().describe('Some open procedure has broken its term'),
  q: anyLine(200).optional().describe('Beginnings of words of the project, the investor or the code'),
};

export const CaseSummaryView = z
  .strictObject({
    case: z.string(),
    kind: z.enum(['green-lane', 'sandbox']),
    status,
    lane: lane.nullable().describe('null for a trial'),
    pathway: pathway.nullable().describe('null for a trial'),
    trial: TrialNow.nullable().describe('Of a sandbox case'),
    name: Text.nullable().describe('null once the filing was erased'),
    filedAt: Instant,
    closedAt: Instant.nullable(),
    updatedAt: Instant,
    dueDate: Day.nullable().describe('Earliest due date among the clocks that run'),
    breachedOn: Day.nullable(),
    mandatory: z.strictObject({ total: z.int(), approved: z.int() }),
    onBehalfOf: z
      .string()
      .nullable()
      .describe('Of somebody who acts for others: whose case it is; null: their own, or that of nobody they act for'),
    caseSeq: z.int(),
  })
  .meta({ id: 'CaseSummary' });

/** What a read of one case says about how fresh it is. */
export const fresh = {
  case: z.string(),
  caseSeq: z.int(),
  asOf: Instant.describe('Business time of the answer'),
  settled: z.boolean().describe('false: the engine had not yet thought about `after` when `wait` was over; ask again'),
};

const Supplement = z
  .strictObject({
    requestId: z.string(),
    ground: z.enum(['supplement', 'explanation', 'violation-handling', 'errors-in-dossier']),
    items: many(z.string().nullable()).describe('null once erased'),
    requestedAt: Instant,
    deadline: Day.nullable(),
    suspends: z.boolean(),
    extensions: z.int().describe('How often the investor was given more time'),
    decision: z.string().nullable().describe('Of a violation: the number of the decision that stopped the term'),
    reviewOn: Day.nullable().describe('Of a violation that is handled: by when somebody looks at it again'),
    status: z
      .enum(['asked', 'lapsed', 'answered', 'continued', 'stopped', 'handled', 'withdrawn'])
      .describe('`handled`: of a violation; `withdrawn`: asked by mistake'),
    answeredAt: Instant.nullable(),
    reason: z.string().nullable().describe('Why it was asked; null once it was erased'),
    explanation: z.string().nullable().describe('What the investor answered in words'),
  })
  .meta({ id: 'Supplement' });

/** That an issued result is put right or taken back. */
export const ResultChangeView = z
  .strictObject({
    id: z.string(),
    procedure: z.string(),
    change: z.enum(resultChangeKinds),
    of: z.string().describe('Number of the decision'),
    passages: many(
      z.strictObject({ was: z.string().nullable(), is: z.string().nullable() }).meta({ id: 'CorrectedPassage' }),
    ),
    reason: z.string().nullable().describe('null once it was erased'),
    legalBasis: z.string().nullable(),
    proposedAt: Instant,
    answerBy: Day.nullable().describe('Until the end of this day the investor may speak; null: nobody has to be heard'),
    answeredAt: Instant.nullable(),
    statement: z.string().nullable(),
    outcome: z.enum(['issued', 'kept']).nullable(),
    decidedAt: Instant.nullable(),
    decision: z.string().nullable(),
    number: z.string().nullable().describe('Of the act, once it is issued'),
  })
  .meta({ id: 'ResultChange' });
/** A document that an official put beside an answer. */
const AttachmentView = z.strictObject({
  documentId: z.string(),
  fileName: z.string().nullable().describe('null: not for this reader'),
  agency: z.string(),
  kind: z.enum(taskKinds),
  step: z.string().nullable(),
  at: Instant,
});

export const ProcedureView = z
  .strictObject({
    procedure: z.string(),
    name: Text,
    attempt: z.int(),
    version: z.string(),
    phase: z.enum(['licence', 'build', 'operate']),
    mandatory: z.boolean(),
    competentAgency: z.string(),
    handlingAgency: z.string(),
    stage,
    status: portal,
    dossierCode: z.string().nullable(),
    openedAt: Instant,
    receivedAt: Instant.nullable(),
    countedFrom: Day.nullable().describe(
      'The day on which the dossier that proved valid came: the term counts the days after it, also where form 01 came later',
    ),
    printedDueDate: Day.nullable(),
    promisedDate: Day.nullable(),
    supplements: many(Supplement),
    decision: z
      .strictObject({
        outcome: z.enum(['approved', 'refused']),
        at: Instant,
        reason: z.string().nullable(),
        number: z.string().nullable(),
        content: z
          .strictObject({
            fields: many(
              z.strictObject({
                code: z.string(),
                name: Text,
                kind: z.enum(['text', 'money', 'number', 'date', 'verdict']),
                unit: Text.nullable(),
                value: z.string(),
              }),
            ),
            reasons: many(z.strictObject({ text: z.string(), legalBasis: z.string() })),
          })
          .nullable()
          .describe(
            'What it grants, and on what it rests; null where it says no more than its outcome, and once it was erased',
          ),
      })
      .nullable(),
    standing: ResultStanding.nullable().describe('Of its result; null before it is signed'),
    resultChanges: many(ResultChangeView).describe('That its result is put right or taken back'),
    attachments: many(AttachmentView).describe(
      'Documents that officials put beside their answers: for agencies at once, for the investor’s side once the decision is signed',
    ),
    handedOverAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    outcome: procedureOutcome.nullable(),
  })
  .meta({ id: 'CaseProcedure' });

/** Where an open procedure stands, for the investor. */
export const HolderNow = z
  .strictObject({
    holders: many(z.strictObject({ code: z.string(), name: Text })).describe('Who has the file in hand'),
    daysLeft: z.int().nullable().describe('Negative once past; null while no clock has started, or it has stopped'),
    unit: z.enum(['working-day', 'calendar-day']).nullable().describe('Of the days left; null with them'),
    dueDate: Day.nullable().describe('While the clock is suspended: if the file came back now'),
    reception: z
      .strictObject({ by: Day, late: z.boolean() })
      .nullable()
      .describe(
        'By when what was filed is to be received, and whether that day has passed; null while nothing waits for it',
      ),
    text: Text,
  })
  .meta({ id: 'Standing' });

export const factValue = z.union([z.string(), z.number(), z.boolean()]).nullable();
export const AskedFact = z.strictObject({
  fact: z.string(),
  name: Text,
  kind: z.enum(['code', 'truth', 'number']),
  values: many(z.strictObject({ code: z.string(), name: Text })).describe(
    'What it may be; empty for a number, or yes and no',
  ),
});

const AskedDossier = z
  .strictObject({
    kind: z.literal('dossier'),
    procedure: z.string(),
    again: z.boolean().describe('Filed before and asked to complete (form 02)'),
    documents: many(
      z.strictObject({
        code: z.string(),
        name: Text,
        required: z.boolean().describe('false: only where there is one'),
        given: z.boolean().describe('Filed before'),
      }),
    ).describe('What the investor has to give'),
    open: z.boolean().describe('Filed, and not examined yet: it may still be added to, and a wrong file put right'),
    missing: many(z.string()).describe('Codes of what is required and not there'),
    items: many(z.string().nullable()).describe('After form 02: what the officer found missing; null once erased'),
    reason: z.string().nullable().describe('After form 02: in the officer’s words'),
    obtained: many(z.strictObject({ code: z.string(), name: Text, source: z.string() })).describe(
      'What registers of the State hold: taken from there, never asked for',
    ),
  })
  .meta({ id: 'AskedDossier' });

/** What the case waits for from the investor's side. */
export const Asked = z
  .discriminatedUnion('kind', [
    AskedDossier,
    z.strictObject({
      kind: z.literal('supplement'),
      procedure: z.string(),
      requestId: z.string(),
      deadline: Day.nullable(),
      ground: z.enum(['supplement', 'explanation', 'violation-handling', 'errors-in-dossier']),
      items: many(z.string().nullable()).describe('null once erased'),
      reason: z.string().nullable().describe('null once it was erased'),
      inWords: z.boolean().describe('May be answered in words alone'),
    }),
    z.strictObject({ kind: z.literal('gate'), gate: z.string(), procedures: many(z.string()) }),
    z.strictObject({
      kind: z.literal('payment'),
      procedure: z.string(),
      step: z.string(),
      amountVnd: z.string(),
      requestedAt: Instant,
    }),
    z.strictObject({ kind: z.literal('refiling'), procedure: z.string(), outcome: procedureOutcome }),
    z.strictObject({
      kind: z.literal('duty'),
      duty: z.string(),
      name: Text,
      dueDate: Day,
      overdue: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('lane-hearing'),
      hearing: z.string(),
      predicates: many(z.enum(predicateIds)),
      reason: z.string().nullable().describe('null once it was erased'),
      answerBy: Day,
    }),
    z.strictObject({
      kind: z.literal('result-hearing'),
      procedure: z.string(),
      change: z.string(),
      of: z.string(),
      reason: z.string().nullable().describe('null once it was erased'),
      legalBasis: z.string().nullable(),
      answerBy: Day,
    }),
    z.strictObject({
      kind: z.literal('fact'),
      question: z.string(),
      facts: many(AskedFact),
      answerBy: Day.nullable(),
    }),
    z.strictObject({
      kind: z.literal('survey'),
      procedure: z.string().nullable().describe('About one result; null: about the whole case'),
    }),
  ])
  .meta({ id: 'AskedOfInvestor' });

export const LaneHearingView = z
  .strictObject({
    id: z.string(),
    predicates: many(z.enum(predicateIds)).describe('The tests whose evidence is doubted'),
    reason: z.string().nullable().describe('null once it was erased'),
    openedAt: Instant,
    answerBy: Day.describe('Until the end of this day the investor may speak'),
    answeredAt: Instant.nullable(),
    statement: z.string().nullable(),
    outcome: z.enum(['revoked', 'kept']).nullable(),
  })
  .meta({ id: 'LaneHearingHeld' });

export const FactQuestionView = z
  .strictObject({
    id: z.string(),
    facts: many(
      AskedFact.extend({
        proposed: factValue.describe('null: nobody knew it at filing'),
        known: factValue.describe('As the case has it now'),
      }),
    ),
    agency: z.string().describe('Whoever has to say'),
    askedAt: Instant,
    answerBy: Day.nullable(),
    documentId: z.string().nullable().describe('What shows it'),
    reason: z.string().nullable().describe('null where nobody knew it at filing, and once it was erased'),
    outcome: z.enum(['confirmed', 'kept', 'overtaken']).nullable(),
    decidedAt: Instant.nullable(),
    decision: z.string().nullable().describe('Why; null once it was erased'),
    legalBasis: z.string().nullable().describe('What showed it to whoever confirmed it'),
  })
  .meta({ id: 'FactQuestion' });

export const LaneEvidenceView = z
  .strictObject({
    id: z.string(),
    predicate: z.enum(predicateIds),
    code: z.string(),
    documentId: z.string(),
    givenAt: Instant,
  })
  .meta({ id: 'LaneEvidence' });

/** The green lane as whoever reads the case follows it. */
export const LaneNowView = z
  .strictObject({
    open: z
      .boolean()
      .describe(
        'It may still be decided: evidence may be given, and a project of the standard lane may be proposed again',
      ),
    agency: Code.nullable().describe('Who has to decide now; null: nobody'),
    dueDate: Day.nullable().describe('By when, where it has a date'),
    decided: z
      .strictObject({
        lane: z.enum(['green', 'standard']),
        at: Instant,
        revoked: z.boolean().describe('It was in the green lane, which was taken back after a hearing'),
        reason: z.string().nullable().describe('null once it was erased'),
        findings: many(
          z.strictObject({
            predicate: z.enum(predicateIds),
            verdict: z.enum(['yes', 'no']),
            reason: z.string().nullable().describe('null once it was erased'),
          }),
        ),
      })
      .nullable()
      .describe('The last decision, also while a later proposal waits; null: there was none'),
  })
  .meta({ id: 'LaneNow' });

export const CaseDetailView = z
  .strictObject({
    ...fresh,
    reading: z
      .strictObject({ withoutTask, reason: StatedReason })
      .nullable()
      .describe(
        'How this look of an official is kept (`GET /cases/{code}/readings`); null: of the investor’s side, whose looks are not',
      ),
    signed: KeptSignature.nullable().describe('The signature of the filing; null: it was not signed'),
    adjusts: z
      .strictObject({ case: z.string(), procedure: z.string() })
      .nullable()
      .describe('The licensed project that this case changes'),
    adjustedBy: many(z.string()).describe('Later cases that change this project'),
    unreachedByMail: LastMail.nullable().describe(
      'To agencies and leaders: the last mail to the investor, where it was refused; somebody has to reach them another way',
    ),
    kind: z.enum(['green-lane', 'sandbox']),
    status,
    lane: lane.nullable().describe('null for a trial'),
    pathway: pathway.nullable().describe('null for a trial'),
    milestone: z.enum(['licence', 'approvals']).nullable().describe('null for a trial'),
    lawAt: Day,
    filedAt: Instant,
    closedAt: Instant.nullable(),
    updatedAt: Instant,
    dueDate: Day.nullable(),
    breachedOn: Day.nullable(),
    mandatory: z.strictObject({ total: z.int(), approved: z.int() }),
    baseline: dated
      .extend({
        cityDays: z.int().optional().describe('Of it, the longest chain of the City'),
        observed: figures
          .optional()
          .describe(
            'By the durations of before the programme that the City published; left out: it had not for all of them',
          ),
        corrected: z
          .strictObject({ stated: figures, right: figures })
          .optional()
          .describe(
            'Where a stated fact was wrong: by the facts as stated and as they are; the smaller of each counts',
          ),
      })
      .nullable()
      .describe('null for a trial: it is measured against nothing'),
    target: dated.nullable(),
    ambition: dated.nullable(),
    project: Project.nullable().describe('null once the filing was erased, and for a trial'),
    investor: Investor.nullable(),
    solution: Solution.nullable().describe('Of a trial; null once the filing was erased'),
    applicant: Applicant.nullable(),
    trial: FiledTrial.extend({ phase: z.enum(phases), ending: z.enum(endings).nullable() })
      .meta({ id: 'TrialOfCase' })
      .nullable()
      .describe('Of a sandbox case: under which regime, and where it stands'),
    predicates: many(Predicate).describe('The tests of the green lane as they stand; empty for a trial'),
    laneEvidence: many(LaneEvidenceView).describe('What was given to prove them'),
    laneNow: LaneNowView.nullable().describe(
      'Who decides on the lane, and what was decided; null for a trial, and to a power of attorney for some procedures',
    ),
    laneHearings: many(LaneHearingView).describe('Hearings before the lane was to be taken back'),
    factQuestions: many(FactQuestionView).describe(
      'Facts nobody knew, or that somebody put right, and what was confirmed',
    ),
    procedures: many(
      ProcedureView.extend({
        now: HolderNow.nullable().describe('Who holds the file and the days left; null once it is over, or put off'),
      }).meta({ id: 'CaseProcedureNow' }),
    ).describe('Every attempt that was opened'),
    asked: many(Asked).describe('What the case waits for from the investor'),
    mayFile: many(AskedDossier).describe(
      'Approvals that nobody must have and that the investor may file now: that opens them',
    ),
    withheldDocuments: many(z.string()).describe('Documents of the case that the caller may not open'),
    onBehalfOf: z.string().nullable().describe('Of a representative: the investor for whom they act in this case'),
    survey: z.int().nullable(),
  })
  .meta({ id: 'Case' });
