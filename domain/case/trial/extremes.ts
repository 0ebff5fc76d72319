import type { Reading } from '../../law/trial-terms.js';

/** What a batch says of one limit in all: how many readings, and the least and the most where they are numbers. */
export interface Extremes {
  readonly limit: string;
  readonly count: number;
  readonly least: number | null;
  readonly most: number | null;
}

/** In the order in which the limits are named first. */
export function extremesOf(readings: readonly Reading[]): Extremes[] {
  const byLimit = new Map<string, Extremes>();
  for (const { limit, value } of readings) {
    const before = byLimit.get(limit) ?? { limit, count: 0, least: null, most: null };
    const count = before.count + 1;
    if (typeof value !== 'number') byLimit.set(limit, { ...before, count });
    else {
      const [least, most] = [Math.min(value, before.least ?? value), Math.max(value, before.most ?? value)];
      byLimit.set(limit, { limit, count, least, most });
    }
  }
  return [...byLimit.values()];
}
