import type { ProjectFacts } from '../../law/procedure.js';
import type { PlainDate } from '../../time/instants.js';
import type { BaselineDays, Lane, PathwayId, PlanItem } from '../case/words.js';
import type { TextRef } from '../words.js';

/** What a project is, as its facts say: everything that follows from them. */
export interface LaidAnew {
  readonly facts: ProjectFacts;
  /** Attributes that nobody has stated and the catalogue presumes. */
  readonly presumed: readonly string[];
  readonly lane: Lane;
  readonly pathway: PathwayId;
  readonly milestone: 'licence' | 'approvals';
  readonly plan: readonly PlanItem[];
  readonly baseline: BaselineDays;
  readonly target: { readonly days: number; readonly endDate: PlainDate };
  readonly ambition: { readonly days: number; readonly endDate: PlainDate };
  readonly unverified: readonly string[];
}

/** What the events of facts carry. */
export interface FactPayloads {
  /** An open question: what nobody knew at filing (null each, no reason), or what somebody says is otherwise, with what shows it. */
  factsQuestioned: {
    questionId: string;
    facts: ProjectFacts;
    /** Whoever has to say. */
    agency: string;
    answerBy: PlainDate | null;
    documentId: string | null;
    reason: TextRef | null;
  };
  /** The facts are these, and what follows from them from now on. `stated`: as the investor had stated them, with what they did not know. */
  factsConfirmed: {
    questionId: string;
    taskId: string;
    confirmed: ProjectFacts;
    reason: TextRef;
    legalBasis: TextRef;
    laid: LaidAnew;
    stated: { readonly facts: ProjectFacts; readonly presumed: readonly string[] | null };
  };
  /** The facts stay as they were filed. */
  factsKept: { questionId: string; taskId: string; reason: TextRef };
}
