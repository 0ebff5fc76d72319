import type { Budget, ClockEntry } from '../time/clock.js';
import type { Phase, ProjectFacts } from '../law/procedure.js';
import type { PredicateId } from '../lane/evidence.js';
import type { PredicateVerdict } from '../lane/predicates.js';
import type { CriterionFinding, TrialTerms } from '../law/trial-terms.js';
import type { Instant, PlainDate } from '../time/instants.js';
import type { BaselineDays, Capital, CaseOutcome, Lane, PathwayId, PlanItem } from './case/words.js';
import type { ConflictIssue, Dissent, Resolution } from './conference/words.js';
import type { DelayCause } from './apology/words.js';
import type { DossierDocument, ProcedureOutcome } from './procedure/words.js';
import type { LegalEffect, OpinionAsked, Position, SaidCondition, SilenceHandling } from './consultation/words.js';
import type { SupplementGround } from './supplement/words.js';
import type { TaskKind, TaskRole } from './task/words.js';
import type { TextRef, Words } from './words.js';
import type { ScopeId } from './scope.js';
import type { CouncilState, TrialState } from './trial/state.js';

/** Raised by every change of the fold that gives another state for the same events. */
export const foldVersion = 7;

/** The state of one case: the fold of its events, kept beside the chain head so that one locked row holds all that `decide` needs. */
export type CaseState = GreenLaneState | SandboxState;

export interface GreenLaneState extends AnyCaseState {
  kind: 'green-lane';
  lane: Lane;
  /** The lane as it stood when the first decision of any procedure was made: what is decided later changes no figure. null: none was made. */
  laneAtResult: { readonly lane: Lane; readonly at: Instant } | null;
  /** What the investor gave to prove the tests of the green lane, by its id. */
  laneEvidence: Record<string, LaneEvidence>;
  /** What the last decision on the lane found of each test. */
  laneFindings: readonly PredicateVerdict[];
  /** How often the investor has asked for the green lane again. */
  laneProposals: number;
  trial: null;
}

/** A trial is in no lane. */
export interface SandboxState extends AnyCaseState {
  kind: 'sandbox';
  trial: TrialState;
}

/** What cases of every kind have. */
interface AnyCaseState {
  readonly code: string;
  /** The fold that made it; an older one is folded anew from the events. */
  readonly fold: number;
  seq: number;
  /** The latest instant of any event. */
  lastAt: Instant;
  openedAt: Instant;
  managed: boolean;
  facts: ProjectFacts;
  investor: { personId: string; organisation: string | null };
  pathway: PathwayId;
  lawAt: PlainDate;
  milestone: 'licence' | 'approvals';
  plan: readonly PlanItem[];
  baseline: BaselineDays;
  target: { days: number; endDate: PlainDate };
  ambition: { days: number; endDate: PlainDate };
  lodged: Readonly<Record<string, readonly DossierDocument[]>>;
  gatesMet: Record<string, Instant>;
  /** Days that the investor has stated, by gate. */
  dates: Record<string, PlainDate>;
  /** SHA-256 of where the project is to stand; null where no lot is named. */
  site: string | null;
  /** Each lot of it; null: filed before lots were told apart by their codes. */
  sites: readonly string[] | null;
  withdrawnAt: Instant | null;
  closed: { outcome: CaseOutcome; at: Instant } | null;
  survey: number | null;
  /** Scores by procedure, asked after each result. */
  surveys: Record<string, number>;
  adjusts: { readonly case: string; readonly procedure: string } | null;
  /** null: filed before it was recorded. */
  capital: Capital | null;
  /** Figures of the baseline that nobody has verified. */
  unverified: readonly string[];
  deferred: Record<string, { until: PlainDate | null; at: Instant }>;
  questions: Record<string, QuestionState>;
  /** People who take no part in this case. */
  recused: Record<string, Instant>;
  duties: Record<string, DutyState>;
  tasks: Record<string, TaskState>;
  procedures: Record<ScopeId, ProcedureState>;
  consultations: Record<ScopeId, ConsultationState>;
  scopes: Record<ScopeId, ScopeState>;
}

/** A document given for one of the tests of the green lane. */
export interface LaneEvidence {
  readonly id: string;
  readonly predicate: PredicateId;
  readonly code: string;
  readonly documentId: string;
  readonly givenAt: Instant;
}

export interface QuestionState {
  readonly id: string;
  readonly procedure: string | null;
  readonly agency: string;
  readonly askedAt: Instant;
  readonly text: TextRef;
  answeredAt: Instant | null;
  answer: TextRef | null;
}

