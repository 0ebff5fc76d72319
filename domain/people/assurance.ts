/**
 * How surely the sign-on knew who somebody was, as it says itself: the two levels of electronic identification. Kept with each act; left out where the sign-on
 * says nothing of it, which proves neither.
 */
export const assuranceLevels = [1, 2] as const;
export type Assurance = (typeof assuranceLevels)[number];
