import type { ProcedureState } from '../procedure/state.js';

/**
 * The ten status codes of the public-service portal: 1 newly registered, 2 received, 3 not received, 4 in process, 5 supplement requested, 6 payment
 * requested, 7 withdrawal requested, 8 stopped, 9 completed, 10 result returned. 2 passes at once into 4; nothing here asks for money (6), and a
 * withdrawal takes effect as soon as it is asked for (7).
 */
export function portalStatus(procedure: ProcedureState): number {
  if (procedure.receptionRefusedAt !== null) return 3;
  if (procedure.handedOverAt !== null) return 10;
  if (procedure.decision) return 9;
  if (procedure.closed) return 8;
  if (procedure.supplements.some(({ status }) => status === 'asked' || status === 'lapsed')) return 5;
  if (procedure.stage === 'awaiting-dossier' && procedure.filings.length > 0) return 5;
  return procedure.receivedAt === null ? 1 : 4;
}
