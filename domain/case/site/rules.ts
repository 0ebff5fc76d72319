import { refuse } from '../../errors.js';
import type { ProcedureDefinition } from '../../law/procedure.js';
import { dateOf, type Instant } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { firstDossierFirst, publication } from '../duty/words.js';

/** A dossier of another case for the same site. */
export interface Neighbour {
  readonly dossierCode: string;
  readonly procedure: string;
  readonly investor: string;
  readonly since: Instant;
  /** Nobody else may be received while it stands. */
  readonly exclusive: boolean;
  /** Not decided yet. */
  readonly open: boolean;
}

/** Whether receiving this procedure's dossier takes a place in the queue for its site, and whether nobody else may be received meanwhile. */
export function claimOf({ duties }: Pick<ProcedureDefinition, 'duties'>): 'exclusive' | 'shared' | null {
  const codes = duties.map(({ code }) => code);
  if (codes.includes(firstDossierFirst)) return 'exclusive';
  return codes.includes(publication) ? 'shared' : null;
}

/**
 * Decree 96/2026/NĐ-CP Art. 47.5d: the first valid dossier for a site is decided first, the next is received when it has failed. And no approval is
 * sought for it beside one that excludes it.
 */
export function requireFreeSite({ state, law, neighbours }: Draft, procedure: string, version: string): void {
  const definition = law.definition(version);
  const first = neighbours.find(({ exclusive }) => exclusive);
  if (first && claimOf(definition) === 'exclusive') {
    refuse('SITE_TAKEN', { dossierCode: first.dossierCode, receivedOn: dateOf(first.since) });
  }
  for (const { code, needs } of definition.gates) {
    if (!('absent' in needs)) continue;
    const beside = neighbours.find(
      (one) => one.open && one.procedure === needs.absent && one.investor === state.investor.personId,
    );
    if (beside) refuse('PRECONDITION_FAILED', { gate: code, procedure, dossierCode: beside.dossierCode });
  }
}
