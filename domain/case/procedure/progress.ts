import type { ResolvedProcedure } from '../../law/procedure.js';
import type { PlanItem } from '../case/words.js';
import { openFactQuestions } from '../fact/state.js';
import { isGranted } from '../issued/state.js';
import type { CaseState } from '../state.js';
import { latestAttempt } from './state.js';

/** Gates that a procedure opens for itself: the declaration on the national system is the procedure's own first act. */
export const declarationGate = 'online-declaration';
/** Plans of 0.3.0 call it otherwise. */
const ownGates: ReadonlySet<string> = new Set([declarationGate, 'online-declared']);
export const isOwnGate = (gate: string): boolean => ownGates.has(gate);

/** The name by which everybody calls the gate. */
export const gateName = (gate: string): string => (isOwnGate(gate) ? declarationGate : gate);

/** Events the investor has to bring about before this procedure may open. */
export const missingGates = (state: CaseState, item: PlanItem): string[] =>
  item.gates.filter((gate) => !ownGates.has(gate) && !(gate in state.gatesMet));

/** A trial is admitted under no regime before it is clear that one takes it. */
export const isUntested = ({ trial }: CaseState): boolean => trial !== null && trial.fit !== 'yes';

/** Procedures that this one waits for and that are not approved yet. */
export const missingResults = (state: CaseState, item: PlanItem): string[] =>
  item.after.filter((code) => !isGranted(latestAttempt(state, code)));

export type Readiness = 'open' | 'closed' | 'ready' | 'waiting';

/** Where one procedure of the plan stands. `waiting` names nobody: see `missingGates` and `missingResults`. */
export function readiness(state: CaseState, item: PlanItem): Readiness {
  const latest = latestAttempt(state, item.procedure);
  if (latest) return latest.closed ? 'closed' : 'open';
  const waits = isUntested(state) || missingResults(state, item).length > 0 || missingGates(state, item).length > 0;
  return waits ? 'waiting' : 'ready';
}

/** The investor does not want it yet: nobody waits for it, and it keeps nothing open. */
export const isDeferred = (state: CaseState, procedure: string): boolean => procedure in state.deferred;

/** What the engine opens by itself now: mandatory procedures whose prerequisites are all in and that the investor has not put off. */
export const readyToOpen = (state: CaseState): PlanItem[] =>
  state.plan.filter(
    (item) => item.mandatory && !isDeferred(state, item.procedure) && readiness(state, item) === 'ready',
  );

/**
 * Mandatory procedures that still stand between the case and its end. One that waits for an event of a later life of the project (works completed,
 * operation started), or that the investor has deferred, stays on the roadmap and does not keep the case open; the others always do.
 */
export function outstanding(state: CaseState): PlanItem[] {
  return state.plan.filter((item) => {
    if (!item.mandatory || isGranted(latestAttempt(state, item.procedure))) return false;
    if (isDeferred(state, item.procedure)) return false;
    return item.phase !== 'operate' || missingGates(state, item).length === 0;
  });
}

/**
 * What was begun and is not over, beside what the investor has deferred: it would be left hanging if the case ended now. A fact that nobody knows may call for
 * another approval.
 */
export const begun = (state: CaseState): { procedures: string[]; questions: string[]; facts: string[] } => ({
  procedures: Object.values(state.procedures)
    .filter(({ closed, procedure }) => !closed && !isDeferred(state, procedure))
    .map(({ procedure }) => procedure),
  questions: Object.values(state.questions)
    .filter(({ answeredAt }) => answeredAt === null)
    .map(({ id }) => id),
  facts: openFactQuestions(state).map(({ id }) => id),
});

/** Every mandatory approval is in that the investor wants now, and nothing that was begun is left hanging. */
export function isFinished(state: CaseState): boolean {
  const { procedures, questions, facts } = begun(state);
  return outstanding(state).length + procedures.length + questions.length + facts.length === 0;
}

/** Nothing is asked of the investor: the procedure starts from a prior decision, or registers of the State hold its whole dossier («once only»). */
export const startsByItself = (resolved: ResolvedProcedure): boolean =>
  resolved.startsFrom === 'prior-decision' || resolved.documents.every((document) => document.obtainableFrom !== null);
