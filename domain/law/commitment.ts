/** How much shorter the City means to be than the law, in percent: what it promises, and what it aims at. */
export const commitment = 30;
export const ambition = 40;