/** One thing the law demands beside approvals; `id` is unique in the case. */
export interface DutyState {
  readonly id: string;
  readonly code: string;
  readonly scope: ScopeId;
  readonly on: 'investor' | 'agency';
  readonly agency: string | null;
  dueDate: PlainDate | null;
  readonly since: Instant;
  metAt: Instant | null;
  missed: boolean;
  /** `rung@dueDate` of those that fired. */
  rungs: string[];
}

/** The mailbox of a scope, as far as commands need it: where it stands, which run may speak for it, whether it is over. */
export interface ScopeState {
  lastSeq: number;
  generation: number;
  closed: boolean;
}

export interface TaskState {
  readonly id: string;
  readonly key: string;
  readonly kind: TaskKind;
  readonly scope: ScopeId;
  readonly agency: string;
  readonly role: TaskRole;
  readonly step: string | null;
  readonly dueDate: PlainDate | null;
  readonly openedAt: Instant;
  status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  claimedBy: string | null;
  /** Since when it is held by whoever holds it. */
  claimedAt: Instant | null;
  completedBy: string | null;
  /** In whose place, where somebody acted for an absent head. */
  completedFor: string | null;
  completedAt: Instant | null;
  outcome: string | null;
  /** Named by the City's leadership where nobody of the agency may. */
  signatory: string | null;
}

export interface StepState {
  startedAt: Instant | null;
  completedAt: Instant | null;
  outcome: string | null;
  by: 'system' | 'person' | 'waived' | null;
  failed: boolean;
  /** From 1; a step that is done anew is in its next round. */
  round: number;
}

export interface SupplementState {
  readonly requestId: string;
  readonly taskId: string;
  readonly ground: SupplementGround;
  readonly items: readonly Words[];
  readonly requestedAt: Instant;
  deadline: PlainDate | null;
  /** The act that set the deadline as it stands now. */
  deadlineSince: Instant;
  readonly suspends: boolean;
  /** How often the investor's time was extended. */
  extensions: number;
  status: 'asked' | 'lapsed' | 'answered' | 'continued' | 'stopped';
  answeredAt: Instant | null;
  /** When the file was with the agency again, by an answer or by the decision on a lapse. */
  endedAt: Instant | null;
}

export interface ProcedureState {
  readonly scope: ScopeId;
  readonly procedure: string;
  readonly attempt: number;
  readonly openedAt: Instant;
  version: string;
  phase: Phase;
  mandatory: boolean;
  competentAgency: string;
  handlingAgency: string;
  cityControlled: boolean;
  /** The City holds itself to less than the law's time here: its own bodies, in a lane other than the standard one. */
  promise: boolean;
  startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  stage: 'awaiting-dossier' | 'intake' | 'processing' | 'decided' | 'closed';
  filings: { at: Instant; documents: readonly DossierDocument[] }[];
  /** Every form 02, in order, and when the dossier came back: each is answered once, also at its own instant. */
  completions: { readonly requestedAt: Instant; answeredAt: Instant | null }[];
  declaration: { id: string; lapsesOn: PlainDate } | null;
  dossierCode: string | null;
  receivedAt: Instant | null;
  receptionRefusedAt: Instant | null;
  printedDueDate: PlainDate | null;
  promisedDate: PlainDate | null;
  /** Which term form 01 printed: the ladder and the apology follow it. */
  printed: 'statutory' | 'promised';
  calendar: string;
  budget: Budget;
  extensions: number;
  ledger: ClockEntry[];
  /** `rung@dueDate` of every rung of the printed term that fired, `clock/rung@dueDate` of the other clocks: each fires once. */
  rungs: string[];
  apologies: ApologyState[];
  /** How often another version of the definition took over after receipt. */
  migrations: number;
  /** The newest version of its calendar that changed one of its dates; 0: none did. */
  redated: number;
  payments: Record<
    string,
    { amountVnd: string; requestedAt: Instant; reference: string | null; receivedAt: Instant | null }
  >;
  supplements: SupplementState[];
  /** Work that a head sent back: which step was to be done anew. */
  returns: { readonly step: string; readonly at: Instant }[];
  steps: Record<string, StepState>;
  tasks: Record<string, TaskState>;
  consultations: number;
  /** Consultation results by step: closed ones only. */
  consulted: Record<string, { n: number; agreed: number; conditional: number; objected: number; silent: number }>;
  /** Of the admission of a trial. */
  proposal: ProposalState | null;
  council: CouncilState | null;
  decision: { outcome: 'approved' | 'refused'; at: Instant; by: string | null; reason: Words | null } | null;
  signature: { number: string; documentHash: string; signature: string; algorithm: string; keyId: string } | null;
  handedOverAt: Instant | null;
  closed: { outcome: ProcedureOutcome; at: Instant } | null;
}

