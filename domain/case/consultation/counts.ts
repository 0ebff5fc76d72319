import type { OpinionState } from './state.js';

/** An opinion counts once it was given, deemed, or decided by the lead. */
export function opinionCounts(opinion: OpinionState): boolean {
  return opinion.status === 'given' || opinion.status === 'lapsed' || opinion.status === 'decided';
}
