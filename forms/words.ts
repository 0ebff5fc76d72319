import { type Text } from '../domain/law/agency.js';
import { type Budget } from '../domain/time/clock.js';
import { dateOf, type Instant, millisecondsOf, type PlainDate } from '../domain/time/instants.js';
import { type Language } from './model.js';

/** Printed where personal data was erased. */
export const erased = '(đã xóa · erased)';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** How one language says dates, terms and amounts on official paper. */
export interface Tongue {
  readonly language: Language;
  readonly pick: (text: Text) => string;
  readonly say: (vi: string, en: string) => string;
  /** `ngày 06 tháng 7 năm 2026`, `6 July 2026` */
  readonly date: (date: PlainDate) => string;
  /** `10 giờ 05 phút, ngày 06 tháng 7 năm 2026`, `10:05 on 6 July 2026` (UTC+07:00) */
  readonly moment: (at: Instant) => string;
  /** For tables: `06/7/2026 10:05`. */
  readonly brief: (at: Instant) => string;
  readonly term: (budget: Budget) => string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const clockOf = (at: Instant): string => new Date(millisecondsOf(at) + 7 * 3_600_000).toISOString().slice(11, 16);

// NĐ 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1 and 2 are written with a zero before them.
const monthVi = (month: number): string => (month < 3 ? two(month) : String(month));

function partsOf(date: PlainDate): { year: string; month: number; day: number } {
  return { year: date.slice(0, 4), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

function dateVi(date: PlainDate): string {
  const { year, month, day } = partsOf(date);
  return `ngày ${two(day)} tháng ${monthVi(month)} năm ${year}`;
}

function dateEn(date: PlainDate): string {
  const { year, month, day } = partsOf(date);
  return `${day} ${months[month - 1] ?? ''} ${year}`;
}

const vi: Tongue = {
  language: 'vi',
  pick: (text) => text.vi,
  say: (text) => text,
  date: dateVi,
  moment: (at) => `${clockOf(at).replace(':', ' giờ ')} phút, ${dateVi(dateOf(at))}`,
  brief: (at) => `${shortDate(dateOf(at))} ${clockOf(at)}`,
  term: ({ amount, unit }) => `${two(amount)} ${unit === 'working-day' ? 'ngày làm việc' : 'ngày'}`,
};

const en: Tongue = {
  language: 'en',
  pick: (text) => text.en,
  say: (_vi, text) => text,
  date: dateEn,
  moment: (at) => `${clockOf(at)} on ${dateEn(dateOf(at))}`,
  brief: vi.brief,
  term: ({ amount, unit }) => `${amount} ${unit === 'working-day' ? 'working ' : ''}day${amount === 1 ? '' : 's'}`,
};

export const tongues: Readonly<Record<Language, Tongue>> = { vi, en };

/** `06/7/2026`, the same in both languages. */
export function shortDate(date: PlainDate): string {
  const { year, month, day } = partsOf(date);
  return `${two(day)}/${monthVi(month)}/${year}`;
}

/** `1.234.567` in Vietnamese, `1,234,567` in English, of a decimal string. */
export function grouped(amount: string, language: Language): string {
  const [whole = '', cents] = amount.split('.');
  const [group, point] = language === 'vi' ? ['.', ','] : [',', '.'];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return cents === undefined ? grouped : `${grouped}${point}${cents}`;
}
