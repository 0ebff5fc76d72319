import type { ProjectFacts } from '../../law/procedure.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { FactValue } from '../../schemas/procedure.js';
import type { PlanItem } from '../case/words.js';
import type { CaseState } from '../state.js';
import type { TextRef } from '../words.js';

/** Facts that somebody has to confirm: unknown at filing, or said to be otherwise. */
export interface FactQuestion {
  readonly id: string;
  /** As somebody proposes them; null each where nobody knew. */
  readonly facts: ProjectFacts;
  /** Who proposes them: they do not confirm them. null: nobody knew, at filing. */
  readonly by: string | null;
  agency: string;
  readonly askedAt: Instant;
  readonly answerBy: PlainDate | null;
  readonly documentId: string | null;
  readonly reason: TextRef | null;
  /** `overtaken`: another question answered it. */
  outcome: 'confirmed' | 'kept' | 'overtaken' | null;
  decidedAt: Instant | null;
  confirmed: ProjectFacts | null;
  decision: TextRef | null;
  legalBasis: TextRef | null;
}

/** A procedure that was begun and that the project does not need, as it turned out; its days count. */
export interface NeedlessProcedure {
  readonly item: PlanItem;
  readonly since: Instant;
}

/** The questions nobody has answered yet. */
export const openFactQuestions = ({ factQuestions }: Pick<CaseState, 'factQuestions'>): FactQuestion[] =>
  Object.values(factQuestions).filter(({ outcome }) => outcome === null);

/** Nobody knew it at filing. */
export const isUnknown = ({ by }: Pick<FactQuestion, 'by'>): boolean => by === null;

/** The last question by whose answer this fact has this value; undefined: nobody confirmed it. */
export const confirmationOf = (
  { factQuestions }: Pick<CaseState, 'factQuestions'>,
  fact: string,
  value: FactValue,
): FactQuestion | undefined =>
  Object.values(factQuestions).findLast(({ confirmed }) => value !== null && confirmed?.[fact] === value);
