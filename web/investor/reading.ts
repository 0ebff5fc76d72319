import { countryName, countryOf } from '../parts/countries.js';
import { useWords, type Words } from '../words/language.js';
import { type AnswerType, answerOf, isRead, typedOf } from './filing-values.js';
import { type Quantity, quantityOf } from './typed-number.js';

/** What a quantity is counted in. */
const unitOf = (quantity: Quantity, { t }: Pick<Words, 't'>): string =>
  ({
    vnd: 'VND',
    usd: 'USD',
    m2: 'm²',
    percent: '%',
    years: t('countedYears'),
    months: t('countedMonths'),
    people: t('countedPeople'),
  })[quantity];

interface Reading {
  /** What is wrong with what was typed, and what to do; '' for nothing. */
  readonly wrong: string;
  /** How it is understood, where that is not what stands there already. */
  readonly read: string | undefined;
}

/** How what somebody typed at a path is understood, in words. */
function readingOf(type: AnswerType, path: string, typed: string, words: Words): Reading {
  const { t } = words;
  const quantity = type === 'share' ? 'percent' : quantityOf(path);
  if (!isRead(type, typed, path)) {
    if (type === 'country') return { wrong: t('countryUnread'), read: undefined };
    const wrong = quantity === undefined ? t('numberUnread') : t('numberUnreadIn', { unit: unitOf(quantity, words) });
    return { wrong, read: undefined };
  }
  const understood = understoodIn(type, path, typed, words);
  return { wrong: '', read: understood === typed.trim() ? undefined : understood };
}

function understoodIn(type: AnswerType, path: string, typed: string, words: Words): string | undefined {
  const { amount, percent, language } = words;
  if (typed.trim() === '') return undefined;
  if (type === 'country') return countryName(countryOf(typed) ?? typed, language);
  const value = answerOf(type, typed, path);
  if (type === 'share' && typeof value === 'number') return percent(value);
  if (!['money', 'decimal', 'whole'].includes(type)) return undefined;
  const quantity = quantityOf(path);
  const number = amount(type === 'money' ? typedOf(type, value) : String(value));
  return quantity === undefined ? number : `${number} ${unitOf(quantity, words)}`;
}

/** How what somebody typed is understood, in the language of the page. */
export function useReading(): (type: AnswerType, path: string, typed: string) => Reading {
  const words = useWords();
  return (type, path, typed) => readingOf(type, path, typed, words);
}
