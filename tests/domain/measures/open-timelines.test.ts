import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keeping } from '../../../api/http/kept.js';
import {
  openColumnNames,
  openColumns,
  openCsv,
  openTimelines,
  type OpenTimeline,
  type Timeline,
} from '../../../domain/measures/open-timelines.js';
import { quarterOf, quartersOver } from '../../../domain/measures/quarters.js';
import { leastCases } from '../../../domain/measures/small-cells.js';
import { plainDate } from '../../../domain/time/instants.js';

const one: Timeline = {
  case: 'A',
  procedure: 'irc-ordinary',
  agency: 'dof',
  lane: 'green',
  month: '2026-08',
  agencyDays: 7,
  investorDays: 0,
  otherDays: 2,
  onTime: true,
};
const of = (n: number, more: Partial<Timeline> = {}): Timeline[] =>
  Array.from({ length: n }, (_one, i) => ({ ...one, ...more, case: `${more.case ?? 'A'}${i}` }));
const linesOf = (timelines: readonly Timeline[]) => openCsv(openTimelines('2026-Q3', timelines)).trim().split('\r\n');

describe('timelines that are published', () => {
  it('are written as they are where five cases say the same', () => {
    expect(linesOf(of(5))).toEqual([
      'procedure,agency,period,lane,agency_days,investor_days,other_days,on_time',
      ...Array.from({ length: 5 }, () => 'irc-ordinary,dof,2026-08,green,7,0,2,true'),
    ]);
  });

  it('are made coarser where they are alone, no further than needed, and withheld where that does not help', () => {
    const [, ...quarter] = linesOf([...of(3), ...of(2, { case: 'B', month: '2026-09', agencyDays: 9 })]);
    expect(new Set(quarter)).toEqual(new Set(['irc-ordinary,dof,2026-Q3,green,5-9,0-4,0-4,true']));
    const [, ...everywhere] = linesOf([...of(3), ...of(2, { case: 'B', agency: 'dost', lane: 'standard' })]);
    expect(new Set(everywhere)).toEqual(new Set(['irc-ordinary,,2026-Q3,,0-19,0-19,0-19,true']));
    const late = openTimelines('2026-Q3', [...of(5), ...of(4, { case: 'B', onTime: false })]);
    expect([late.published, late.withheld]).toEqual([5, 4]);
  });

  it('are of five different cases: one case that was filed five times is one', () => {
    const again = Array.from({ length: 5 }, () => one);
    expect(openTimelines('2026-Q3', again)).toEqual({ rows: [], published: 0, withheld: 5 });
  });

  const timeline = fc.record({
    case: fc.nat(60).map(String),
    procedure: fc.constantFrom('irc-ordinary', 'environmental-permit'),
    agency: fc.constantFrom('dof', 'dost', 'dae'),
    lane: fc.constantFrom('green', 'standard'),
    month: fc.constantFrom('2026-07', '2026-08', '2026-09'),
    agencyDays: fc.nat(45),
    investorDays: fc.nat(12),
    otherDays: fc.nat(6),
    onTime: fc.boolean(),
  });
  const contains = (cell: string, value: number): boolean => {
    if (cell === '') return true;
    const [low = '', high = low] = cell.split('-');
    return Number(low) <= value && value <= Number(high);
  };
  const [most, least] = [
    (cell: string) => (cell === '' ? Infinity : Number(cell.split('-').at(-1))),
    (cell: string) => (cell === '' ? 0 : Number(cell.split('-')[0])),
  ];
  const samePeriod = (period: string, month: string) => period === month || period === '2026-Q3';

  /** What somebody may know of a case from elsewhere; each alone or with the others. */
  const knowledge: readonly ((row: OpenTimeline, target: Timeline) => boolean)[] = [
    (row, { procedure }) => row.procedure === procedure,
    (row, { agency }) => row.agency === '' || row.agency === agency,
    (row, { month }) => samePeriod(row.period, month),
    (row, { lane }) => row.lane === '' || row.lane === lane,
    // From the day it was received to the day it was decided.
    (row, { agencyDays, investorDays }) =>
      least(row.agency_days) + least(row.investor_days) <= agencyDays + investorDays &&
      agencyDays + investorDays <= most(row.agency_days) + most(row.investor_days),
    (row, { investorDays }) => contains(row.investor_days, investorDays),
    (row, { otherDays }) => contains(row.other_days, otherDays),
    (row, { onTime }) => row.on_time === String(onTime),
  ];

  it('fit whatever is known of a case in no row, or in those of at least five', () => {
    fc.assert(
      fc.property(fc.array(timeline, { maxLength: 300 }), fc.nat(255), (timelines, known) => {
        const { rows, published, withheld } = openTimelines('2026-Q3', timelines);
        expect(published + withheld).toBe(timelines.length);
        const tests = knowledge.filter((_test, bit) => (known >> bit) % 2 === 1);
        for (const target of timelines) {
          const fitting = rows.filter(({ row }) => tests.every((test) => test(row, target)));
          const n = fitting.reduce((sum, { n: times }) => sum + times, 0);
          if (n !== 0) expect(n).toBeGreaterThanOrEqual(leastCases);
        }
      }),
    );
  });

  it('leave every row a true one: as many procedures fit each as it is printed for', () => {
    fc.assert(
      fc.property(fc.array(timeline, { maxLength: 200 }), (timelines) => {
        const all = knowledge.filter((_test, i) => i !== 4);
        for (const { row, n } of openTimelines('2026-Q3', timelines).rows) {
          expect(Object.keys(row)).toEqual(openColumnNames);
          const behind = timelines.filter(
            (target) => all.every((test) => test(row, target)) && contains(row.agency_days, target.agencyDays),
          );
          expect(behind.length).toBeGreaterThanOrEqual(n);
          expect(new Set(behind.map((found) => found.case)).size).toBeGreaterThanOrEqual(leastCases);
        }
      }),
    );
  });
});

