import type { Text } from '../law/agency.js';
import type { PlainDate } from '../time/instants.js';
import { targetFigures } from './target.js';
import {
  type ChapterFigures,
  figureOf,
  hasMissed,
  type MissedReason,
  type ReportFigureCode,
  type ReportFigure,
  reportFigures,
} from './report-figures.js';

type Language = keyof Text;

/** How a report calls what it speaks of. */
export interface ReportNames {
  readonly agency: Text;
  procedure(code: string): Text;
  step(procedure: string, step: string): Text;
}

const grounds: Readonly<Record<string, Text>> = {
  supplement: { vi: 'chờ bổ sung hồ sơ', en: 'waiting for a supplement' },
  explanation: { vi: 'chờ giải trình', en: 'waiting for an explanation' },
  'violation-handling': { vi: 'chờ xử lý vi phạm', en: 'a violation being handled' },
  'errors-in-dossier': { vi: 'chờ sửa sai sót của hồ sơ', en: 'errors in the dossier being put right' },
};

const groundName = (code: string): Text => grounds[code] ?? { vi: code, en: code };

const pointed = (whole: string, language: Language): string =>
  whole.replaceAll(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');

/** A decimal text as the language writes it, at most `digits` of its fraction. */
export function decimal(value: string, language: Language, digits = 2): string {
  const rounded = /^-?\d+(\.\d+)?$/.test(value) && value.includes('.') ? Number(value).toFixed(digits) : value;
  const [whole = '0', fraction = ''] = rounded.split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${pointed(whole, language)}${kept === '' ? '' : `${language === 'vi' ? ',' : '.'}${kept}`}`;
}

const days = { vi: 'ngày làm việc', en: 'working days' } as const;

/** A figure as it is printed, with its unit; a dash where there is nothing to measure. */
export function figureWords({ figure, value, n, count }: ReportFigure, language: Language): string {
  if (value === null) return '–';
  switch (reportFigures[figure].unit) {
    case 'share': {
      const share = `${decimal(String(Math.round(Number(value) * 10_000) / 100), language)} %`;
      return count === null ? share : `${share} (${count}/${n})`;
    }
    case 'working-day':
      return `${decimal(value, language, 1)} ${days[language]}`;
    case 'vnd':
      return `${decimal(value, language, 0)} ₫`;
    case 'usd':
      return `${decimal(value, language, 0)} USD`;
    case 'score':
      return `${decimal(value, language)}/5`;
    case 'count':
      return decimal(value, language, 0);
  }
}

/** A target as it is printed: `≥ 95 %`, `≤ 3`. */
export const targetWords = (figure: ReportFigureCode, value: string, language: Language): string =>
  `${figure in targetFigures && targetFigures[figure as keyof typeof targetFigures] === 'at-least' ? '≥' : '≤'} ${figureWords({ figure, n: 1, count: null, value }, language)}`;

/** `06/07/2026` in Vietnamese, `2026-07-06` in English. */
export const dayWords = (date: PlainDate, language: Language): string =>
  language === 'en' ? date : date.split('-').reverse().join('/');

/** One reason in a sentence. */
export function reasonWords(reason: MissedReason, names: ReportNames, language: Language): string {
  const say = (vi: string, en: string) => (language === 'vi' ? vi : en);
  switch (reason.kind) {
    case 'late': {
      const procedure = names.procedure(reason.procedure)[language];
      return say(`${reason.n} thủ tục trễ hạn: ${procedure}.`, `${reason.n} late: ${procedure}.`);
    }
    case 'waited': {
      const { n, days: waited } = reason;
      const where = `${names.step(reason.procedure, reason.step)[language]} (${names.procedure(reason.procedure)[language]})`;
      return say(
        `Chờ người nhận việc ở bước ${where}: ${waited} ngày làm việc qua ${n} lần.`,
        `Waiting for somebody to take the work at ${where}: ${waited} working days in ${n} pieces of work.`,
      );
    }
    case 'stopped': {
      const { n, days: lost, clause } = reason;
      const ground = `${groundName(reason.ground)[language]}${clause === null ? '' : `, ${clause}`}`;
      return say(
        `Tạm dừng (${ground}): ${lost} ngày làm việc qua ${n} lần.`,
        `Stopped (${ground}): ${lost} working days, ${n} times.`,
      );
    }
    case 'silent':
      return say(
        `${reason.n} lần không trả lời lấy ý kiến trong hạn.`,
        `Requests for an opinion not answered in time: ${reason.n}.`,
      );
  }
}

/** A first text of a chapter, made of its figures: its head puts it right and signs. */
export const draftedChapter = (
  chapter: ChapterFigures,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  names: ReportNames,
): Text => ({ vi: draftIn('vi', chapter, from, to, names), en: draftIn('en', chapter, from, to, names) });

function draftIn(
  language: Language,
  chapter: ChapterFigures,
  from: PlainDate,
  to: PlainDate,
  names: ReportNames,
): string {
  const say = (vi: string, en: string) => (language === 'vi' ? vi : en);
  const [first, last] = [dayWords(from, language), dayWords(to, language)];
  const { figures, reasons } = chapter;
  const onTime = figureOf(figures, 'onTime');
  const overdue = Number(figureOf(figures, 'overdue').value ?? 0);
  const opinions = figureOf(figures, 'opinions');
  const agency = names.agency[language];
  const lines = [
    say(`Kỳ báo cáo từ ${first} đến ${last}, ${agency}:`, `From ${first} to ${last}, ${agency}:`),
    onTime.n === 0
      ? say('- Không có thủ tục nào đến hạn trong kỳ.', '- No procedure came to its term in the period.')
      : say(
          `- Giải quyết đúng hạn ${figureWords(onTime, language)} thủ tục; ${overdue} thủ tục quá hạn chưa xong vào ngày cuối kỳ.`,
          `- ${figureWords(onTime, language)} of procedures on time; ${overdue} overdue and open on the last day.`,
        ),
    ...(opinions.n === 0
      ? []
      : [
          say(
            `- Trả lời ý kiến trong hạn ${figureWords(opinions, language)}.`,
            `- ${figureWords(opinions, language)} of opinions in time.`,
          ),
        ]),
  ];
  for (const { figure, value, met } of chapter.targets ?? []) {
    const [name, aim] = [reportFigures[figure].name[language], targetWords(figure, value, language)];
    const state =
      met === null ? say('chưa có số liệu', 'nothing to measure') : met ? say('đạt', 'met') : say('chưa đạt', 'missed');
    lines.push(say(`- Chỉ tiêu năm «${name}» ${aim}: ${state}.`, `- Target of the year “${name}” ${aim}: ${state}.`));
  }
  if (!hasMissed(chapter)) return lines.join('\n');
  const why = reasons.map((reason) => `- ${reasonWords(reason, names, language)}`);
  return [
    ...lines,
    say('Việc chưa đạt và nguyên nhân:', 'What was missed, and why:'),
    ...why,
    say('Biện pháp khắc phục: ', 'What is being done about it: '),
  ].join('\n');
}
