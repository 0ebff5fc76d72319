import { z } from 'zod';
import { Budget, Day, Instant, many, Text } from './common.js';
import { ClockEntryView, ClockView, fresh, ProcedureView } from './cases.js';

const taskStatus = z.enum(['open', 'claimed', 'waiting', 'done', 'cancelled']);
export const TaskKindView = z.enum([
  'intake',
  'step',
  'opinion',
  'by-hand',
  'lapse',
  'silence',
  'lane',
  'stuck',
  'apology',
  'conference',
  'question',
]);

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
    step: z.string().nullable(),
    stepName: Text.nullable(),
    agency: z.string(),
    agencyName: Text,
    role: z.enum(['receiving-officer', 'officer', 'head']),
    status: taskStatus.describe('`waiting`: for the investor’s answer to a supplement request'),
    dueDate: Day.nullable(),
    breachedOn: Day.nullable(),
    openedAt: Instant,
    claimedBy: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
    completedBy: z.string().nullable(),
    completedAt: Instant.nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'TaskSummary' });

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
    position: z.enum(['agree', 'agree-with-conditions', 'needs-supplement', 'object']).nullable(),
    conditions: many(
      z.strictObject({
        subject: z.string(),
        direction: z.enum(['requires', 'forbids', 'limits']),
        value: z.string().optional(),
      }),
    ),
    legalBasis: z.string().nullable(),
    late: z.boolean(),
    answeredAt: Instant.nullable(),
    decision: z.enum(['treat-as-agreed', 'proceed-without']).nullable(),
  })
  .meta({ id: 'Opinion' });

/** A task with what is needed to answer it: facts, documents, opinions, the clock and its ledger. */
export const TaskDetailView = z
  .strictObject({
    ...fresh,
    task: TaskSummaryView,
    outcomes: many(z.string()).describe('What the task may be completed with'),
    facts: z.record(z.string(), z.unknown()).describe('What the rules know of the project'),
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
        obtainedFrom: z.string().nullable(),
      }),
    ),
    opinions: many(OpinionView),
  })
  .meta({ id: 'Task' });
