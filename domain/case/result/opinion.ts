import { canonical } from '../../evidence/canonical.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { ResultDefinition } from '../../schemas/procedure.js';
import { positions, type Condition, type Position } from '../consultation/words.js';
import type { ResultContent } from './words.js';

/** What an opinion says, as it is kept: a verdict for each question that was asked, reasons with their clauses, and what goes with the whole of it. */
export interface OpinionContent extends ResultContent {
  readonly position: Position;
  readonly conditions: readonly Condition[];
  readonly legalBasis: string | null;
  readonly reason: string | null;
}

/**
 * What an agency is asked to say beside its position: the questions put to it, and reasons to pick from. Undefined where the version of the procedure has
 * none: its opinions say no more than their position.
 */
export function opinionDefinition(
  { consultations, formerConsultations = [], opinionReasons, budgetBasis: legalBasis }: ResolvedProcedure,
  agency: string,
): ResultDefinition | undefined {
  const asked = [...consultations, ...formerConsultations].find((one) => one.agency === agency);
  if (!asked || !opinionReasons) return undefined;
  const questions = asked.questions ?? [{ code: 'asked', text: asked.about }];
  return {
    fields: questions.map(({ code, text: name }) => ({
      ...{ code, name, legalBasis },
      ...({ kind: 'verdict', unit: null, required: true, filed: null, verified: false } as const),
    })),
    reasons: [...opinionReasons],
  };
}

/** Which reasons an opinion of this position gives. */
export const favours = (position: Position): boolean => position === 'agree' || position === 'agree-with-conditions';

/** What follows for the whole from the verdicts on single questions: the gravest of them. */
export const gravestOf = ({ fields }: Pick<ResultContent, 'fields'>): Position =>
  positions.findLast((position) => fields.some(({ value }) => value === position)) ?? 'agree';

/** RFC 8785 of it: the bytes that are kept and that its paper encloses. */
export const canonicalOpinion = ({
  conditions,
  fields,
  legalBasis,
  position,
  reason,
  reasons,
}: OpinionContent): string => canonical({ conditions, fields, legalBasis, position, reason, reasons });

/** What was kept, read again. */
export const readOpinion = (text: string): OpinionContent => JSON.parse(text) as OpinionContent;
