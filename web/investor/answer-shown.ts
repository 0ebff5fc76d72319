import { countryName } from '../parts/countries.js';
import type { Words } from '../words/language.js';
import { type Limit, limitValueIn } from './declared.js';
import { type AnswerType, type Content, typedOf } from './filing-values.js';
import type { Asked, Field } from './question.js';

/** What was answered to a question, as people read it. */
export function shownOf(
  asked: Asked,
  value: unknown,
  { fields, limits }: { readonly fields: readonly Field[]; readonly limits: readonly Limit[] },
  words: Words,
): string {
  const { say, t } = words;
  const one = (path: string, type: AnswerType, at: unknown): string => {
    const known = fields.find((field) => field.path === path)?.values?.find(({ code }) => code === at)?.name;
    return known ? say(known) : readOf(type, at, words);
  };
  if (asked.type === 'rows') {
    const rows = (value ?? []) as readonly Content[];
    return (
      rows
        .map((row) => asked.columns.map(({ name, type }) => one(`${asked.path}[].${name}`, type, row[name])).join(', '))
        .join('; ') || t('none')
    );
  }
  if (asked.type === 'declared') {
    const nameOf = (code: string) => {
      const limit = limits.find((each) => each.code === code);
      return limit === undefined ? code : say(limit.name);
    };
    const told = Object.entries((value ?? {}) as Content).map(
      ([code, at]) =>
        `${nameOf(code)}: ${[at]
          .flat()
          .map((each) => limitValueIn(each, words))
          .join(', ')}`,
    );
    return told.join('; ') || t('none');
  }
  return one(asked.path, asked.type, value);
}

/** An answer as people read it. */
function readOf(type: AnswerType, value: unknown, { t, percent, amount, language }: Words): string {
  const typed = typedOf(type, value);
  if (typed === '') return t('unknown');
  if (type === 'yes-no') return t(typed === 'yes' ? 'yes' : 'no');
  if (type === 'country') return countryName(typed, language);
  if (type === 'share' && typeof value === 'number') return percent(value);
  return type === 'money' || ((type === 'decimal' || type === 'whole') && typeof value === 'number')
    ? amount(String(value))
    : typed;
}
