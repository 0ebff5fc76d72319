import type { CouncilMember, Tally, Vote } from './tally.js';
import type { Extremes } from './extremes.js';
import type { RecordedReason } from '../../law/regime-fit.js';
import type {
  CriterionFinding,
  DatedExemption,
  Ending,
  Lesson,
  Reading,
  Severity,
  TrialTerms,
} from '../../law/trial-terms.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

/** The regime under which a trial asks to be admitted, and who has what to say under it: all agency codes. */
export interface TrialFiling {
  readonly regime: string;
  /** `<code>@<date>`: the regime as it was when the case was filed. */
  readonly version: string;
  readonly field: string;
  /** What the test of regime and territory said; an officer decides what is unknown. */
  readonly fit: 'yes' | 'unknown';
  /** Condition by condition; their words are the regime's. */
  readonly reasons: readonly RecordedReason[];
  readonly authority: string;
  readonly supervises: string;
  readonly evaluates: string;
  /** Months that are asked for. */
  readonly months: number;
}

/** What the participant asks the authority for while the trial lives. */
export type TrialRequest =
  | { readonly kind: 'adjustment'; readonly terms: TrialTerms }
  | { readonly kind: 'extension'; readonly months: number }
  | { readonly kind: 'resumption' };

/** Why a protective hold was placed: a limit, or an incident by its id. */
export type HoldCause =
  | { readonly kind: 'limit'; readonly limit: string; readonly value: Reading['value'] }
  | { readonly kind: 'incident'; readonly incident: string };

/** A lesson of a trial; what should change is said in somebody's own words. */
export interface SealedLesson extends Omit<Lesson, 'change'> {
  readonly change: TextRef;
}

/** What the events of a sandbox case carry beside those of every case. */
export interface TrialPayloads {
  // The admission of a trial, beside what every procedure has
  /** What the test of regime and territory could not say, an officer did. */
  fitDecided: { taskId: string; verdict: 'yes' | 'no'; reason: TextRef };
  /** By the evaluation: what was found about each criterion, and the conditions under which the trial could be admitted. */
  trialTermsProposed: { taskId: string; criteria: readonly CriterionFinding[]; terms: TrialTerms };
  councilConvened: { taskId: string; members: readonly CouncilMember[]; quorum: number; meetsAt: Instant };
  councilOpened: { taskId: string; present: readonly string[] };
  voteCast: { person: string; vote: Vote; reason: TextRef | null };
  councilClosed: {
    taskId: string;
    present: readonly string[];
    recused: readonly string[];
    absent: readonly string[];
    dissent: readonly string[];
    /** Of the minutes; left out by events of before. */
    paperNumber?: number;
  } & Tally;

  // A trial: events of the case
  /** `until`: the last day, counted. `decision`: the number of the signed decision. */
  trialAdmitted: {
    decision: string;
    from: PlainDate;
    until: PlainDate;
    terms: TrialTerms;
    exemptions: readonly DatedExemption[];
    /** Of other bodies: nothing runs before they are shown. */
    permits: readonly string[];
  };
  /** A permit of another body that the regime wants before the trial runs. */
  permitRecorded: { permit: string; number: Words; documentId: string | null; validTo: PlainDate | null };
  trialStarted: Record<string, never>;
  /** Ed25519, as SPKI in base64. */
  trialKeyRegistered: { keyId: string; publicKey: string };
  /**
   * One signed batch: its number, the span it covers, SHA-256 of the signed bytes, and what limits and reports need of it. The readings are kept beside it,
   * `kept` is SHA-256 over their salt and text; before that they stood here.
   */
  metricsAccepted: {
    batch: number;
    keyId: string;
    digest: string;
    from: Instant;
    to: Instant;
    count?: number;
    extremes?: readonly Extremes[];
    kept?: string;
    readings?: readonly Reading[];
  };
  limitNeared: { limit: string; value: Reading['value']; at: Instant; batch: number };
  limitExceeded: { limit: string; value: Reading['value']; at: Instant; batch: number };
  holdPlaced: { holdId: string; cause: HoldCause; confirmBy: Instant };
  holdConfirmed: { holdId: string; taskId: string; reason: TextRef };
  /** `taskId` null: nobody confirmed it in time; it is lifted and the authority is told. */
  holdLifted: { holdId: string; taskId: string | null; reason: TextRef | null };
  /** The engine saw it first: the participant owes a report by that instant. */
  incidentOpened: { incidentId: string; limit: string; reportBy: Instant };
  incidentReported: {
    incidentId: string;
    severity: Severity;
    happenedAt: Instant;
    knownAt: Instant;
    reportBy: Instant;
    late: boolean;
    description: TextRef;
    documentId: string | null;
  };
  incidentReportMissed: { incidentId: string; reportBy: Instant };
  /** A recorded finding, never computed: whose damage, by what cause, and whether somebody is exempt from answering for it. */
  incidentExamined: {
    incidentId: string;
    taskId: string;
    damage: 'none' | 'own' | 'state' | 'third-party';
    cause: 'objective' | 'subjective' | 'undetermined';
    exempt: boolean;
    legalBasis: Words | null;
    reason: TextRef;
  };
  /** `duty`: the report that it is. `figures`: what the participant counts, by name. */
  trialReportFiled: { duty: string; documentId: string | null; figures: Readonly<Record<string, number>> };
  visitRecorded: {
    visitId: string;
    on: PlainDate;
    result: 'in-order' | 'shortcomings' | 'violation';
    findings: TextRef;
  };
  trialChangeRequested: { requestId: string; request: TrialRequest; reason: TextRef; decideBy: PlainDate };
  trialChangeRefused: { requestId: string; taskId: string; reason: TextRef };
  trialAdjusted: { requestId: string; taskId: string; terms: TrialTerms; reason: TextRef };
  trialExtended: { requestId: string; taskId: string; months: number; until: PlainDate; reason: TextRef };
  trialSuspended: { reason: TextRef };
  /** On request (`requestId`, `taskId`), or because whoever suspended it thinks so. */
  trialResumed: { requestId: string | null; taskId: string | null; reason: TextRef };
  finalReportFiled: {
    documentId: string | null;
    lessons: readonly SealedLesson[];
    figures: Readonly<Record<string, number>>;
    assessBy: PlainDate;
  };
  /** Its last day is over and its final report is still looked at: nothing runs any more. */
  trialTermOver: Record<string, never>;
  /** `taskId`: of the assessment. `transitionUntil`: the last day on which what was tried may go on; null: none. */
  trialEnded: {
    ending: Ending;
    taskId: string | null;
    reason: TextRef | null;
    transitionUntil: PlainDate | null;
  };
  completionCertified: { number: string };
  transitionEnded: Record<string, never>;
  /** Ended, without a transition or past it, and its users have what they were owed. */
  trialOver: Record<string, never>;
}
