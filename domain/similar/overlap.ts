/** In what two cases of one procedure can be alike. */
export const likenesses = ['field', 'zone', 'pathway', 'lane', 'country'] as const;
export type Likeness = (typeof likenesses)[number];

/** What of a case is compared; `conditions`: subjects of the conditions that agencies set in its procedure. */
export interface Shape extends Readonly<Record<Likeness, string | null>> {
  readonly conditions: readonly string[];
}

/** One thing that two cases have in common. */
export interface Overlap {
  readonly on: Likeness | 'condition';
  readonly value: string;
}

/** Everything that both have; what is unknown of one of them is no likeness. */
export function overlapOf(one: Shape, other: Shape): Overlap[] {
  const same = likenesses.flatMap((on) => {
    const value = one[on];
    return value !== null && value === other[on] ? [{ on, value }] : [];
  });
  const conditions = [...new Set(one.conditions)].filter((subject) => other.conditions.includes(subject)).sort();
  return [...same, ...conditions.map((value): Overlap => ({ on: 'condition', value }))];
}

/** The likest first: who has more in common, of those the one decided later, then by code. Those with nothing in common are left out. */
export function likest<
  T extends { readonly case: string; readonly decidedOn: string; readonly overlap: readonly Overlap[] },
>(cases: readonly T[], most: number): T[] {
  return cases
    .filter(({ overlap }) => overlap.length > 0)
    .sort(
      (a, b) =>
        b.overlap.length - a.overlap.length ||
        (a.decidedOn === b.decidedOn ? (a.case < b.case ? -1 : 1) : a.decidedOn < b.decidedOn ? 1 : -1),
    )
    .slice(0, most);
}
