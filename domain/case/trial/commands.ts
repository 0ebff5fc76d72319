import type { CouncilMember, Vote } from './tally.js';
import type { CriterionFinding, Lesson, Reading, Severity, TrialTerms } from '../../law/trial-terms.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TrialPayloads, TrialRequest } from './words.js';

/** What people may ask for in a sandbox case; `allowedIn` says when, `decide` who. */
export type TrialCommand =
  | {
      readonly type: 'proposeTerms';
      /** The task of the evaluation, held by whoever proposes. */
      readonly taskId: string;
      readonly criteria: readonly CriterionFinding[];
      readonly terms: TrialTerms;
    }
  | {
      readonly type: 'conveneCouncil';
      /** The task of the council, held by its secretary. */
      readonly taskId: string;
      readonly members: readonly CouncilMember[];
      readonly meetsAt: Instant;
    }
  | { readonly type: 'openCouncil'; readonly taskId: string; readonly present: readonly string[] }
  | { readonly type: 'castVote'; readonly vote: Vote; readonly reason: string | null }
  | {
      readonly type: 'recordPermit';
      readonly permit: string;
      readonly number: string;
      readonly documentId: string | null;
      readonly validTo: PlainDate | null;
    }
  | { readonly type: 'registerKey'; readonly keyId: string; readonly publicKey: string }
  | {
      readonly type: 'fileTrialReport';
      /** The duty it meets; null: the earliest one that is open. */
      readonly duty: string | null;
      readonly documentId: string | null;
      readonly figures: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'reportIncident';
      /** One that the engine opened; null: another. */
      readonly incident: string | null;
      readonly severity: Severity;
      readonly happenedAt: Instant;
      readonly knownAt: Instant;
      readonly description: string;
      readonly documentId: string | null;
    }
  | {
      readonly type: 'recordVisit';
      readonly on: PlainDate;
      readonly result: TrialPayloads['visitRecorded']['result'];
      readonly findings: string;
    }
  | { readonly type: 'requestTrialChange'; readonly request: TrialRequest; readonly reason: string }
  | { readonly type: 'suspendTrial'; readonly reason: string }
  | { readonly type: 'resumeTrial'; readonly reason: string }
  | {
      readonly type: 'fileFinalReport';
      readonly documentId: string | null;
      readonly lessons: readonly Lesson[];
      readonly figures: Readonly<Record<string, number>>;
    }
  | { readonly type: 'endTrial'; readonly ending: 'withdrawn' | 'revoked'; readonly reason: string };

/** One signed batch of the participant's devices; the signature was checked before. */
export interface DeviceCommand {
  readonly type: 'submitMetrics';
  readonly batch: number;
  readonly keyId: string;
  /** SHA-256 of the signed bytes, hexadecimal. */
  readonly digest: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly readings: readonly Reading[];
}

/** What the workflow of a sandbox case asks for. */
export type TrialEngineCommand =
  { readonly type: 'admitTrial' } | { readonly type: 'startTrial' } | { readonly type: 'certifyCompletion' };
