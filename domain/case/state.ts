import type { Budget, ClockEntry } from '../clock.js';
import type { Phase, ProjectFacts } from '../procedure.js';
import type { Instant, PlainDate } from '../time.js';
import type {
  CaseOutcome,
  Condition,
  DossierDocument,
  Lane,
  LegalEffect,
  OpinionAsked,
  PathwayId,
  PlanItem,
  Position,
  ProcedureOutcome,
  SilenceHandling,
  SupplementGround,
  TaskKind,
  TaskRole,
} from './events.js';
import type { ScopeId } from './scope.js';

/** The state of one case: the fold of its events, kept beside the chain head so that one locked row holds all that `decide` needs. */
export interface CaseState {
  readonly code: string;
  seq: number;
  openedAt: Instant;
  managed: boolean;
  facts: ProjectFacts;
  investor: { personId: string; organisation: string | null };
  lane: Lane;
  pathway: PathwayId;
  lawAt: PlainDate;
  milestone: 'licence' | 'approvals';
  plan: readonly PlanItem[];
  baseline: { days: number; endDate: PlainDate };
  target: { days: number; endDate: PlainDate };
  ambition: { days: number; endDate: PlainDate };
  lodged: Readonly<Record<string, readonly DossierDocument[]>>;
  gatesMet: Record<string, Instant>;
  withdrawnAt: Instant | null;
  closed: { outcome: CaseOutcome; at: Instant } | null;
  survey: number | null;
  tasks: Record<string, TaskState>;
  procedures: Record<ScopeId, ProcedureState>;
  consultations: Record<ScopeId, ConsultationState>;
  scopes: Record<ScopeId, ScopeState>;
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
  completedBy: string | null;
  completedAt: Instant | null;
  outcome: string | null;
}

export interface StepState {
  startedAt: Instant | null;
  completedAt: Instant | null;
  outcome: string | null;
  by: 'system' | 'person' | 'waived' | null;
  failed: boolean;
}

export interface SupplementState {
  readonly requestId: string;
  readonly taskId: string;
  readonly ground: SupplementGround;
  readonly items: readonly string[];
  readonly requestedAt: Instant;
  readonly deadline: PlainDate | null;
  readonly suspends: boolean;
  status: 'asked' | 'lapsed' | 'answered' | 'continued' | 'stopped';
  answeredAt: Instant | null;
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
  startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  stage: 'awaiting-dossier' | 'intake' | 'processing' | 'decided' | 'closed';
  filings: { at: Instant; documents: readonly DossierDocument[] }[];
  declaration: { id: string; lapsesOn: PlainDate } | null;
  dossierCode: string | null;
  receivedAt: Instant | null;
  receptionRefusedAt: Instant | null;
  printedDueDate: PlainDate | null;
  promisedDate: PlainDate | null;
  calendar: string;
  budget: Budget;
  extensions: number;
  ledger: ClockEntry[];
  /** `rung@dueDate` of every rung that fired, so that each fires once. */
  rungs: string[];
  supplements: SupplementState[];
  steps: Record<string, StepState>;
  tasks: Record<string, TaskState>;
  consultations: number;
  /** Consultation results by step: closed ones only. */
  consulted: Record<string, { n: number; agreed: number; conditional: number; objected: number; silent: number }>;
  decision: { outcome: 'approved' | 'refused'; at: Instant; by: string | null; reason: string | null } | null;
  signature: { number: string; documentHash: string; signature: string; algorithm: string; keyId: string } | null;
  handedOverAt: Instant | null;
  closed: { outcome: ProcedureOutcome; at: Instant } | null;
}

export interface OpinionState extends OpinionAsked {
  status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  requestId: string | null;
  position: Position | null;
  conditions: readonly Condition[];
  legalBasis: string | null;
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
  tasks: Record<string, TaskState>;
  closedAt: Instant | null;
}

/** An opinion counts once it was given, deemed, or decided by the lead. */
export function opinionCounts(opinion: OpinionState): boolean {
  return opinion.status === 'given' || opinion.status === 'lapsed' || opinion.status === 'decided';
}

/** The latest attempt at a procedure in this case, if it was ever opened. */
export function latestAttempt(state: CaseState, procedure: string): ProcedureState | undefined {
  let latest: ProcedureState | undefined;
  for (const candidate of Object.values(state.procedures)) {
    if (candidate.procedure === procedure && (!latest || candidate.attempt > latest.attempt)) latest = candidate;
  }
  return latest;
}

/** Every task of the case, of all scopes. */
export function* allTasks(state: CaseState): Generator<TaskState> {
  yield* Object.values(state.tasks);
  for (const procedure of Object.values(state.procedures)) yield* Object.values(procedure.tasks);
  for (const consultation of Object.values(state.consultations)) yield* Object.values(consultation.tasks);
}
