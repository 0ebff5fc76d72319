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
  readonly recommends: Recommendation;
}

/** `none`: neither side has more than half of those who may vote, so a tie is no recommendation. Ours: no text read says. */
export const recommendations = ['admit', 'reject', 'none'] as const;
export type Recommendation = (typeof recommendations)[number];

/** Counts the votes; whoever is there and has not voted abstains. */
export function tallyOf(voters: readonly string[], cast: Readonly<Record<string, { readonly vote: Vote }>>): Tally {
  const count = (vote: Vote) => voters.filter((one) => (cast[one]?.vote ?? 'abstain') === vote).length;
  const [inFavour, against] = [count('for'), count('against')];
  const isMajority = (n: number) => 2 * n > voters.length;
  return {
    for: inFavour,
    against,
    abstained: count('abstain'),
    recommends: isMajority(inFavour) ? 'admit' : isMajority(against) ? 'reject' : 'none',
  };
}

/** Who voted against what the council recommends; without a recommendation there is nothing to dissent from. */
export function dissentersOf(
  { recommends }: Pick<Tally, 'recommends'>,
  voters: readonly string[],
  cast: Readonly<Record<string, { readonly vote: Vote }>>,
): string[] {
  if (recommends === 'none') return [];
  const minority = recommends === 'admit' ? 'against' : 'for';
  return voters.filter((one) => cast[one]?.vote === minority);
}
