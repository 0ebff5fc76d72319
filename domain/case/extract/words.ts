import type { Text } from '../../law/agency.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/**
 * Why a register gave no document: it holds none, did not answer in time, answered about somebody else, answered what cannot be read, or may not be asked because
 * whose data it is has not agreed.
 */
export type MissedReason = 'not-held' | 'silent' | 'other-subject' | 'unsound' | 'no-consent';

/** A field of a document as its register gives it; `code`: what it can be compared with in the filing, if anything. */
export interface ExtractField {
  readonly code: string;
  readonly name: Text;
  readonly value: string;
}

/** What a register was asked, and what it holds. */
export interface ExtractContent {
  readonly purpose: Text;
  readonly legalBasis: string;
  /** Whom or what its answer is about, as the register calls it. */
  readonly about: { readonly name: string; readonly number: string | null };
  readonly fields: readonly ExtractField[];
}

/** What a register answered that holds the document, before it is kept. */
export interface FoundExtract {
  readonly requestId: string;
  /** Of the register's own books. */
  readonly reference: string;
  /** As of when the register says it. */
  readonly asOf: Instant;
  readonly issuedOn: PlainDate | null;
  /** Last day on which it holds; null: the register names none. */
  readonly validUntil: PlainDate | null;
  /** `ExtractContent` as RFC 8785 text. */
  readonly content: string;
  /** Where it differs from what the case has. */
  readonly differences: readonly Difference[];
}

/** A field on which a register and the case differ; null: that side has none. */
export interface Difference {
  /** `filed`: what was filed, or confirmed since; `before`: what the register itself said the last time. */
  readonly against: 'filed' | 'before';
  readonly code: string;
  readonly name: Text;
  readonly ours: string | null;
  readonly theirs: string | null;
}

/** Which of two sides an officer goes by. */
export type Stands = 'register' | 'filed';

/** A document that a decision was made without: the register gave nothing the last time, or has not answered. */
export interface Without {
  readonly document: string;
  readonly register: string;
  readonly reason: MissedReason | 'unanswered';
}

/** Why a register is asked: a dossier was filed, a decision is near, somebody of the agency wants it. */
export type LookCause = 'filed' | 'before-decision' | 'wanted';

/** What the events of documents from registers carry. */
export interface ExtractPayloads {
  /** Asked again; the first time it is asked follows from the filing. */
  extractAsked: { document: string; register: string; look: number; cause: Exclude<LookCause, 'filed'> };
  extractObtained: {
    document: string;
    register: string;
    look: number;
    requestId: string;
    reference: string;
    asOf: Instant;
    issuedOn: PlainDate | null;
    validUntil: PlainDate | null;
    content: TextRef;
  };
  /** The register and the case differ: an officer says which stands. `differences`: as RFC 8785 text, both sides. */
  extractQuestioned: { document: string; register: string; look: number; differences: TextRef };
  extractSettled: { document: string; look: number; taskId: string; stands: Stands; reason: TextRef };
  /** The register is not asked on this consent any more; what it said stays in the record of the case. */
  consentWithdrawn: { document: string; register: string };
  /** The register gave nothing: the document is the investor's to give. */
  extractMissed: { document: string; register: string; look: number; reason: MissedReason };
}
