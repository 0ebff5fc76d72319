/** Where the floor of each cost stands, and what was tried. */
const floors = 'docs/performance.md, «What does not hold, and where the cost is»';

/** One thing that has a budget. `measured` is rounded to three figures; `reason`, where it does not hold: what was measured of it. */
export interface Budget {
  readonly name: string;
  readonly measured: number;
  readonly budget: number;
  readonly holds: boolean;
  readonly reason?: string;
}

/** Three figures of a number. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Keeps budgets in the order in which they are measured. `reason` says what was measured of the cost; it is asked only where the budget does not hold. */
export class Budgets {
  readonly all: Budget[] = [];

  atMost(name: string, measured: number, budget: number, reason: () => string): void {
    this.note(name, measured, budget, measured <= budget, reason);
  }

  atLeast(name: string, measured: number, budget: number, reason: () => string): void {
    this.note(name, measured, budget, measured >= budget, reason);
  }

  private note(name: string, measured: number, budget: number, holds: boolean, reason: () => string): void {
    this.all.push({
      name,
      measured: rounded(measured),
      budget,
      holds,
      ...(!holds && { reason: `${reason()} (${floors})` }),
    });
  }
}

/** The largest of these, each with its name and three figures: `scope 14, message 9`. */
export const largest = (each: Readonly<Record<string, number>>, most = 6): string =>
  Object.entries(each)
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, value]) => `${name} ${rounded(value)}`)
    .join(', ');
