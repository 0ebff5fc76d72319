import type { Budget } from '../../time/clock.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

/** From the mildest to the gravest. */
export const positions = ['agree', 'agree-with-conditions', 'needs-supplement', 'object'] as const;
export type Position = (typeof positions)[number];

export type LegalEffect = 'deemed-agreed' | 'none';

export type SilenceHandling = 'accept' | 'escalate';

/**
 * One condition of an opinion. `subject` is of the seeded list, else `other`; `value` as the subject says: a decimal number in its unit (`requires` =
 * at least, `limits` = at most), one of its choices, or free text for `other`.
 */
export interface Condition {
  readonly subject: string;
  readonly direction: 'requires' | 'forbids' | 'limits';
  readonly value?: string;
}

/** A condition in an event: of `other`, the value is somebody's words. */
export interface SaidCondition extends Omit<Condition, 'value'> {
  readonly value?: Words;
}

export interface OpinionAsked {
  readonly agency: string;
  readonly channel: 'system' | 'worklist';
  readonly budget: Budget;
  readonly dueDate: PlainDate;
  readonly legalEffect: LegalEffect;
  readonly handling: SilenceHandling;
  readonly about: { readonly vi: string; readonly en: string };
}

/** An agency's part of an earlier round that stands: its answer, or what was made of its silence (then with a late answer that nobody weighed). */
export interface CarriedOpinion {
  readonly agency: string;
  readonly status: 'given' | 'lapsed' | 'decided';
  readonly position: Position | null;
  readonly conditions: readonly SaidCondition[];
  readonly legalBasis: Words | null;
  readonly late: boolean;
  readonly answeredAt: Instant | null;
  readonly lapsed: {
    readonly at: Instant;
    readonly legalEffect: LegalEffect;
    readonly handling: SilenceHandling;
  } | null;
  readonly decision: 'treat-as-agreed' | 'proceed-without' | null;
  readonly content?: TextRef;
}

/** What the events of a consultation carry. */
export interface ConsultationPayloads {
  consultationOpened: {
    step: string;
    n: number;
    lead: string;
    opinions: readonly OpinionAsked[];
    /** What stands of the round before: the late answer for which it was reopened counts as given now. */
    carried?: readonly CarriedOpinion[];
    /** Whose systems the register asks by itself. Left out by releases until 0.3.0: there the run asks. */
    calls?: readonly string[];
  };
  /** `called`: asked by the register itself. */
  opinionRequested: { agency: string; requestId: string; called?: true };
  /** The agency's system could not be asked: its officer is. */
  opinionRequestFailed: { agency: string; reason: string };
  opinionGiven: {
    agency: string;
    position: Position;
    conditions: readonly SaidCondition[];
    legalBasis: Words | null;
    late: boolean;
    messageId: string | null;
    /** What it says to each question, with its reasons, as canonical text (`canonicalOpinion`); left out: no more than its position. */
    content?: TextRef;
  };
  /** Another word of an agency, or one after the decision: it counts for nothing by itself, and `taskId` puts it before the lead. */
  opinionUnheard: {
    agency: string;
    position: Position;
    conditions: readonly SaidCondition[];
    legalBasis: Words | null;
    messageId: string;
    taskId: string;
  };
  /** Nobody answered in time: what the law makes of it, and what we do with it. */
  opinionLapsed: { agency: string; legalEffect: LegalEffect; handling: SilenceHandling };
  silenceDecided: { agency: string; taskId: string; decision: 'treat-as-agreed' | 'proceed-without'; reason: Words };
  /** The lead weighs a late answer after all: it counts in place, or, once the consultation is closed, the step that asked is done anew with it. */
  consultationReopened: { agency: string; reason: TextRef };
  consultationClosed: {
    step: string;
    n: number;
    agreed: number;
    conditional: number;
    objected: number;
    silent: number;
  };
}
