import { addDays, plainDate, type PlainDate } from '../time/instants.js';

/** How long the days are that are counted together. */
type SpanKind = 'day' | 'month' | 'year';

/** Spans that begin between two days, both counted. */
export interface SpanRange {
  readonly span: SpanKind;
  readonly first: PlainDate;
  readonly last: PlainDate;
}

/** Before and after every case. */
const beginning = plainDate('1900-01-01');
const end = plainDate('2999-12-31');

const startOfMonth = (date: PlainDate): PlainDate => plainDate(`${date.slice(0, 7)}-01`);
const startOfYear = (date: PlainDate): PlainDate => plainDate(`${date.slice(0, 4)}-01-01`);
const start = { month: startOfMonth, year: startOfYear } as const;
/** Some day of the span after that of the date. */
const beyond = { month: 31, year: 366 } as const;

/** Tallies of months and years have days once they are so many days past: what changes after that is written thrice, what is younger is read by days. */
export const settledAfterDays = 14;

/**
 * The fewest years, months and days that make up a period: together they are each of its days, once. `from` null: since ever; `to` null: whatever comes. Months and
 * years have only what lies before `settled`.
 */
export function spansOf(
  { from, to }: { readonly from: PlainDate | null; readonly to: PlainDate | null },
  settled: PlainDate,
): SpanRange[] {
  const [begin, last] = [from ?? beginning, to ?? end];
  if (begin > last) return [];
  const lastSettled = addDays(settled, -1);
  if (last < lastSettled) return covering(['year', 'month'], begin, last);
  // The span in which that day lies has nothing after it, and so is whole.
  const whole = begin > lastSettled ? [] : covering(['year', 'month'], begin, end);
  const cut = whole.flatMap((range): SpanRange[] => {
    if (range.first > lastSettled) return [];
    return [range.span === 'day' ? { ...range, last: earlier(range.last, lastSettled) } : range];
  });
  return last < settled ? cut : [...cut, { span: 'day', first: begin > settled ? begin : settled, last }];
}

const earlier = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? one : other);

function covering(kinds: readonly ('year' | 'month')[], from: PlainDate, to: PlainDate): SpanRange[] {
  if (from > to) return [];
  const [kind, ...smaller] = kinds;
  if (kind === undefined) return [{ span: 'day', first: from, last: to }];
  const startOf = start[kind];
  const next = (date: PlainDate): PlainDate => startOf(addDays(startOf(date), beyond[kind]));
  const first = startOf(from) === from ? from : next(from);
  const after = next(to) === addDays(to, 1) ? next(to) : startOf(to);
  if (first >= after) return covering(smaller, from, to);
  return [
    ...covering(smaller, from, addDays(first, -1)),
    { span: kind, first, last: addDays(after, -1) },
    ...covering(smaller, after, to),
  ];
}
