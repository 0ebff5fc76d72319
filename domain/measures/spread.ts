import { type Decimal, decimalNumber, quotient } from './decimals.js';

/** Of `n` cases or procedures. `median`: of an even number the mean of the two in the middle; `p90` by nearest rank. null: none. */
export interface Spread {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/** Of nothing. */
export const noSpread: Spread = { n: 0, mean: null, median: null, p90: null };

/** So many of one value, which has four decimals at most. */
export interface Counted {
  readonly value: number;
  readonly n: number;
}

/** Values are whole numbers of these: sums of a million of them are exact. */
const unit = 10_000;
const unitsOf = (value: number): number => Math.round(value * unit);
/** Halves away from zero, as the register rounds. */
const halved = (units: number): number => Math.sign(units) * Math.floor((Math.abs(units) + 1) / 2);

/** Values and how many there are of each: what is told of many cases without reading one of them. Mean, median and ranks are exact. */
export class Distribution {
  readonly n: number;
  private readonly sum: number;
  private readonly ordered: readonly Counted[];

  constructor(counted: readonly Counted[]) {
    const together = new Map<number, number>();
    for (const { value, n } of counted) {
      const units = unitsOf(value);
      together.set(units, (together.get(units) ?? 0) + n);
    }
    this.ordered = [...together].map(([value, n]) => ({ value, n })).sort((one, other) => one.value - other.value);
    this.n = this.ordered.reduce((all, { n }) => all + n, 0);
    this.sum = this.ordered.reduce((all, { value, n }) => all + value * n, 0);
  }

  private unitsAt(rank: number): number {
    let before = 0;
    for (const { value, n } of this.ordered) {
      before += n;
      if (before >= rank) return value;
    }
    throw new RangeError(`Rank ${rank} of ${this.n}`);
  }

  /** The value at this place in their order, from 1. */
  at(rank: number): number {
    return this.unitsAt(rank) / unit;
  }

  atLeast(least: number): number {
    return this.ordered.reduce((all, { value, n }) => (value >= unitsOf(least) ? all + n : all), 0);
  }

  /** These values and those together. */
  and(others: Distribution): Distribution {
    return new Distribution([...this.ordered, ...others.ordered].map(({ value, n }) => ({ value: value / unit, n })));
  }

  /** null: there is none. */
  mean(): number | null {
    const mean = quotient({ digits: BigInt(this.sum), scale: 4 }, { digits: BigInt(this.n), scale: 0 }, 4);
    return mean === null ? null : decimalNumber(mean);
  }

  /** The mean with so many places. Throws where there is none. */
  meanWith(places: number): Decimal {
    const mean = quotient({ digits: BigInt(this.sum), scale: 4 }, { digits: BigInt(this.n), scale: 0 }, places);
    if (mean === null) throw new RangeError('No mean of nothing');
    return mean;
  }

  spread(): Spread {
    const { n } = this;
    if (n === 0) return noSpread;
    const middle = this.unitsAt(Math.ceil(n / 2)) + this.unitsAt(Math.floor(n / 2) + 1);
    return { n, mean: this.mean(), median: halved(middle) / unit, p90: this.at(Math.ceil((9 * n) / 10)) };
  }
}
