import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimal,
  decimalNumber,
  decimalText,
  minus,
  plus,
  quotient,
  rounded,
} from '../../../domain/measures/decimals.js';
import { Distribution } from '../../../domain/measures/spread.js';

const values = fc.array(
  fc.integer({ min: -30_000, max: 600_000 }).map((units) => units / 10_000),
  {
    minLength: 1,
    maxLength: 60,
  },
);

describe('how values are spread, told by how many there are of each', () => {
  it('has the mean, the median and the ranks of the values one by one', () => {
    fc.assert(
      fc.property(values, (each) => {
        const ordered = [...each].sort((one, other) => one - other);
        // Some told together, some apart.
        const told = each.map((value) => ({ value, n: 1 }));
        const half = told.splice(0, Math.floor(told.length / 2));
        const together = [...new Set(half.map(({ value }) => value))].map((value) => ({
          value,
          n: half.filter((one) => one.value === value).length,
        }));
        const found = new Distribution(told).and(new Distribution(together));
        const n = ordered.length;
        const units = ordered.reduce((sum, one) => sum + Math.round(one * 10_000), 0);
        const [low = NaN, high = NaN] = [ordered[Math.ceil(n / 2) - 1], ordered[Math.floor(n / 2)]];
        expect(found.spread()).toMatchObject({ n, p90: ordered[Math.ceil((9 * n) / 10) - 1] });
        expect(Math.abs((found.spread().median ?? NaN) - (low + high) / 2)).toBeLessThanOrEqual(0.00005 + 1e-9);
        expect(Math.abs((found.mean() ?? NaN) - units / 10_000 / n)).toBeLessThanOrEqual(0.00005 + 1e-9);
        expect(ordered.map((_one, i) => found.at(i + 1))).toEqual(ordered);
        expect(found.atLeast(low)).toBe(ordered.filter((one) => one >= low).length);
      }),
      { seed: 809, numRuns: 500 },
    );
  });

  it('rounds halves away from zero, as the register does', () => {
    const of = (...each: number[]) => new Distribution(each.map((value) => ({ value, n: 1 })));
    expect(of(0.0001, 0.0002).spread()).toMatchObject({ mean: 0.0002, median: 0.0002 });
    expect(of(-0.0001, -0.0002).spread()).toMatchObject({ mean: -0.0002, median: -0.0002 });
    expect(decimalText(of(4, 4, 5).meanWith(2))).toBe('4.33');
    expect(of().spread()).toEqual({ n: 0, mean: null, median: null, p90: null });
    expect(of().mean()).toBeNull();
  });
});

describe('decimal numbers', () => {
  const amount = fc.tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.nat(5));
  it('add, subtract and are written without losing a digit', () => {
    fc.assert(
      fc.property(amount, amount, ([one, scale], [other, places]) => {
        const [a, b] = [
          { digits: one, scale },
          { digits: other, scale: places },
        ];
        const sum = plus(a, b);
        expect(decimalText(minus(sum, b))).toBe(decimalText(a));
        expect(decimalText(decimal(decimalText(sum)))).toBe(decimalText(sum));
      }),
      { seed: 810 },
    );
  });

  it('divide and round as the register does', () => {
    const written = (text: string, places: number) => decimalText(rounded(decimal(text), places));
    expect([written('0.125', 2), written('-0.125', 2), written('1200.00', 2), written('7', 2)]).toEqual([
      ...['0.13', '-0.13', '1200', '7'],
    ]);
    const third = quotient(decimal('1'), decimal('3'), 4);
    expect(third && decimalNumber(third)).toBe(0.3333);
    expect(quotient(decimal('1'), decimal('0.00'), 4)).toBeNull();
    expect(() => decimal('1e5')).toThrow(RangeError);
  });
});
