import type { Text } from '../law/agency.js';
import type { MeasureCode } from '../measures/catalogue.js';

interface ReportFigureDefinition {
  /** What the catalogue says of it. */
  readonly measure: MeasureCode;
  readonly name: Text;
  /** `n` rows stand behind each; a share is of them. */
  readonly unit: 'share' | 'working-day' | 'count' | 'vnd' | 'usd' | 'score';
}

const text = (vi: string, en: string): Text => ({ vi, en });

/**
 * The figures of the reports, all of the days of the period alone: what ends or begins after it changes none. What is known of those days only later does (a survey that
 * is answered, a result that is revoked, a date that is moved), hence errata.
 */
export const reportFigures = {
  opened: { measure: 'casesOpened', name: text('Hồ sơ dự án đã nộp', 'Cases opened'), unit: 'count' },
  licensed: {
    measure: 'time',
    name: text('Thời gian cấp phép, thuần (trung vị)', 'Time to license, net (median)'),
    unit: 'working-day',
  },
  reduction: { measure: 'reduction', name: text('Mức rút ngắn', 'Reduction'), unit: 'share' },
  onTime: { measure: 'onTime', name: text('Thủ tục đúng hạn', 'Procedures on time'), unit: 'share' },
  overdue: {
    measure: 'overdueNow',
    name: text('Quá hạn chưa xong vào ngày cuối kỳ', 'Overdue and open on the last day of the period'),
    unit: 'count',
  },
  waiting: {
    measure: 'waiting',
    name: text('Ngày chờ người nhận việc (trung vị)', 'Days until somebody took the work (median)'),
    unit: 'working-day',
  },
  opinions: { measure: 'opinionsInTime', name: text('Ý kiến trả lời trong hạn', 'Opinions in time'), unit: 'share' },
  returned: { measure: 'beside', name: text('Việc bị trả lại làm lại', 'Work sent back'), unit: 'count' },
  stopped: {
    measure: 'beside',
    name: text('Ngày tạm dừng đồng hồ', 'Days on which clocks were stopped'),
    unit: 'working-day',
  },
  extensions: { measure: 'beside', name: text('Lần gia hạn', 'Extensions'), unit: 'count' },
  capital: { measure: 'capitalPromised', name: text('Vốn đầu tư đăng ký', 'Registered capital'), unit: 'vnd' },
  jobs: { measure: 'jobsPromised', name: text('Việc làm dự kiến', 'Planned jobs'), unit: 'count' },
  fdi: { measure: 'fdi', name: text('Vốn nước ngoài đăng ký', 'Foreign capital registered'), unit: 'usd' },
  satisfaction: { measure: 'satisfaction', name: text('Mức hài lòng', 'Satisfaction'), unit: 'score' },
} as const satisfies Readonly<Record<string, ReportFigureDefinition>>;
export type ReportFigureCode = keyof typeof reportFigures;

export const cityFigures = [
  'opened',
  'licensed',
  'reduction',
  'onTime',
  'overdue',
  'capital',
  'jobs',
  'fdi',
  'satisfaction',
] as const satisfies readonly ReportFigureCode[];
export const agencyFigures = [
  'onTime',
  'overdue',
  'waiting',
  'opinions',
  'returned',
  'stopped',
  'extensions',
] as const satisfies readonly ReportFigureCode[];

/** One figure as it is frozen. */
export interface ReportFigure {
  readonly figure: ReportFigureCode;
  /** Cases, procedures, pieces of work, opinions or answers that it is made of. */
  readonly n: number;
  /** Of a share: how many of them; else null. */
  readonly count: number | null;
  /** Decimal text; null: there is nothing to measure. */
  readonly value: string | null;
}

/** Why terms were missed, as far as the register says: counts and codes, nobody's words. */
export type MissedReason =
  | { readonly kind: 'late'; readonly procedure: string; readonly n: number }
  | {
      readonly kind: 'waited';
      readonly procedure: string;
      readonly step: string;
      readonly n: number;
      readonly days: number;
    }
  | {
      readonly kind: 'stopped';
      readonly ground: string;
      readonly clause: string | null;
      readonly n: number;
      readonly days: number;
    }
  | { readonly kind: 'silent'; readonly n: number };

/** What the register knows of an agency in a period. */
export interface ChapterFigures {
  readonly figures: readonly ReportFigure[];
  readonly reasons: readonly MissedReason[];
  /** Of the year in which the period ends; left out: none was set. */
  readonly targets?: readonly ChapterTarget[];
}

/** Decimal text; a share is between 0 and 1. */
export interface ChapterTarget {
  readonly figure: ReportFigureCode;
  readonly value: string;
  readonly met: boolean | null;
}

export const figureOf = (figures: readonly ReportFigure[], code: ReportFigureCode): ReportFigure =>
  figures.find(({ figure }) => figure === code) ?? { figure: code, n: 0, count: null, value: null };

/** Terms that were not kept: whoever has such a chapter has to say why. */
export const hasMissed = ({ figures, targets = [] }: Omit<ChapterFigures, 'reasons'>): boolean => {
  const [onTime, opinions] = [figureOf(figures, 'onTime'), figureOf(figures, 'opinions')];
  const missed = ({ n, count }: ReportFigure) => n > (count ?? n);
  return (
    targets.some(({ met }) => met === false) ||
    missed(onTime) ||
    missed(opinions) ||
    Number(figureOf(figures, 'overdue').value ?? 0) > 0
  );
};
