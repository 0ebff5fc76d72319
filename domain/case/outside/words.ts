import type { Instant } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** What the City's procedure system tells of a dossier: papers that came to its counter, or that its result was handed out there. */
export const outsideReports = ['papers-filed', 'result-handed-out'] as const;
export type OutsideReport = (typeof outsideReports)[number];

/** A state of a dossier among the portal's ten, and since when. */
export interface DossierStatus {
  readonly status: number;
  readonly at: Instant;
}

/** What the events of other systems' words carry. */
export interface OutsidePayloads {
  /** Papers of this dossier came to a counter: an officer takes them into the file. */
  papersFiledOutside: { matterId: string; dossierCode: string; messageId: string; at: Instant; note: TextRef | null };
  /** The result was handed out at a counter, once. */
  resultHandedOut: { dossierCode: string; messageId: string; at: Instant };
  /** Another system holds a state of the dossier that we never told it. */
  statusDiffered: { matterId: string; system: string; ours: DossierStatus; theirs: DossierStatus };
  outsideSettled: { matterId: string; taskId: string; outcome: OutsideOutcome; reason: TextRef };
}

/**
 * `settled`: taken into the file, or put right over there. `not-ours`: the papers belong to no work here, or the other system is wrong and is told ours again.
 */
export type OutsideOutcome = 'settled' | 'not-ours';
