import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SpanRange, spansOf } from '../../../domain/measures/spans.js';
import { addDays, plainDate, type PlainDate } from '../../../domain/time/instants.js';

const day = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays(plainDate('2023-11-20'), n));

/** The day, month or year in which a day lies, by its first day. */
const firstOf: Readonly<Record<SpanRange['span'], (date: PlainDate) => string>> = {
  day: (date) => date,
  month: (date) => `${date.slice(0, 7)}-01`,
  year: (date) => `${date.slice(0, 4)}-01-01`,
};
/** How often a reader of these spans meets what happened on a day: months and years have it where it is settled. */
const timesIn = (ranges: readonly SpanRange[], date: PlainDate, settled: PlainDate): number =>
  ranges.filter(({ span, first, last }) => {
    const start = firstOf[span](date);
    return (span === 'day' || date < settled) && start >= first && start <= last;
  }).length;
const settledAll = plainDate('2999-12-31');

describe('the spans of a period', () => {
  it('hold each of its days once and no other, in five ranges at most, whatever is settled', () => {
    fc.assert(
      fc.property(day, day, day, day, (from, to, settled, probe) => {
        const ranges = spansOf({ from, to }, settled);
        expect(ranges.length).toBeLessThanOrEqual(5);
        const edges = [from, to, addDays(from, -1), addDays(to, 1), settled, addDays(settled, -1), probe];
        for (const one of edges)
          expect([one, timesIn(ranges, one, settled)]).toEqual([one, one >= from && one <= to ? 1 : 0]);
      }),
      { seed: 808, numRuns: 2_000 },
    );
  });

  it('are what is settled, by whole spans, and the days after it', () => {
    expect(spansOf({ from: plainDate('2024-11-29'), to: plainDate('2026-02-20') }, plainDate('2026-02-06'))).toEqual([
      { span: 'day', first: '2024-11-29', last: '2024-11-30' },
      { span: 'month', first: '2024-12-01', last: '2024-12-31' },
      { span: 'year', first: '2025-01-01', last: '2999-12-31' },
      { span: 'day', first: '2026-02-06', last: '2026-02-20' },
    ]);
    expect(spansOf({ from: plainDate('2026-02-03'), to: null }, plainDate('2026-02-06'))).toEqual([
      { span: 'day', first: '2026-02-03', last: '2026-02-05' },
      { span: 'day', first: '2026-02-06', last: '2999-12-31' },
    ]);
    expect(spansOf({ from: null, to: null }, plainDate('1900-01-01'))).toEqual([
      { span: 'day', first: '1900-01-01', last: '2999-12-31' },
    ]);
  });

  it('take whole months and years together', () => {
    expect(spansOf({ from: plainDate('2024-01-01'), to: plainDate('2025-12-31') }, settledAll)).toEqual([
      { span: 'year', first: '2024-01-01', last: '2025-12-31' },
    ]);
    expect(spansOf({ from: plainDate('2024-02-01'), to: plainDate('2024-02-29') }, settledAll)).toEqual([
      { span: 'month', first: '2024-02-01', last: '2024-02-29' },
    ]);
    expect(spansOf({ from: plainDate('2024-11-29'), to: plainDate('2026-02-02') }, settledAll)).toEqual([
      { span: 'day', first: '2024-11-29', last: '2024-11-30' },
      { span: 'month', first: '2024-12-01', last: '2024-12-31' },
      { span: 'year', first: '2025-01-01', last: '2025-12-31' },
      { span: 'month', first: '2026-01-01', last: '2026-01-31' },
      { span: 'day', first: '2026-02-01', last: '2026-02-02' },
    ]);
  });

  it('reach back and ahead without an end', () => {
    for (const date of ['1950-06-01', '2026-07-06', '2200-01-01'].map(plainDate)) {
      expect(timesIn(spansOf({ from: null, to: null }, settledAll), date, settledAll)).toBe(1);
      expect(timesIn(spansOf({ from: null, to: plainDate('2026-07-06') }, settledAll), date, settledAll)).toBe(
        date <= '2026-07-06' ? 1 : 0,
      );
      expect(timesIn(spansOf({ from: plainDate('2026-07-06'), to: null }, settledAll), date, settledAll)).toBe(
        date >= '2026-07-06' ? 1 : 0,
      );
    }
  });

  it('of a period that ends before it begins are none', () => {
    expect(spansOf({ from: plainDate('2026-07-06'), to: plainDate('2026-07-05') }, settledAll)).toEqual([]);
  });
});