/** What the evaluation of a trial proposes, and in whose names it was written. */
export interface ProposalState {
  readonly criteria: readonly CriterionFinding[];
  readonly terms: TrialTerms;
  readonly by: readonly string[];
  readonly at: Instant;
}

/** A letter of apology with a new appointment (form 04): drafted by the clock, sent when the head has signed it off. */
export interface ApologyState {
  readonly letterId: string;
  readonly dueDate: PlainDate;
  readonly draftedAt: Instant;
  causes: readonly DelayCause[];
  sentAt: Instant | null;
  newDate: PlainDate | null;
  /** The head found that it would not be late. */
  dropped: boolean;
  /** The date it speaks of does not hold any more. */
  voided: boolean;
}

export interface ConferenceState {
  readonly issues: readonly ConflictIssue[];
  readonly chair: string;
  readonly budget: Budget;
  dueDate: PlainDate;
  readonly openedAt: Instant;
  resolutions: readonly Resolution[];
  dissent: readonly Dissent[];
  reason: TextRef | null;
  decidedAt: Instant | null;
}

export interface OpinionState extends Omit<OpinionAsked, 'dueDate'> {
  dueDate: PlainDate;
  status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  requestId: string | null;
  position: Position | null;
  conditions: readonly SaidCondition[];
  legalBasis: Words | null;
  late: boolean;
  answeredAt: Instant | null;
  lapsed: { at: Instant; legalEffect: LegalEffect; handling: SilenceHandling } | null;
  decision: 'treat-as-agreed' | 'proceed-without' | null;
  messageIds: string[];
}

export interface ConsultationState {
  readonly scope: ScopeId;
  readonly procedureScope: ScopeId;
  readonly step: string;
  readonly n: number;
  readonly lead: string;
  readonly openedAt: Instant;
  readonly calendar: string;
  opinions: Record<string, OpinionState>;
  conference: ConferenceState | null;
  /** `clock/rung@dueDate` of those that fired. */
  rungs: string[];
  /** The last change of the calendar that moved one of its dates. */
  redatedAt: Instant | null;
  /** Which version of the calendar that was; 0: none. */
  redated: number;
  /** Late answers that the lead decided to weigh. */
  reopenings: { agency: string; at: Instant; reason: TextRef }[];
  /** Its step is done anew because of a late answer. */
  reopenedAt: Instant | null;
  tasks: Record<string, TaskState>;
  closedAt: Instant | null;
}

/** The last time the same question was asked: `consultation` itself unless its step was done anew. */
export function latestOfStep(state: CaseState, consultation: ConsultationState): ConsultationState {
  let latest = consultation;
  for (const other of Object.values(state.consultations)) {
    const same = other.procedureScope === consultation.procedureScope && other.step === consultation.step;
    if (same && other.n > latest.n) latest = other;
  }
  return latest;
}

/** Its lane; null: it has none. */
export const laneOf = (state: CaseState): Lane | null => (state.kind === 'green-lane' ? state.lane : null);

/** Drafted, and nobody has decided about it yet. */
export const isOpenLetter = ({ sentAt, dropped, voided }: ApologyState): boolean =>
  sentAt === null && !dropped && !voided;

/** The latest attempt at a procedure in this case, if it was ever opened. */
export function latestAttempt(state: CaseState, procedure: string): ProcedureState | undefined {
  let latest: ProcedureState | undefined;
  for (const candidate of Object.values(state.procedures)) {
    if (candidate.procedure === procedure && (!latest || candidate.attempt > latest.attempt)) latest = candidate;
  }
  return latest;
}

/** Its decision is signed: what was thought on the way to it may be read by whom it concerns. */
export const isDecided = (procedure: ProcedureState | undefined): boolean => (procedure?.signature ?? null) !== null;

/** The latest attempt at the admission of a trial: the only procedure its plan has. */
export function admissionOf(state: CaseState): ProcedureState | undefined {
  const item = state.plan[0];
  return item && latestAttempt(state, item.procedure);
}

/** Nobody has to do it any more. */
export const isOver = ({ status }: Pick<TaskState, 'status'>): boolean => status === 'done' || status === 'cancelled';

/** Every task of the case, of all scopes. */
export function* allTasks(state: CaseState): Generator<TaskState> {
  yield* Object.values(state.tasks);
  for (const procedure of Object.values(state.procedures)) yield* Object.values(procedure.tasks);
  for (const consultation of Object.values(state.consultations)) yield* Object.values(consultation.tasks);
}
