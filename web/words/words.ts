import { citationIn } from '../../domain/law/citation.js';
import { en } from './en.js';
import { inWords } from './in-words.js';
import { vi } from './vi.js';

export type Language = 'vi' | 'en';
export type Word = keyof typeof vi;
/** Something the API says in both languages. */
export interface Said {
  readonly vi: string;
  readonly en: string;
}

type Values = Readonly<Record<string, string | number>>;

/** The words of one language, and how it writes days, money and numbers. */
export interface Words {
  readonly language: Language;
  /** A sentence of ours, with `{name}` replaced by the value of that name. */
  t(word: Word, values?: Values): string;
  /** A citation of law, kept once, in the words of this language. */
  cite(citation: string): string;
  /** What the API said, in this language. */
  say(said: Said): string;
  /** A legal day or an instant as its day in Viet Nam, `dd/MM/yyyy`. */
  day(date: string): string;
  /** An instant with its hour in Viet Nam. */
  moment(instant: string): string;
  number(value: number, digits?: number): string;
  /** A share of 0..1 in per cent. */
  percent(share: number): string;
  /** A decimal string in dong. */
  money(amount: string): string;
  /** A decimal string, grouped. */
  amount(amount: string): string;
}

const catalogues: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { vi, en };

/** A word of ours in both languages, for what others will read. */
export const bothOf = (word: Word): Said => ({ vi: vi[word], en: en[word] });

/** Legal days stay strings: no host's time zone ever moves one. */
const written = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
const inVietNam = (instant: string): string => new Date(Date.parse(instant) + 7 * 3_600_000).toISOString();

export function wordsOf(language: Language): Words {
  const [thousands, decimal] = language === 'vi' ? ['.', ','] : [',', '.'];
  const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, thousands);
  const number = (value: number, digits = 0): string => {
    const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
    return `${value < 0 ? '−' : ''}${grouped(whole)}${rest === undefined ? '' : decimal + rest}`;
  };
  const decimalText = (amount: string): string => {
    const [whole = '0', rest] = amount.split('.');
    return grouped(whole) + (rest === undefined ? '' : decimal + rest);
  };
  return {
    language,
    t: (word, values = {}) =>
      catalogues[language][word].replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        inWords(values[name] ?? '', language),
      ),
    cite: (citation) => citationIn(citation, language),
    say: (said) => said[language],
    day: (date) => written(date.length > 10 ? inVietNam(date) : date),
    moment: (instant) => `${inVietNam(instant).slice(11, 16)} ${written(inVietNam(instant))}`,
    number,
    percent: (share) => `${number(share * 100, 1)}\u00a0%`,
    money: (amount) => (language === 'vi' ? `${decimalText(amount)} ₫` : `VND ${decimalText(amount)}`),
    amount: decimalText,
  };
}
