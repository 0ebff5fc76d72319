import { type Calendar, isWorkingDay } from '../../domain/time/calendar.js';
import { dayNumber, dayOfNumber } from './days.js';

/** How a stretch of a bar looks: in hand, late, with the investor, before or after the clock. */
export type Look = 'agency' | 'late' | 'investor' | 'beside' | 'done';

/** A run of dates, both ends included. */
export interface Stretch {
  readonly from: string;
  readonly through: string;
}

interface Piece extends Stretch {
  readonly look: Look;
  /** Said on pointing at it. */
  readonly text: string;
}

export interface Flag {
  readonly date: string;
  readonly kind: 'due' | 'promised' | 'breach';
  readonly text: string;
}

/** One line of the ribbon: what is planned as an outline, what was as its filling. */
export interface RibbonRow {
  readonly key: string;
  readonly name: string;
  /** It lies on the path that decides the end. */
  readonly critical: boolean;
  readonly planned: Stretch | null;
  readonly pieces: readonly Piece[];
  readonly flags: readonly Flag[];
}

interface Scale {
  readonly first: number;
  readonly last: number;
  /** Whether the marked day has its place. */
  readonly marks: boolean;
  /** Where a date begins. */
  readonly x: (date: string) => number;
  /** Where a date ends. */
  readonly end: (date: string) => number;
}

const [left, width] = [290, 700] as const;
/** Days that a short ribbon is stretched by all the same. */
const leastRoom = 31;
export const rowHeight = 26;
/** Where the first line begins. */
export const top = 34;

/**
 * The dates that have to be seen, each as wide as every other; `reach`: others that are to have their place. Today has it, too, unless all is so long over, or so far
 * ahead, that more of the ribbon would be empty than is filled.
 */
export function scaleOf(rows: readonly RibbonRow[], today: string, reach: readonly string[] = []): Scale {
  const dates = rows.flatMap(({ planned, pieces, flags }) => [
    ...(planned === null ? [] : [planned.from, planned.through]),
    ...pieces.flatMap(({ from, through }) => [from, through]),
    ...flags.map(({ date }) => date),
  ]);
  const seen = [...reach, ...dates].map(dayNumber);
  const now = dayNumber(today);
  const [begins, ends] = [Math.min(...seen), Math.max(...seen)];
  const apart = Math.max(begins - now, now - ends);
  const marks = seen.length === 0 || apart <= Math.max(ends - begins, leastRoom);
  const numbers = marks ? [now, ...seen] : seen;
  const [first, last] = [Math.min(...numbers), Math.max(...numbers) + 1];
  const at = (number: number) => left + ((number - first) / (last - first)) * width;
  return { first, last, marks, x: (date) => at(dayNumber(date)), end: (date) => at(dayNumber(date) + 1) };
}

/** First days of months between the ends; of quarters or half years where there are many. */
export function ticksOf({ first, last }: Scale): string[] {
  const months = (last - first) / 30.4;
  const step = months <= 9 ? 1 : months <= 27 ? 3 : months <= 60 ? 6 : 12;
  const found: string[] = [];
  for (let number = first; number < last; number++) {
    const date = dayOfNumber(number);
    if (date.endsWith('-01') && (Number(date.slice(5, 7)) - 1) % step === 0) found.push(date);
  }
  return found;
}

/** Runs of dates on which State bodies do not work; on a long ribbon only those longer than a weekend can be seen. */
export function restsOf(calendar: Calendar, first: number, last: number): Stretch[] {
  const least = last - first > 400 ? 3 : 1;
  const found: Stretch[] = [];
  let from: string | undefined;
  for (let number = first; number <= last; number++) {
    const date = dayOfNumber(number);
    const covered = date >= calendar.data.from && date <= calendar.to;
    const rests = number < last && covered && !isWorkingDay(calendar, date);
    if (rests) from ??= date;
    else if (from !== undefined) {
      if (number - dayNumber(from) >= least) found.push({ from, through: dayOfNumber(number - 1) });
      from = undefined;
    }
  }
  return found;
}
