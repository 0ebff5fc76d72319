import type { FilingSignature } from '../../evidence/filing-signature.js';
import type { Budget } from '../../time/clock.js';
import type { DossierDocument } from '../procedure/words.js';
import type { PredicateId } from '../../lane/evidence.js';
import type { PredicateVerdict } from '../../lane/predicates.js';
import type { Phase, ProjectFacts } from '../../law/procedure.js';
import type { PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { TextRef, Words } from '../words.js';
import type { TrialFiling } from '../trial/words.js';
import type { Lane } from '../../lane/screening.js';

export type { Lane };

export type PathwayId = 'standard' | 'special' | 'strategic';

export type CaseOutcome = 'approved' | 'refused' | 'withdrawn';

/** One procedure of the plan that the receipt of the case carries. Dates assume that every dossier comes on time. */
export interface PlanItem {
  readonly procedure: string;
  readonly version: string;
  readonly phase: Phase;
  readonly mandatory: boolean;
  readonly agency: string;
  readonly cityControlled: boolean;
  readonly budget: Budget;
  readonly after: readonly string[];
  /** Events outside every procedure that must have happened first, e.g. `deposit-lodged`. */
  readonly gates: readonly string[];
  /** Layout at r = 0 and at the commitment; null where the calendar of the day of filing ended before. */
  readonly statutory: { readonly starts: PlainDate | null; readonly ends: PlainDate | null };
  readonly target: { readonly starts: PlainDate | null; readonly ends: PlainDate | null };
  /** Working dates of its term by law where it lies, by the calendar of the day of filing; left out by events of releases until 0.3.0. */
  readonly statutoryDays?: number | null;
  readonly verified: boolean;
}

/** What the investor means to put in, as filed: decimal strings, and the part from abroad (0..1). */
export interface Capital {
  readonly totalVnd: string;
  readonly totalUsd: string | null;
  readonly foreignShare: number;
}

/** What a case is measured against, frozen at filing: working days of the standard pathway by law. */
export interface BaselineDays {
  readonly days: number;
  readonly endDate: PlainDate;
  /** The longest chain of procedures whose time the City sets; left out by events of releases until 0.3.0. */
  readonly cityDays?: number;
  /** By the durations of before the programme, where the City had published all of them by the day of filing. */
  readonly observed?: BaselineFigures;
  /** By the facts as they were stated and as they are right, where a stated one was wrong: the smaller of each counts. */
  readonly corrected?: { readonly stated: BaselineFigures; readonly right: BaselineFigures };
}

export type BaselineFigures = Required<Pick<BaselineDays, 'days' | 'endDate' | 'cityDays'>>;

/** What whoever owns the lane found of one of its tests, and why. */
export interface LaneFinding extends PredicateVerdict {
  readonly reason: Words;
}

/** What the events of a case as a whole carry. */
export interface CasePayloads {
  caseOpened: {
    kind: 'green-lane' | 'sandbox';
    lane: Lane;
    pathway: PathwayId;
    facts: ProjectFacts;
    investor: { personId: string; organisation: string | null };
    filingHash: string;
    lawAt: PlainDate;
    plan: readonly PlanItem[];
    baseline: BaselineDays;
    target: { days: number; endDate: PlainDate };
    ambition: { days: number; endDate: PlainDate };
    reductionByLaw: number;
    milestone: 'licence' | 'approvals';
    /** Documents given at filing, by procedure; they become dossiers when the procedures open. */
    lodged: Readonly<Record<string, readonly DossierDocument[]>>;
    managed: boolean;
    capital?: Capital;
    /** Figures on the path of the baseline that rest on no text read, e.g. `eia-group-2.budget`. */
    unverified?: readonly string[];
    /** Attributes that the filing leaves out and the catalogue presumes; left out by events of releases until 0.3.0. */
    presumed?: readonly string[];
    /** Attributes nobody knew and on which the plan hangs: each an open question. */
    unknown?: readonly string[];
    /** SHA-256 of where the project is to stand; left out where no lot is named. */
    site?: string | null;
    /** SHA-256 of each lot that it is to stand on, and of what a hasty reader sees of them; left out by events of before. */
    sites?: readonly string[];
    near?: readonly string[];
    /** The licensed project that this case changes. */
    adjusts?: { readonly case: string; readonly procedure: string };
    /** Of a sandbox case only. */
    trial?: TrialFiling;
    /** Of a filing that its investor signed; `holder`: the certificate (PEM), whose subject is a person or an enterprise. */
    signed?: FilingSignature & { readonly holder: TextRef };
  };
  /** `findings`: of each test; left out by events of releases until 0.3.0. */
  laneDecided: {
    taskId: string;
    lane: 'green' | 'standard';
    reason: Words;
    findings?: readonly LaneFinding[];
  };
  /** What the investor gave to prove one of the tests of the green lane. */
  evidenceGiven: { evidenceId: string; predicate: PredicateId; code: string; documentId: string };
  caseWithdrawn: { reason: Words };
  caseClosed: { outcome: CaseOutcome };
  /** The investor asks for the green lane again after a refusal: an officer decides anew. */
  laneProposed: { reason: TextRef };
  /** `procedure`: about one result; null: about the whole case. */
  caseSurveyed: { score: number; procedure?: string | null };
  /** Whoever says so takes no part in this case any more. */
  interestDeclared: { person: string; reason: TextRef };
  scopeClosed: { scope: ScopeId };
  scopeRebuilt: { scope: ScopeId; generation: number };
}
