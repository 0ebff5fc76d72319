import { type CaseEvent } from '../events.js';
import { wrongOutside } from '../outside/state.js';
import { procedureScopeOf, type ScopeId } from '../scope.js';
import { type CaseState } from '../state.js';
import { type Instant } from '../../time/instants.js';
import { shownStatus, statusesPassed } from './portal-status.js';

/** A state of a dossier among the portal's ten, told to the systems that show it: `place` among those of one event, from 1. */
export interface PassedStatus {
  readonly scope: ScopeId;
  readonly seq: number;
  readonly place: number;
  readonly status: number;
  readonly at: Instant;
  readonly dossierCode: string | null;
  /** Told to this system alone, which held another one; null: to all. */
  readonly system: string | null;
}

/**
 * The states that a dossier came through by an event, for the systems outside that show it; of what is only recorded here nobody is told. `state` is the case after it,
 * `before` what was shown until then.
 */
export function statusesTold(state: CaseState, event: CaseEvent, before: number | null): PassedStatus[] {
  const scope = procedureScopeOf(event.scope);
  const procedure = state.procedures[scope];
  if (!procedure || !state.managed) return [];
  const { seq, occurredAt: at } = event;
  const told = { scope, seq, at, dossierCode: procedure.dossierCode };
  const passed = statusesPassed(before, procedure, event.type);
  const all: PassedStatus[] = passed.map((status, i) => ({ ...told, place: i + 1, status, system: null }));
  const system = wrongOutside(state, event);
  const status = shownStatus(procedure);
  return system !== null && status !== null ? [...all, { ...told, place: 1, status, system }] : all;
}
