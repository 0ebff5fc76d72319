import { addDays, addMonths, plainDate, type PlainDate } from '../time/instants.js';

/** One civil quarter; both ends are in it. `code`: `2026-Q3`. */
export interface Quarter {
  readonly code: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

const quarterFrom = (from: PlainDate): Quarter => ({
  code: `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`,
  from,
  to: addDays(addMonths(from, 3), -1),
});

/** The quarter in which a date lies. */
export const quarterOf = (date: PlainDate): Quarter =>
  quarterFrom(
    plainDate(`${date.slice(0, 5)}${String(Math.ceil(Number(date.slice(5, 7)) / 3) * 3 - 2).padStart(2, '0')}-01`),
  );

/** The quarters that were over before `today`, from the one in which `first` lies, newest first, at most `most`. */
export function quartersOver(first: PlainDate, today: PlainDate, most: number): Quarter[] {
  const found: Quarter[] = [];
  let last = quarterFrom(addMonths(quarterOf(today).from, -3));
  while (last.to >= first && found.length < most) {
    found.push(last);
    last = quarterFrom(addMonths(last.from, -3));
  }
  return found;
}
