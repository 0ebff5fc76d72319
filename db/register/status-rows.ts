import { type PassedStatus } from '../../domain/case/case/told-statuses.js';
import { statusSystemCodes } from '../../domain/law/agency-systems.js';

/** What one system is to be told of a dossier. */
export interface StatusRow {
  readonly system: string;
  readonly scope: string;
  readonly seq: number;
  readonly place: number;
  readonly status: number;
  readonly dossier_code: string | null;
  readonly occurred_at: string;
}

/** Each state for each system that shows it. */
export const statusRows = (passed: readonly PassedStatus[]): StatusRow[] =>
  passed.flatMap(({ system: only, scope, seq, place, status, dossierCode, at }) =>
    (only === null ? statusSystemCodes : [only]).map((system) => ({
      system,
      scope,
      seq,
      place,
      status,
      dossier_code: dossierCode,
      occurred_at: at,
    })),
  );
