import type { TextRef } from '../case/events.js';
import type { Instant, PlainDate } from '../time.js';
import type { CouncilMember, TrialEnding, TrialTerms, Vote } from './events.js';

/** Where a trial stands. Before `running` it is the admission procedure's to say. */
export type TrialPhase = 'admission' | 'running' | 'held' | 'suspended' | 'ended' | 'transition' | 'over';

export interface HoldState {
  readonly holdId: string;
  readonly limit: string;
  readonly value: string;
  readonly placedAt: Instant;
  readonly confirmBy: Instant;
  status: 'open' | 'confirmed' | 'lifted' | 'lapsed';
}

export interface TrialChange {
  readonly requestId: string;
  readonly kind: 'adjustment' | 'extension';
  readonly terms: TrialTerms | null;
  readonly months: number | null;
  readonly requestedAt: Instant;
  status: 'asked' | 'granted' | 'refused';
}

export interface CouncilState {
  readonly members: readonly CouncilMember[];
  readonly quorum: number;
  readonly heldOn: PlainDate;
  votes: Record<string, { vote: Vote; reason: TextRef | null }>;
  closed: { recommendation: 'admit' | 'refuse'; at: Instant } | null;
}

/** The trial of a sandbox case: the fold of its events. */
export interface TrialState {
  readonly regime: string;
  readonly field: string;
  phase: TrialPhase;
  proposed: TrialTerms | null;
  council: CouncilState | null;
  terms: TrialTerms | null;
  number: string | null;
  from: PlainDate | null;
  to: PlainDate | null;
  extensions: number;
  /** Reports by their name (`report#n`), with when they came. */
  reports: Record<string, { at: Instant; late: boolean }>;
  /** Sequence number and end of the last batch of readings that was accepted. */
  lastBatch: { batch: number; to: Instant } | null;
  /** Limits of which a warning stands. */
  near: string[];
  holds: HoldState[];
  incidents: Record<
    string,
    { severity: string; happenedAt: Instant; deadline: Instant; late: boolean; objective: boolean | null }
  >;
  changes: TrialChange[];
  suspendedAt: Instant | null;
  visits: number;
  finalReportAt: Instant | null;
  ended: { ending: TrialEnding; at: Instant } | null;
  certificate: string | null;
  transitionUntil: PlainDate | null;
}
