import { describe, expect, it } from 'vitest';
import { type RibbonRow, scaleOf } from '../../web/parts/ribbon-scale.js';

const row = (from: string, through: string): RibbonRow => ({
  key: from,
  name: 'A procedure',
  critical: false,
  planned: { from, through },
  pieces: [],
  flags: [],
});
const daysOf = ({ first, last }: ReturnType<typeof scaleOf>): number => last - first;

describe('the ribbon of a case', () => {
  it('reaches to today while it goes on, and for a while after its end', () => {
    const rows = [row('2026-07-06', '2026-08-17')];
    for (const today of ['2026-07-10', '2026-09-20', '2026-06-10']) expect(scaleOf(rows, today).marks).toBe(true);
    expect(daysOf(scaleOf(rows, '2026-09-20'))).toBe(77);
  });

  it('does not shrink to a stripe when it has long been over, or is far ahead', () => {
    const rows = [row('2026-07-06', '2026-08-17')];
    for (const today of ['2028-03-23', '2025-01-01'])
      expect([scaleOf(rows, today).marks, daysOf(scaleOf(rows, today))]).toEqual([false, 43]);
  });

  it('has a place for today where there is nothing else, and a month for what is short', () => {
    expect(daysOf(scaleOf([], '2026-07-06'))).toBe(1);
    expect(scaleOf([row('2026-07-06', '2026-07-06')], '2026-08-06').marks).toBe(true);
    expect(scaleOf([row('2026-07-06', '2026-07-06')], '2026-08-07').marks).toBe(false);
  });
});
