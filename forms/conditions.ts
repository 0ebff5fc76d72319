import { type Text } from '../domain/law/agency.js';
import { type CaseState } from '../domain/case/state.js';
import type { ConsultationState } from '../domain/case/consultation/state.js';
import { type Condition, type SaidCondition } from '../domain/case/consultation/words.js';
import { type Words } from '../domain/case/words.js';
import { type ScopeId } from '../domain/case/scope.js';
import { type ConditionSubject } from '../domain/schemas/settings.js';
import { type Tongue } from './words.js';

/** A condition of an opinion that goes with the decision. */
export interface UpheldCondition {
  readonly agency: string;
  readonly condition: SaidCondition;
}

/**
 * The conditions that stand when a procedure is decided: those of every opinion that counts, without what a conference decided otherwise. Of a step
 * asked again only the last round counts.
 */
export function upheldConditions(state: CaseState, scope: ScopeId): UpheldCondition[] {
  return lastRounds(state, scope).flatMap((consultation) =>
    Object.values(consultation.opinions)
      .filter(({ status }) => status === 'given')
      .flatMap(({ agency, conditions }) => conditions.map((condition) => ({ agency, condition })))
      .filter((one) => stands(consultation, one)),
  );
}

function lastRounds(state: CaseState, scope: ScopeId): ConsultationState[] {
  const byStep = new Map<string, ConsultationState>();
  for (const consultation of Object.values(state.consultations)) {
    if (consultation.procedureScope !== scope) continue;
    const known = byStep.get(consultation.step);
    if (!known || known.n < consultation.n) byStep.set(consultation.step, consultation);
  }
  return [...byStep.values()];
}

/** Not where the conference upheld somebody else, or found a middle way in its own words. */
function stands({ conference }: ConsultationState, { agency, condition }: UpheldCondition): boolean {
  return !(conference?.resolutions ?? []).some(({ issue, upholds }) => {
    const about = conference?.issues.find(({ id }) => id === issue);
    if (!about?.agencies.includes(agency) || upholds === agency) return false;
    return about.kind === 'contradiction' && about.subject === condition.subject;
  });
}

const directions: Readonly<Record<Condition['direction'], Text>> = {
  requires: { vi: 'yêu cầu', en: 'required' },
  forbids: { vi: 'không được', en: 'not allowed' },
  limits: { vi: 'tối đa', en: 'at most' },
};
const atLeast: Text = { vi: 'tối thiểu', en: 'at least' };

interface ConditionReader {
  readonly tongue: Tongue;
  words(words: Words): string;
}

/** One condition in words: subject, direction, value with its unit. */
export function conditionText(
  { subject, direction, value: given }: SaidCondition,
  subjects: readonly ConditionSubject[],
  reader: ConditionReader,
): string {
  const { pick } = reader.tongue;
  const value = given && reader.words(given);
  const known = subjects.find(({ code }) => code === subject);
  if (known === undefined) return [pick(directions[direction]), value].filter(Boolean).join(': ');
  const word = direction === 'requires' && known.value === 'number' ? atLeast : directions[direction];
  const choice = known.choices.find(({ code }) => code === value);
  const amount = choice ? pick(choice.name) : value;
  const unit = known.value === 'number' ? known.unit : null;
  return [`${pick(known.name)}:`, pick(word), amount, amount === undefined ? null : unit].filter(Boolean).join(' ');
}
