import type { EventType } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';

/**
 * The ten status codes of the public-service portal: 1 newly registered, 2 received, 3 not received, 4 in process, 5 supplement requested, 6 payment
 * requested, 7 withdrawal requested, 8 stopped, 9 completed, 10 result returned. 2 passes at once into 4, and a withdrawal takes effect as soon as it is
 * asked for (7, then 8): both are told on the way (`statusesPassed`), and neither is where a dossier stays.
 */
export function portalStatus(procedure: ProcedureState): number {
  if (procedure.receptionRefusedAt !== null) return 3;
  if (procedure.handedOverAt !== null) return 10;
  if (procedure.decision) return 9;
  if (procedure.closed) return 8;
  if (procedure.supplements.some(({ status }) => status === 'asked' || status === 'lapsed')) return 5;
  if (procedure.stage === 'awaiting-dossier' && procedure.filings.length > 0) return 5;
  if (Object.values(procedure.payments).some(({ receivedAt }) => receivedAt === null)) return 6;
  return procedure.receivedAt === null ? 1 : 4;
}

/** The state that systems outside are told of; null: there is no dossier yet. */
export const shownStatus = (procedure: ProcedureState | undefined): number | null =>
  procedure && (procedure.filings.length > 0 || procedure.receivedAt !== null) ? portalStatus(procedure) : null;

/** The states that a dossier came through by an event of this type, in order, the one it stands in last; none where it stayed where it was. */
export function statusesPassed(
  before: number | null,
  procedure: ProcedureState | undefined,
  type: EventType,
): number[] {
  const now = shownStatus(procedure);
  if (now === null || now === before) return [];
  if (type === 'dossierReceived') return [2, now];
  return procedure?.closed?.outcome === 'withdrawn' && now === 8 ? [7, 8] : [now];
}
