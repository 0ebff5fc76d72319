import type { ConditionOfOpinion as Condition } from '../api/contract.js';
import type { Words } from '../words/language.js';

/** The words of each way that a condition may go. */
export const directions = {
  requires: 'directionRequires',
  forbids: 'directionForbids',
  limits: 'directionLimits',
} as const;

/** One condition as a sentence: what, which way, how much. */
export function conditionText(
  { subject, subjectName, direction, value, valueName, unit }: Condition,
  { t, say }: Words,
): string {
  const what = subjectName === null ? subject : say(subjectName);
  const how = valueName === null ? value : say(valueName);
  return [what, t(directions[direction]), how, unit].filter((one) => one !== null).join(' ');
}
