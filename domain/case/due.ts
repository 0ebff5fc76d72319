import type { Law } from '../law/law.js';
import type { Instant } from '../time/instants.js';
import { conferenceDues } from './conference/due.js';
import { addConsequences } from './consequences.js';
import { opinionDues } from './consultation/due.js';
import { deferralsEnding } from './deferral/due.js';
import type { Draft } from './draft.js';
import { dutyDues } from './duty/due.js';
import { clockDues } from './procedure/due.js';
import type { Due } from './rungs.js';
import { caseScope, type ScopeId } from './scope.js';
import type { CaseState } from './state.js';
import { supplementDues } from './supplement/due.js';
import { taskDues } from './task/due.js';
import { trialDues } from './trial/due.js';

/**
 * Everything that will fall due in a case if nobody does anything, each with its computed instant. Of several at the same instant the first one
 * goes first: the rung that says a term was missed before the lapse that ends its clock.
 */
function* dues(state: CaseState, law: Law): Generator<Due> {
  yield* deferralsEnding(state);
  yield* dutyDues(state, law);
  yield* taskDues(state, law);
  for (const due of trialDues(state, law)) yield { ...due, scope: caseScope(state.code) };
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.closed) continue;
    const { ledger } = procedure;
    if (ledger.length > 0 && ledger.at(-1)?.type !== 'stop') yield* clockDues(state, procedure, law);
    const calendar = law.calendar(procedure.calendar);
    for (const supplement of procedure.supplements) yield* supplementDues(procedure, supplement, calendar, law);
  }
  for (const consultation of Object.values(state.consultations)) {
    const procedure = state.procedures[consultation.procedureScope];
    if (consultation.closedAt !== null || procedure?.closed) continue;
    yield* opinionDues(consultation, !procedure?.decision, law);
    if (!procedure?.decision) yield* conferenceDues(consultation, law);
  }
}

/**
 * «Due first»: records what fell due by `until`, in the order of the computed instants and dated by them, however late the machine is.
 * Each thing once: its event changes what is due.
 */
export function settleDue(draft: Draft, until: Instant = draft.now): void {
  const limit = Date.parse(until);
  draft.as({ kind: 'clock' }, () => {
    for (;;) {
      let first: Due | undefined;
      for (const due of dues(draft.state, draft.law)) {
        if (Date.parse(due.at) > limit) continue;
        if (!first || Date.parse(due.at) < Date.parse(first.at)) first = due;
      }
      if (!first) return;
      const seen = draft.events.length;
      first.settle(draft);
      addConsequences(draft, seen, first.at);
    }
  });
}

/** Where something falls due before that instant. */
export function scopesDueBefore(state: CaseState, law: Law, at: Instant): Set<ScopeId> {
  const found = new Set<ScopeId>();
  for (const due of dues(state, law)) if (Date.parse(due.at) < Date.parse(at)) found.add(due.scope);
  return found;
}

/**
 * The next instant at which a duty, or work on an issued result, matters though no workflow looks after it any more: of a closed case, or of one that has none.
 * null otherwise.
 */
export function nextDutyInstant(state: CaseState, law: Law): Instant | null {
  if (!state.managed || state.scopes[caseScope(state.code)]?.closed !== true) return null;
  let next: Instant | null = null;
  for (const { at } of [...dutyDues(state, law), ...taskDues(state, law)])
    if (next === null || Date.parse(at) < Date.parse(next)) next = at;
  return next;
}

/** The next instant that matters in each open scope; null where nothing lies ahead. The register wakes a scope whose instant is past. */
export function nextInstants(state: CaseState, law: Law): Record<ScopeId, Instant | null> {
  const next: Record<ScopeId, Instant | null> = {};
  for (const [scope, { closed }] of Object.entries(state.scopes)) if (!closed) next[scope] = null;
  for (const { scope, at } of dues(state, law)) {
    const known = next[scope];
    if (known === undefined) continue;
    if (known === null || Date.parse(at) < Date.parse(known)) next[scope] = at;
  }
  return next;
}
