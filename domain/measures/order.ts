import type { PlanItem } from '../case/case/words.js';
import { latestAttempt } from '../case/procedure/state.js';
import type { CaseState } from '../case/state.js';
import { dateOf, millisecondsOf, type PlainDate } from '../time/instants.js';

/**
 * The order in which the work of a case was done: that of the plan, and before what was begun after facts were put right, what had been begun in vain. So no day of
 * it is forgotten.
 */
export function orderOfWork({ plan, needless, procedures }: CaseState): PlanItem[] {
  const begunOn = (code: string): number | null => {
    const first = Object.values(procedures).find(({ procedure }) => procedure === code);
    return first === undefined ? null : millisecondsOf(first.openedAt);
  };
  const inVain = (code: string): string[] => {
    const begun = begunOn(code);
    return needless
      .filter(({ since }) => begun === null || begun >= millisecondsOf(since))
      .map(({ item }) => item.procedure);
  };
  return [
    ...needless.map(({ item }) => item),
    ...plan.map((item) =>
      needless.length === 0 ? item : { ...item, after: [...item.after, ...inVain(item.procedure)] },
    ),
  ];
}

/** When a procedure released what waits for it: its approval, or that it turned out not to be needed; null before. */
export function releasedOn(state: CaseState, procedure: string): PlainDate | null {
  const closed = latestAttempt(state, procedure)?.closed;
  if (!closed) return null;
  const ended = state.needless.find(({ item }) => item.procedure === procedure);
  return closed.outcome === 'approved' || ended ? dateOf(closed.at) : null;
}
