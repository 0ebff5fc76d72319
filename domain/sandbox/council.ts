/** Who decides together about an admission. */
export const councilRoles = ['chair', 'member'] as const;
export const votes = ['for', 'against', 'abstain'] as const;
export type Vote = (typeof votes)[number];

export interface CouncilMember {
  readonly person: string;
  readonly role: (typeof councilRoles)[number];
  /** null: an expert of no agency. */
  readonly agency: string | null;
}

/** How many of the appointed members must be there and free to vote. */
export interface Quorum {
  readonly parts: number;
  readonly of: number;
}

/** At least `parts` of each `of` appointed members, rounded up; never fewer than two. */
export const quorumOf = (members: number, { parts, of }: Quorum): number =>
  Math.max(2, Math.ceil((members * parts) / of));

export interface Tally {
  readonly for: number;
  readonly against: number;
  readonly abstained: number;
  /** More than half of the votes cast are in favour; a tie is no recommendation. */
  readonly recommends: 'admit' | 'reject';
}

/** Counts the votes; whoever is there and has not voted abstains. */
export function tallyOf(voters: readonly string[], cast: Readonly<Record<string, { readonly vote: Vote }>>): Tally {
  const count = (vote: Vote) => voters.filter((one) => (cast[one]?.vote ?? 'abstain') === vote).length;
  const inFavour = count('for');
  return {
    for: inFavour,
    against: count('against'),
    abstained: count('abstain'),
    recommends: 2 * inFavour > voters.length ? 'admit' : 'reject',
  };
}
