import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  casesOfFigure,
  type CutFigures,
  type CutFilter,
  dashboardCuts,
  type FigureCase,
} from '../../db/read/dashboards/cuts.js';
import {
  type CutDimension,
  cutDimensions,
  type CutFigure,
  cutFigures,
  type CutPeriod,
  figuresBy,
} from '../../domain/measures/cuts.js';
import { addDays, plainDate } from '../../domain/time/instants.js';
import { codeOfRow, headRow, procedureRow, rowDraws, writeRows } from '../support/fact-rows.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const first = plainDate('2026-01-01');
// After every fact: nothing of tomorrow is known.
const today = plainDate('2026-07-20');
const cases = 120;
const reader = { person: { id: 'auditor.1', role: 'auditor', agency: null }, on: today } as const;

/** A register of fact rows as no story would leave them: every combination of what is known and what is not. */
async function fill(seed: number): Promise<void> {
  const { draw, oneOf, day, maybe } = rowDraws(seed);
  const heads: object[] = [];
  const facts: object[] = [];
  const procedures: object[] = [];
  for (let i = 0; i < cases; i += 1) {
    const code = codeOfRow(i);
    const of = {
      lane: oneOf('green', 'standard', 'undecided'),
      pathway: oneOf('standard', 'special'),
      zone: maybe(() => oneOf('SHTP', 'DTP')),
    };
    heads.push(headRow(code, of));
    const baseline = 5 + draw(40);
    const counted = draw(2) === 0;
    const ended = maybe(day);
    const facts_ = {
      case_code: code,
      kind: draw(10) === 0 ? 'sandbox' : 'green-lane',
      ...of,
      milestone: 'licence',
      adjustment: draw(8) === 0,
      lane_decided_late: false,
      opened_on: day(),
      licensed_on: maybe(day),
      licence_net_days: draw(40),
      ended_on: ended,
      baseline_days: baseline,
      city_baseline_days: baseline,
      whole_days: draw(60),
      city_days: draw(60),
      reduction: counted && ended !== null ? draw(100) / 100 : null,
      peers: 0,
      refilings: 0,
      broken_terms: 0,
      exclusions: [],
      unverified: [],
      country: maybe(() => oneOf('VN', 'DE', 'JP')),
      investor_class: maybe(() => oneOf('domestic', 'foreign')),
      field: maybe(() => oneOf('ai', 'biotech', 'semiconductors')),
      jobs: maybe(() => draw(1_000)),
      capital_usd: maybe(() => String(draw(1_000_000))),
      capital_vnd: maybe(() => String(draw(1_000_000_000))),
      foreign_share: oneOf(0, 0.25, 1),
      fdi_registered_on: maybe(day),
    };
    facts.push(facts_);
    for (let n = draw(4); n > 0; n -= 1) {
      const closed = maybe(day);
      procedures.push({
        ...procedureRow(code, n, of),
        ...{ field: facts_.field, country: facts_.country, investor_class: facts_.investor_class },
        ...{ agency: oneOf('dof', 'dost', 'shtp-board'), closed_on: closed, due_date: maybe(day) },
        ...{ breached_on: draw(4) === 0 ? day() : null, on_time: closed === null ? null : oneOf(true, false, null) },
      });
    }
  }
  const { owner } = register;
  await owner.query('truncate procedure_fact, case_fact, case_head cascade');
  await writeRows(owner, 'case_head', heads);
  await writeRows(owner, 'case_fact', facts);
  await writeRows(owner, 'procedure_fact', procedures);
}

interface Asked {
  readonly figure: CutFigure;
  readonly dimension: CutDimension;
  readonly key: string;
  readonly period: CutPeriod;
  readonly filter: CutFilter;
}

/** All pages, a few at a time. */
async function everyCase(asked: Asked): Promise<{ n: number; items: readonly FigureCase[] }> {
  const items: FigureCase[] = [];
  let n = 0;
  for (let cursor: string | undefined; ;) {
    const found = await casesOfFigure(register.pool, asked, { reader, today, limit: 17, ...(cursor && { cursor }) });
    n = found.n;
    items.push(...found.items);
    if (found.next === null) return { n, items };
    cursor = found.next;
  }
}

const sumOf = (items: readonly FigureCase[], of: (one: FigureCase) => number | null) =>
  items.reduce((sum, one) => sum + (of(one) ?? 0), 0);
const amount = ({ value }: FigureCase) => (value === null ? null : Number(value));
const ratio = (days: number, baseline: number) =>
  baseline === 0 ? null : Math.round((1 - days / baseline) * 10_000) / 10_000;

