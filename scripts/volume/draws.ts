/** `draw(n)`: a whole number from 0 to n - 1. */
export type Draw = (below: number) => number;

/** Small seeded generator (mulberry32): the same seed, the same numbers. */
export function drawsOf(seed: number): Draw {
  let a = seed >>> 0;
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export function oneOf<T>(draw: Draw, ...from: readonly [T, ...T[]]): T {
  return from[draw(from.length)] ?? from[0];
}
