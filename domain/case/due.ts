import { rungInstants } from '../ladder.js';
import { addDays, startOf, type Instant } from '../time.js';
import type { Draft } from './draft.js';
import type { Law } from './law.js';
import type { ScopeId } from './scope.js';
import type { CaseState } from './state.js';

interface Due {
  readonly at: Instant;
  readonly scope: ScopeId;
  settle(draft: Draft): void;
}

/** Everything that will fall due in a case if nobody does anything, each with its computed instant; in no order. */
function* dues(state: CaseState, law: Law): Generator<Due> {
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.closed) continue;
    const { scope } = procedure;
    if (procedure.ledger.length > 0 && procedure.ledger.at(-1)?.type !== 'stop') {
      const calendar = law.calendar(procedure.calendar);
      for (const { rung, at, dueDate } of rungInstants(
        calendar,
        procedure.budget,
        procedure.ledger,
        law.settings.ladders.procedure,
      )) {
        if (procedure.rungs.includes(`${rung}@${dueDate ?? ''}`)) continue;
        yield {
          at,
          scope,
          settle: (draft) => draft.emit('rungReached', scope, { clock: 'printed', rung, dueDate }, at),
        };
      }
    }
    for (const { requestId, status, deadline } of procedure.supplements) {
      if (status !== 'asked' || deadline === null) continue;
      const at = startOf(addDays(deadline, 1));
      yield { at, scope, settle: (draft) => draft.emit('supplementLapsed', scope, { requestId }, at) };
    }
  }
  for (const consultation of Object.values(state.consultations)) {
    if (consultation.closedAt !== null || state.procedures[consultation.procedureScope]?.closed) continue;
    const { scope } = consultation;
    for (const { agency, status, dueDate, legalEffect, handling } of Object.values(consultation.opinions)) {
      if (status !== 'asked') continue;
      const at = startOf(addDays(dueDate, 1));
      yield { at, scope, settle: (draft) => draft.emit('opinionLapsed', scope, { agency, legalEffect, handling }, at) };
    }
  }
}

/**
 * «Due first»: records what fell due by `draft.now`, in the order of the computed instants and dated by them, however late the machine is.
 * Each thing once: its event changes what is due.
 */
export function settleDue(draft: Draft): void {
  const limit = Date.parse(draft.now);
  draft.as({ kind: 'clock' }, () => {
    for (;;) {
      let first: Due | undefined;
      for (const due of dues(draft.state, draft.law)) {
        if (Date.parse(due.at) > limit) continue;
        if (!first || Date.parse(due.at) < Date.parse(first.at)) first = due;
      }
      if (!first) return;
      first.settle(draft);
    }
  });
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
