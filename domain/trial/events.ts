import type { TextRef } from '../case/events.js';
import type { Instant, PlainDate } from '../time.js';

/** One limit of a running trial: of the regime, narrowed or added by the admission. `number` limits carry `min`/`max`, the others `values`. */
export interface TrialLimit {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly unit: string;
  /** Who sees it: told once by the participant, measured and sent, read from the clock, or a place. */
  readonly watch: 'declared' | 'telemetry' | 'calendar' | 'geofence';
  readonly min?: number;
  readonly max?: number;
  /** Whether the bound itself is allowed; default yes. */
  readonly inclusive?: boolean;
  readonly values?: readonly (string | boolean)[];
  /** Where it comes from: the regime's text, the City's setting, our default, or this admission. */
  readonly source: 'law' | 'setting' | 'default' | 'admission';
}

/** A rule that does not bind this trial: which, whom, how far, from when to when, on what basis. */
export interface Exemption {
  readonly act: string;
  readonly article: string;
  readonly whom: string;
  readonly scope: string;
  readonly basis: string;
}

/** What a trial is admitted to do. */
export interface TrialTerms {
  readonly months: number;
  readonly sites: readonly string[];
  readonly limits: readonly TrialLimit[];
  readonly reportEvery: { readonly amount: number; readonly unit: 'day' | 'week' | 'month' };
  readonly exemptions: readonly Exemption[];
  /** What the participant owes the trial's users at its end. */
  readonly userDuties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly days: number;
  }[];
}

export type TrialEnding = 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired';
export type Vote = 'for' | 'against' | 'abstain';

export interface CouncilMember {
  readonly person: string;
  readonly agency: string | null;
  readonly chair: boolean;
}

/** Events of a sandbox case beside those every case has. The council and the proposal lie in the admission's procedure scope, the rest in the case's. */
export interface TrialPayloads {
  /** The evaluating officer writes down what the trial would be allowed; the decision approves it. */
  trialTermsProposed: { taskId: string; terms: TrialTerms };
  councilConvened: { taskId: string; members: readonly CouncilMember[]; quorum: number; heldOn: PlainDate };
  councilVoted: { person: string; vote: Vote; reason: TextRef | null };
  /** Minutes are drafted from this and the votes. */
  councilClosed: {
    taskId: string;
    recommendation: 'admit' | 'refuse';
    inFavour: number;
    against: number;
    abstained: number;
    absent: readonly string[];
    recused: readonly string[];
  };
  trialAdmitted: { regime: string; number: string; terms: TrialTerms; from: PlainDate; to: PlainDate };
  trialReportFiled: { report: string; documentId: string | null; text: TextRef | null; late: boolean };
  /** One signed batch of readings. `batch` is the sender's own sequence number; the readings lie in the register's `trial_metric`. */
  metricsAccepted: { batch: number; readings: number; from: Instant; to: Instant; hash: string; keyId: string };
  limitNeared: { limit: string; value: string; at: Instant; batch: number | null };
  /** At once, by the rule itself; the competent person confirms or lifts it by `confirmBy`. */
  holdPlaced: { holdId: string; limit: string; value: string; at: Instant; batch: number | null; confirmBy: Instant };
  holdConfirmed: { holdId: string; taskId: string; reason: TextRef };
  holdLifted: { holdId: string; taskId: string | null; cause: 'officer' | 'unconfirmed'; reason: TextRef | null };
  incidentReported: {
    incidentId: string;
    severity: 'minor' | 'serious' | 'critical';
    happenedAt: Instant;
    deadline: Instant;
    late: boolean;
    text: TextRef;
  };
  /** Damage by objective causes is a recorded finding, never computed. */
  damageFound: { incidentId: string; objective: boolean; reason: TextRef };
  trialChangeRequested: {
    requestId: string;
    kind: 'adjustment' | 'extension';
    terms: TrialTerms | null;
    months: number | null;
    reason: TextRef;
  };
  trialAdjusted: { requestId: string; taskId: string; terms: TrialTerms };
  trialExtended: { requestId: string; taskId: string; n: number; to: PlainDate };
  trialChangeRefused: { requestId: string; taskId: string; reason: TextRef };
  trialSuspended: { cause: 'authority' | 'participant' | 'hold'; reason: TextRef };
  trialResumed: { reason: TextRef };
  visitRecorded: { visitId: string; on: PlainDate; findings: TextRef };
  finalReportFiled: {
    documentId: string | null;
    text: TextRef;
    lessons: readonly { readonly rule: string; readonly change: TextRef }[];
  };
  trialEnded: { ending: TrialEnding; reason: TextRef | null; transitionUntil: PlainDate | null };
  completionCertified: { taskId: string; number: string };
  transitionEnded: Record<string, never>;
}
