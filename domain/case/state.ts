import type { ProjectFacts } from '../law/procedure.js';
import type { PredicateVerdict } from '../lane/predicates.js';
import type { Instant, PlainDate } from '../time/instants.js';
import type { BaselineDays, Capital, CaseOutcome, CasePayloads, Lane, PathwayId, PlanItem } from './case/words.js';
import type { ConsultationState } from './consultation/state.js';
import type { DutyState } from './duty/state.js';
import type { FactQuestion, NeedlessProcedure } from './fact/state.js';
import type { LaneEntry, LaneEvidence, LaneHearing } from './lane/state.js';
import type { OutsideMatter } from './outside/state.js';
import type { DossierDocument } from './procedure/words.js';
import type { ProcedureState } from './procedure/state.js';
import type { QuestionState } from './question/state.js';
import type { ScopeId } from './scope.js';
import type { TaskState } from './task/state.js';
import type { TrialState } from './trial/state.js';

/** Raised by every change of the fold that gives another state for the same events. */
export const foldVersion = 17;

/** The state of one case: the fold of its events, kept beside the chain head so that one locked row holds all that `decide` needs. */
export type CaseState = GreenLaneState | SandboxState;

export interface GreenLaneState extends AnyCaseState {
  kind: 'green-lane';
  lane: Lane;
  /** The lanes it has been in, in order, each with its first instant: which one it was in when it broke a term. */
  lanes: LaneEntry[];
  /** The lane as it stood when the first decision of any procedure was made: what is decided later changes no figure. null: none was made. */
  laneAtResult: { readonly lane: Lane; readonly at: Instant } | null;
  /** What the investor gave to prove the tests of the green lane, by its id. */
  laneEvidence: Record<string, LaneEvidence>;
  /** What the last decision on the lane found of each test. */
  laneFindings: readonly PredicateVerdict[];
  /** How often the investor has asked for the green lane again. */
  laneProposals: number;
  /** Hearings before the lane was to be taken back, in order. */
  laneHearings: LaneHearing[];
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
  /** Attributes that nobody stated; left out: filed before it was recorded. */
  presumed?: readonly string[];
  /** The facts as the investor stated them, where some were put right since. */
  statedFacts?: { readonly facts: ProjectFacts; readonly presumed: readonly string[] | null };
  investor: { personId: string; organisation: string | null };
  /** The signature of the filing; left out: it was not signed. */
  signed?: NonNullable<CasePayloads['caseOpened']['signed']>;
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
  /** Facts that somebody has to confirm, in order. */
  factQuestions: Record<string, FactQuestion>;
  /** Procedures that were begun and turned out not to be needed. */
  needless: readonly NeedlessProcedure[];
  /** People who take no part in this case. */
  recused: Record<string, Instant>;
  duties: Record<string, DutyState>;
  /** What other systems said that an officer has to settle, in order; left out: nothing. */
  outside?: OutsideMatter[];
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
