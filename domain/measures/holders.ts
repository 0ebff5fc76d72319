import type { Holder } from '../case/procedure/holder.js';

/**
 * Whose days they are: another question than who has the file (`domain/case/procedure/holder.ts`), which it is answered from. `system`: the engine itself, between
 * a result and what it releases. `central`: a body the City does not command. `conference`: the City's days, too, spent on settling opinions that contradict each
 * other. `violation`: a violation is being handled, which is the authority's time.
 */
export type HolderClass = 'city' | 'central' | 'investor' | 'conference' | 'violation' | 'system';

export const classOf = (holder: Holder, commandedByCity: (agency: string) => boolean): HolderClass =>
  holder.kind !== 'agency' ? holder.kind : commandedByCity(holder.agency) ? 'city' : 'central';

/** As a span of days names its holder: an agency's code, or what is nobody's desk. */
export const holderName = (holder: Holder): string => (holder.kind === 'agency' ? holder.agency : holder.kind);
