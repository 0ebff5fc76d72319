import type { CaseState } from '../state.js';
import type { ProcedureState } from '../procedure/state.js';

/**
 * Stands for what a decision rests on: dossier, answers, opinions, conferences, facts and what registers said; of an opinion without what others
 * say. It changes with each of them and with nothing else, so that whoever answers can say what they looked at.
 */
export function lookOf(
  state: CaseState,
  { scope, filings, supplements, steps, extracts = {} }: ProcedureState,
  of: 'decision' | 'opinion' = 'decision',
): string {
  const asked = Object.values(state.consultations).filter(({ procedureScope }) => procedureScope === scope);
  const counts = {
    d: filings.length,
    s: supplements.filter(({ answeredAt }) => answeredAt !== null).length,
    w: Object.values(steps).reduce((sum, { round }) => sum + round, 0),
    o: asked.flatMap(({ opinions }) => Object.values(opinions)).filter(({ position }) => position !== null).length,
    c: asked.filter(({ conference }) => (conference?.decidedAt ?? null) !== null).length,
    f: Object.values(state.factQuestions).filter(({ decidedAt }) => decidedAt !== null).length,
  };
  const looks = Object.values(extracts).reduce(
    (sum, { obtained, paperAt }) => sum + (paperAt ? 0 : (obtained?.look ?? 0)),
    0,
  );
  const others: readonly string[] = of === 'opinion' ? ['o', 'c', 'r'] : [];
  return Object.entries({ ...counts, ...(looks > 0 && { r: looks }) })
    .filter(([what]) => !others.includes(what))
    .map(([what, n]) => `${what}${n}`)
    .join('.');
}
