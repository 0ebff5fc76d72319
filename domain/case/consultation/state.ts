import type { Instant, PlainDate } from '../../time/instants.js';
import type { ConferenceState } from '../conference/state.js';
import type { ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { TaskState } from '../task/state.js';
import type { TextRef, Words } from '../words.js';
import type { LegalEffect, OpinionAsked, Position, SaidCondition, SilenceHandling } from './words.js';

export interface OpinionState extends Omit<OpinionAsked, 'dueDate'> {
  dueDate: PlainDate;
  status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  requestId: string | null;
  /** The register asks the agency's system by itself. */
  called: boolean;
  /** Its system could not be asked. */
  failed: boolean;
  position: Position | null;
  conditions: readonly SaidCondition[];
  legalBasis: Words | null;
  late: boolean;
  answeredAt: Instant | null;
  lapsed: { at: Instant; legalEffect: LegalEffect; handling: SilenceHandling } | null;
  decision: 'treat-as-agreed' | 'proceed-without' | null;
  messageIds: string[];
  /** What it says beside its position; left out: nothing. */
  content?: TextRef;
}

export interface ConsultationState {
  readonly scope: ScopeId;
  readonly procedureScope: ScopeId;
  readonly step: string;
  readonly n: number;
  lead: string;
  /** Who led it until that event, where it was merged since; left out: nobody else did. */
  formerLeads?: { readonly seq: number; readonly lead: string }[];
  readonly openedAt: Instant;
  readonly calendar: string;
  opinions: Record<string, OpinionState>;
  conference: ConferenceState | null;
  /** `clock/rung@dueDate` of those that fired. */
  rungs: string[];
  /** The last change of the calendar that moved one of its dates. */
  redatedAt: Instant | null;
  /** Which version of the calendar that was; 0: none. */
  redated: number;
  /** Late answers that the lead decided to weigh. */
  reopenings: { agency: string; at: Instant; reason: TextRef }[];
  /** Its step is done anew because of a late answer. */
  reopenedAt: Instant | null;
  tasks: Record<string, TaskState>;
  closedAt: Instant | null;
}

/** The last time the same question was asked: `consultation` itself unless its step was done anew. */
export function latestOfStep(state: CaseState, consultation: ConsultationState): ConsultationState {
  let latest = consultation;
  for (const other of Object.values(state.consultations)) {
    const same = other.procedureScope === consultation.procedureScope && other.step === consultation.step;
    if (same && other.n > latest.n) latest = other;
  }
  return latest;
}

/** Who led it at that event. */
export const leadAt = ({ lead, formerLeads }: ConsultationState, seq: number): string =>
  formerLeads?.find((former) => seq < former.seq)?.lead ?? lead;