describe('quarters', () => {
  it('are civil ones', () => {
    expect(quarterOf(plainDate('2026-08-31'))).toEqual({ code: '2026-Q3', from: '2026-07-01', to: '2026-09-30' });
    expect(quarterOf(plainDate('2027-01-01')).code).toBe('2027-Q1');
  });

  it('are published once they are over, newest first', () => {
    const codes = (first: string, today: string, most = 8) =>
      quartersOver(plainDate(first), plainDate(today), most).map(({ code }) => code);
    expect(codes('2026-05-20', '2026-12-31')).toEqual(['2026-Q3', '2026-Q2']);
    expect(codes('2026-05-20', '2027-01-01')).toEqual(['2026-Q4', '2026-Q3', '2026-Q2']);
    expect(codes('2020-01-01', '2027-01-01', 2)).toEqual(['2026-Q4', '2026-Q3']);
    expect(codes('2027-01-01', '2027-01-01')).toEqual([]);
  });
});

describe('an answer that is kept', () => {
  it('is made once for all who ask, again after its time, and not kept where it failed', async () => {
    let [made, time] = [0, 0];
    const get = keeping<number>({ ms: 10, most: 2, now: () => time });
    const make = () => Promise.resolve((made += 1));
    expect(await Promise.all([get('a', make), get('a', make)])).toEqual([1, 1]);
    time = 10;
    expect(await get('a', make)).toBe(2);
    await expect(get('b', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await get('b', make)).toBe(3);
    // The oldest goes.
    await get('c', make);
    expect(await get('a', make)).toBe(5);
  });
});

it('has its dictionary in the documentation, word for word', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/open-data.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| `(\w+)`\s*\|[^|]*\|\s*(.*?)\s*\|$/gm)].map(([, name, said]) => [name, said]),
  );
  expect([...rows.keys()]).toEqual(openColumnNames);
  for (const column of openColumnNames) expect(openColumns[column].description.en).toContain(rows.get(column));
});
