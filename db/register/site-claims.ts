import { createHash } from 'node:crypto';
import { type Outcome } from '../../domain/case/execute.js';
import { type Law } from '../../domain/law/law.js';
import { claimOf } from '../../domain/case/duty/owed.js';
import { type CaseState, type ProcedureState } from '../../domain/case/state.js';
import { type Filing } from '../../domain/lane/screening.js';

/** One dossier's claim to a site. Keys are column names. */
export interface ClaimRow {
  readonly scope: string;
  readonly site: string;
  readonly procedure: string;
  readonly dossier_code: string;
  readonly investor: string;
  readonly since: string;
  readonly exclusive: boolean;
  readonly open: boolean;
  readonly released_at: string | null;
}

/**
 * Where a project is to stand, as a SHA-256 of zone and lot however they are spelled (`Lô I-15-1` = `lo i 15.1`); null where the filing names no lot in
 * a zone. The event holds this and not the investor's words.
 */
export function siteOf({ project: { site } }: Filing): string | null {
  if (site.zone === null || site.zone === 'none' || site.lot === null) return null;
  const parts = site.lot.toLowerCase().normalize('NFD').replaceAll('đ', 'd').replaceAll(/\p{M}/gu, '');
  const words = (parts.match(/[a-z0-9]+/g) ?? []).filter((word) => word !== 'lo' && word !== 'lot');
  return words.length === 0
    ? null
    : createHash('sha256')
        .update(`${site.zone}/${words.join('-')}`)
        .digest('hex');
}

/** The statement that reads, and locks until the end of the transaction, the claims of other cases to the site of this one. `code`: quoted. */
export const neighboursOf = (code: string): string =>
  `select c.dossier_code as "dossierCode", c.procedure, c.investor, c.since, c.exclusive, c.open from site_claim c
   where c.site = (select h.state ->> 'site' from case_head h where h.code = ${code}) and c.case_code <> ${code} and c.released_at is null
   order by c.since, c.scope for update`;

/** The claims that one command made, decided or gave up. */
export function claimRows(before: CaseState, { state }: Outcome, law: Law): ClaimRow[] {
  const { site } = state;
  if (site === null) return [];
  return Object.values(state.procedures).flatMap((procedure) => {
    const kind = procedure.receivedAt === null ? null : claimOf(law.definition(procedure.version));
    const known = before.procedures[procedure.scope];
    if (kind === null || (known?.receivedAt && !known.closed === !procedure.closed)) return [];
    return [claimRow(state.investor.personId, site, procedure, kind === 'exclusive')];
  });
}

export function claimRow(investor: string, site: string, procedure: ProcedureState, exclusive: boolean): ClaimRow {
  const { scope, closed, receivedAt, dossierCode } = procedure;
  return {
    scope,
    site,
    procedure: procedure.procedure,
    dossier_code: dossierCode ?? '',
    investor,
    since: receivedAt ?? '',
    exclusive,
    open: closed === null,
    released_at: closed && closed.outcome !== 'approved' ? closed.at : null,
  };
}
