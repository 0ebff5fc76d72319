import type { Instant, PlainDate } from '../time.js';
import type { CouncilMember, TrialTerms, Vote } from './events.js';

/** One reading of a limit, as the participant's system sends it. */
export interface Reading {
  readonly limit: string;
  readonly value: number | string | boolean;
  readonly at: Instant;
}

/** What people and the participant's own system may ask for in a sandbox case, beside what every case has. */
export type TrialCommand =
  | { readonly type: 'proposeTrialTerms'; readonly taskId: string; readonly terms: TrialTerms }
  | {
      readonly type: 'conveneCouncil';
      readonly taskId: string;
      readonly members: readonly CouncilMember[];
      readonly heldOn: PlainDate;
    }
  | { readonly type: 'castVote'; readonly procedure: string; readonly vote: Vote; readonly reason: string | null }
  | {
      readonly type: 'fileTrialReport';
      readonly report: string;
      readonly documentId: string | null;
      readonly text: string | null;
    }
  | {
      readonly type: 'submitMetrics';
      readonly batch: number;
      readonly readings: readonly Reading[];
      readonly hash: string;
      readonly keyId: string;
    }
  | {
      readonly type: 'reportIncident';
      readonly severity: 'minor' | 'serious' | 'critical';
      readonly happenedAt: Instant;
      readonly text: string;
    }
  | {
      readonly type: 'recordFinding';
      readonly incidentId: string;
      readonly objective: boolean;
      readonly reason: string;
    }
  | {
      readonly type: 'requestTrialChange';
      readonly kind: 'adjustment' | 'extension';
      readonly terms: TrialTerms | null;
      readonly months: number | null;
      readonly reason: string;
    }
  | { readonly type: 'suspendTrial'; readonly reason: string }
  | { readonly type: 'resumeTrial'; readonly reason: string }
  | { readonly type: 'recordVisit'; readonly on: PlainDate; readonly findings: string }
  | {
      readonly type: 'fileFinalReport';
      readonly documentId: string | null;
      readonly text: string;
      readonly lessons: readonly { readonly rule: string; readonly change: string }[];
    }
  /** `revoked` and `failed` by the authority, `withdrawn` by the participant. */
  | { readonly type: 'endTrial'; readonly ending: 'revoked' | 'withdrawn' | 'failed'; readonly reason: string };
