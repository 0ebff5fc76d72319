import type { ClockEntry } from '../time/clock.js';
import type { Instant } from '../time/instants.js';
import type { RungInstant } from '../time/ladder.js';
import type { Draft } from './draft.js';
import type { ScopeId } from './scope.js';
import type { ConsultationState } from './consultation/state.js';

/** What happens at its computed instant if nobody does anything before. */
export interface Due {
  readonly at: Instant;
  readonly scope: ScopeId;
  settle(draft: Draft): void;
}

/** A clock that only starts, and that a new calendar may have moved since. */
export function plainClock({ redatedAt }: ConsultationState, since: Instant): ClockEntry[] {
  const start: ClockEntry = { type: 'start', at: since };
  const redated = redatedAt !== null && Date.parse(redatedAt) >= Date.parse(since);
  return redated ? [start, { type: 'redate', at: redatedAt }] : [start];
}

/** The rungs of one of the clocks beside the printed one that have not fired yet. */
export function* rungDues(
  scope: ScopeId,
  clock: string,
  fired: readonly string[],
  instants: readonly RungInstant[],
): Generator<Due> {
  for (const { rung, at, dueDate } of instants) {
    if (fired.includes(`${clock}/${rung}@${dueDate ?? ''}`)) continue;
    yield { at, scope, settle: (draft) => draft.emit('rungReached', scope, { clock, rung, dueDate }, at) };
  }
}
