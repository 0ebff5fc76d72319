import { refuse } from '../errors.js';
import { addDays, plainDate, type PlainDate } from '../time/instants.js';
import type { MeasureCode } from './catalogue.js';

/** What the figures of a period may be cut by; `none`: all together. */
export const cutDimensions = ['none', 'lane', 'pathway', 'field', 'country', 'zone', 'investor', 'agency'] as const;
export type CutDimension = (typeof cutDimensions)[number];

/** The figures that are cut, each with what the catalogue says of it. `licensed`: net days to the licence. */
export const cutFigures = {
  opened: 'casesOpened',
  licensed: 'time',
  reduction: 'reduction',
  onTime: 'onTime',
  overdueNow: 'overdueNow',
  capital: 'capitalPromised',
  jobs: 'jobsPromised',
  fdi: 'fdi',
} as const satisfies Readonly<Record<string, MeasureCode>>;
export type CutFigure = keyof typeof cutFigures;

/** A case belongs to no one agency: only procedures are cut by it. */
export const figuresBy = (dimension: CutDimension): readonly CutFigure[] =>
  dimension === 'agency' ? ['onTime', 'overdueNow'] : (Object.keys(cutFigures) as CutFigure[]);

/** Both ends are in it. */
export interface CutPeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export const rhythms = ['whole', 'month', 'quarter'] as const;
export type Rhythm = (typeof rhythms)[number];
export const comparisons = ['before', 'year-before'] as const;
export type Comparison = (typeof comparisons)[number];

/** More would be no trend that anybody reads. */
export const mostPeriods = 36;

const monthsOf = { month: 1, quarter: 3 } as const;

/** The first day of the month that lies `months` after that of the date. */
function firstOfMonth(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1 + months, 1));
  return plainDate(at.toISOString().slice(0, 10));
}

/** The civil months or quarters of a period, oldest first; the first and the last are cut where it begins and ends. Refuses `VALIDATION_FAILED` for too many. */
export function periodsIn({ from, to }: CutPeriod, rhythm: Exclude<Rhythm, 'whole'>): CutPeriod[] {
  const months = monthsOf[rhythm];
  const [, month = 1] = from.split('-').map(Number);
  const found: CutPeriod[] = [];
  for (let start = firstOfMonth(from, -((month - 1) % months)); start <= to; start = firstOfMonth(start, months)) {
    const end = addDays(firstOfMonth(start, months), -1);
    found.push({ from: start < from ? from : start, to: end > to ? to : end });
    if (found.length > mostPeriods) refuse('VALIDATION_FAILED', { field: 'from', mostPeriods });
  }
  return found;
}

/** The period that another one is set against: as many days just before it, or the same days a year earlier (29 February becomes the 28th). */
export function comparedTo({ from, to }: CutPeriod, comparison: Comparison): CutPeriod {
  if (comparison === 'year-before') return { from: yearBefore(from), to: yearBefore(to) };
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** The same day a year earlier; 29 February becomes the 28th. */
export function yearBefore(date: PlainDate): PlainDate {
  const [year = '', month = '', day = ''] = date.split('-');
  return plainDate(
    `${String(Number(year) - 1).padStart(4, '0')}-${month}-${month === '02' && day === '29' ? '28' : day}`,
  );
}