/** The figure anew, from its list alone. */
function fromList(figure: CutFigure, items: readonly FigureCase[]): unknown {
  const n = items.length;
  const known = items.filter(({ value }) => value !== null);
  const counted = items.filter((one) => one.counted === true).length;
  switch (figure) {
    case 'opened':
    case 'overdueNow':
      return n;
    case 'onTime':
      return { n, count: counted };
    case 'licensed':
      return { n: known.length, mean: known.length === 0 ? null : sumOf(known, amount) / known.length };
    case 'reduction':
      return {
        n,
        at30: counted,
        whole: ratio(
          sumOf(items, (one) => one.days?.whole ?? null),
          sumOf(items, (one) => one.days?.baseline ?? null),
        ),
        city: ratio(
          sumOf(items, (one) => one.days?.city ?? null),
          sumOf(items, (one) => one.days?.cityBaseline ?? null),
        ),
      };
    default:
      return { n, known: known.length, sum: known.length === 0 ? null : Math.round(sumOf(known, amount) * 100) / 100 };
  }
}

/** The same shape, of what is published. */
function published(figure: CutFigure, figures: CutFigures): unknown {
  switch (figure) {
    case 'opened':
    case 'overdueNow':
      return figures[figure];
    case 'onTime':
      return { n: figures.onTime.n, count: figures.onTime.count };
    case 'licensed':
      return { n: figures.licensed?.n, mean: figures.licensed?.mean ?? null };
    case 'reduction': {
      const { n, whole, city, atLeast30 } = figures.reduction ?? {};
      return { n, at30: atLeast30?.count, whole, city };
    }
    default: {
      const { n, known, sum } = figures[figure] ?? {};
      return { n, known, sum: sum === null || sum === undefined ? null : Number(sum) };
    }
  }
}

/** Means are published with four decimals. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === 'number' ? Math.round(one * 10_000) / 10_000 : one,
  );

describe('every figure of every cut', () => {
  it('is what the list of its cases adds up to, over random registers', async () => {
    const asked = fc.record({
      seed: fc.nat(10_000),
      from: fc.integer({ min: 0, max: 150 }),
      length: fc.nat(60),
      lane: fc.constantFrom(undefined, 'green', 'standard'),
      zone: fc.constantFrom(undefined, 'SHTP'),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ seed, from, length, lane, zone }) => {
        await fill(seed);
        const start = addDays(first, from);
        const period = { from: start, to: addDays(start, length) < today ? addDays(start, length) : today };
        const filter = { ...(lane && { lane }), ...(zone && { zone }) };
        for (const dimension of cutDimensions) {
          const rows = await dashboardCuts(register.pool, dimension, [period], filter, today);
          for (const { key, periods } of rows) {
            const [figures] = periods;
            if (!figures) throw new Error('one for each period');
            for (const figure of figuresBy(dimension)) {
              const { n, items } = await everyCase({ figure, dimension, key, period, filter });
              expect(items).toHaveLength(n);
              expect([dimension, key, figure, rounded(published(figure, figures))]).toEqual([
                dimension,
                key,
                figure,
                rounded(fromList(figure, items)),
              ]);
            }
          }
        }
      }),
      { seed: 1414, numRuns: 4 },
    );
  }, 300_000);

  it('adds up over the rows to what stands without a cut, and over months to the whole period', async () => {
    await fill(7);
    const whole = { from: first, to: addDays(first, 89) };
    const months = [
      { from: first, to: plainDate('2026-01-31') },
      { from: plainDate('2026-02-01'), to: plainDate('2026-02-28') },
      { from: plainDate('2026-03-01'), to: plainDate('2026-03-31') },
    ];
    const [all] = await dashboardCuts(register.pool, 'none', [whole], {}, today);
    const total = all?.periods[0];
    for (const dimension of cutDimensions) {
      const rows = await dashboardCuts(register.pool, dimension, [whole], {}, today);
      const sum = (of: (figures: CutFigures) => number) =>
        rows.reduce((one, { periods }) => one + (periods[0] ? of(periods[0]) : 0), 0);
      if (dimension !== 'agency') {
        expect([dimension, sum(({ opened }) => opened ?? 0)]).toEqual([dimension, total?.opened]);
        expect([dimension, sum(({ jobs }) => Number(jobs?.sum ?? 0))]).toEqual([dimension, Number(total?.jobs?.sum)]);
      }
      expect([dimension, sum(({ onTime }) => onTime.n)]).toEqual([dimension, total?.onTime.n]);
    }
    const trend = await dashboardCuts(register.pool, 'none', months, {}, today);
    expect(trend[0]?.periods.reduce((sum, { opened }) => sum + (opened ?? 0), 0)).toBe(total?.opened);
    expect(Object.keys(cutFigures)).toHaveLength(8);
  });

  it('names cases to those alone who read them', async () => {
    await fill(7);
    const head = { person: { id: 'head.dost', role: 'head', agency: 'dost' }, on: today } as const;
    const asked = {
      figure: 'opened',
      dimension: 'none',
      key: 'all',
      period: { from: first, to: today },
      filter: {},
    } as const;
    const found = await casesOfFigure(register.pool, asked, { reader: head, today, limit: 50 });
    expect(found.n).toBeGreaterThan(50);
    expect(found.items).toEqual([]);
  });
});
