import { refuse, unlessRefused } from '../../errors.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { PlanItem } from '../case/words.js';
import type { Draft } from '../draft.js';
import type { Law } from '../../law/law.js';
import { isDeferred, startsByItself } from '../procedure/progress.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { factsBehind, latestAttempt } from '../procedure/state.js';
import { isGranted } from '../issued/state.js';

/**
 * A later approval that the investor does not want yet, until a date or until they say so. Never a licence, never the root, never what a mandatory
 * approval that is not itself deferred at least as long depends on.
 */
export function deferProcedure(draft: Draft, code: string, until: PlainDate | null, reason: string): void {
  const { state } = draft;
  const item = planned(state, code);
  if (code in state.deferred) refuse('DUPLICATE_REQUEST', { procedure: code, deferred: true });
  requireDeferrable(state, draft.law, item);
  if (until !== null && until <= dateOf(draft.now)) refuse('VALIDATION_FAILED', { field: 'until', past: true });
  const sooner = neededBy(state, code).filter((other) => !lasts(state, other, until));
  if (sooner.length > 0) refuse('PRECONDITION_FAILED', { procedure: code, neededBy: sooner });
  draft.emit('procedureDeferred', caseScope(state.code), { procedure: code, until, reason: draft.seal(reason) });
}

/** Whether the investor may put it off, for some time at least. */
export const isDeferrable = (state: CaseState, law: Law, item: PlanItem): boolean =>
  !state.closed &&
  !isDeferred(state, item.procedure) &&
  unlessRefused(() => requireDeferrable(state, law, item)) !== null &&
  neededBy(state, item.procedure).every((other) => isDeferred(state, other));

/** Refuses what may not be put off, whatever the date. */
function requireDeferrable(state: CaseState, law: Law, item: PlanItem): void {
  const { procedure, phase, mandatory, after } = item;
  if (phase === 'licence') refuse('PRECONDITION_FAILED', { procedure, phase });
  if (mandatory && after.length === 0) refuse('PRECONDITION_FAILED', { procedure, root: true });
  const attempt = latestAttempt(state, procedure);
  if (!attempt) return mandatory ? undefined : refuse('PRECONDITION_FAILED', { procedure, mandatory });
  // What needs no dossier from the investor goes on by itself: there is nothing to put off.
  const { stage, version } = attempt;
  if (
    stage !== 'awaiting-dossier' ||
    startsByItself(law.procedureVersion(procedure, version, factsBehind(state, attempt)))
  )
    refuse('PRECONDITION_FAILED', { procedure, stage });
}

/** Mandatory approvals that are still to come and depend on it. */
const neededBy = (state: CaseState, code: string): string[] =>
  state.plan
    .filter((other) => other.mandatory && other.after.includes(code) && !isApproved(state, other.procedure))
    .map(({ procedure }) => procedure);

/** Deferred already, and no shorter than `until`. */
function lasts(state: CaseState, code: string, until: PlainDate | null): boolean {
  const deferral = state.deferred[code];
  if (!deferral) return false;
  return deferral.until === null || (until !== null && until <= deferral.until);
}

/** Ends a deferral. What the procedure waits for must not be deferred any longer itself. */
export function resumeProcedure(draft: Draft, code: string): void {
  const { state } = draft;
  const item = planned(state, code);
  if (!(code in state.deferred)) refuse('PRECONDITION_FAILED', { procedure: code, deferred: false });
  const deferred = item.after.filter((other) => other in state.deferred);
  if (deferred.length > 0) refuse('PRECONDITION_FAILED', { procedure: code, deferred });
  draft.emit('procedureResumed', caseScope(state.code), { procedure: code });
}

/** What the plan says of a procedure; refuses `NOT_FOUND`. */
export const planned = (state: CaseState, code: string): PlanItem =>
  state.plan.find((one) => one.procedure === code) ?? refuse('NOT_FOUND', { procedure: code });

const isApproved = (state: CaseState, code: string): boolean => isGranted(latestAttempt(state, code));
