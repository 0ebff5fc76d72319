/** A whole number from 0 below the limit. */
export type Draw = (limit: number) => number;

/** Small seeded generator (mulberry32): the same seed, the same life. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

export const oneOf = <T>(draw: Draw, list: readonly T[]): T | undefined => list[draw(list.length || 1)];
export const chance = (draw: Draw, percent: number): boolean => draw(100) < percent;
