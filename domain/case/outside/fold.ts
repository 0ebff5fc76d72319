import type { CaseEvent } from '../events.js';
import type { CaseState } from '../state.js';

/** What an event makes of what other systems say, in place. */
export function foldOutside(state: CaseState, event: CaseEvent): void {
  const { scope, occurredAt: at } = event;
  switch (event.type) {
    case 'papersFiledOutside': {
      const { matterId: id, at: filedAt, note } = event.payload;
      (state.outside ??= []).push({ id, scope, at, about: { kind: 'papers', filedAt, note }, outcome: null });
      return;
    }
    case 'statusDiffered': {
      const { matterId: id, system, ours, theirs } = event.payload;
      (state.outside ??= []).push({ id, scope, at, about: { kind: 'status', system, ours, theirs }, outcome: null });
      return;
    }
    case 'resultHandedOut': {
      const procedure = state.procedures[scope];
      if (procedure) procedure.handedOutAt = event.payload.at;
      return;
    }
    case 'outsideSettled': {
      const matter = state.outside?.find(({ id }) => id === event.payload.matterId);
      if (matter) matter.outcome = event.payload.outcome;
      return;
    }
    default:
      return;
  }
}
