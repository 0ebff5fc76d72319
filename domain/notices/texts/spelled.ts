import type { DayUnit } from '../../time/calendar.js';
import type { NoticeKind, NoticeVars } from '../kinds.js';
import { addDays, civilTime, dateOf, type Instant, type PlainDate } from '../../time/instants.js';

export type NoticeLanguage = 'vi' | 'en';

/** The words of a language: `v` has everything spelled out in it. */
export type NoticeTexts = Readonly<Record<NoticeKind, (v: Spelled) => readonly [title: string, text: string]>>;

export interface Spelled {
  readonly vars: NoticeVars;
  readonly procedure: string;
  readonly agency: string;
  readonly step: string;
  readonly duty: string;
  /** The limit of a trial that it is about. */
  readonly limit: string;
  /** The date, or how the language says that there is none. */
  readonly date: string;
  readonly from: string;
  /** `vars.days` with the unit of the term. */
  readonly days: string;
  /** `vars.until` to the minute; at midnight, the day that ends with it. */
  readonly until: string;
  /** `vars.meetsAt` to the minute. */
  readonly meetsAt: string;
  readonly task: string;
  readonly clock: string;
  readonly rung: string;
}

export const about = (step: string): string => (step === '' ? '' : `: ${step}`);

/** With the date, where there is one. */
export const dueBy = ({ vars, date }: Spelled, label: string): string => (vars.date ? ` ${label}: ${date}.` : '');

export const money = (amount: string | undefined, separator: string): string =>
  (amount ?? '').replaceAll(/\B(?=(\d{3})+$)/g, separator);

export const plural = (word: string, n: number): string => (Math.abs(n) === 1 ? word : `${word}s`);

const months = 'January February March April May June July August September October November December'.split(' ');

/** `06/07/2026` in Vietnamese, `6 July 2026` in English. */
export function dateWords(date: PlainDate | null | undefined, language: NoticeLanguage): string {
  if (!date) return language === 'vi' ? 'chưa xác định' : 'not known yet';
  const [year = '', month = '', day = ''] = date.split('-');
  return language === 'vi' ? `${day}/${month}/${year}` : `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

export function daysWords(days: number, unit: DayUnit | null, language: NoticeLanguage): string {
  const working = unit !== 'calendar-day';
  if (language === 'vi') return `${days} ngày${working ? ' làm việc' : ''}`;
  return `${days} ${working ? 'working ' : ''}${plural('day', days)}`;
}

/** `10:05 ngày 06/07/2026` in Vietnamese, `10:05 on 6 July 2026` in English (UTC+07:00); empty for none. */
export function momentWords(at: Instant | undefined, language: NoticeLanguage): string {
  if (at === undefined) return '';
  const day = dateWords(dateOf(at), language);
  return language === 'vi' ? `${civilTime(at)} ngày ${day}` : `${civilTime(at)} on ${day}`;
}

/** By when: as `momentWords`, but midnight is the end of the day before it. */
export function untilWords(at: Instant | undefined, language: NoticeLanguage): string {
  if (at === undefined || civilTime(at) !== '00:00') return momentWords(at, language);
  const day = dateWords(addDays(dateOf(at), -1), language);
  return language === 'vi' ? `hết ngày ${day}` : `the end of ${day}`;
}
