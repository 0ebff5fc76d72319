import { createHash } from 'node:crypto';
import { type CaseEvent } from '../../domain/case/events.js';
import { type Outcome } from '../../domain/case/execute.js';
import { type Law } from '../../domain/law/law.js';
import { claimOf } from '../../domain/case/site/rules.js';
import { glancesOf, lotsOf } from '../../domain/case/site/lots.js';
import { type Site } from '../../domain/case/case/opening.js';
import { type CaseState } from '../../domain/case/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import { type Filing } from '../../domain/lane/screening.js';

/** One dossier's claim to every lot of its case. Keys are column names. */
export interface ClaimRow {
  readonly scope: string;
  readonly procedure: string;
  readonly dossier_code: string;
  readonly investor: string;
  readonly since: string;
  readonly exclusive: boolean;
  readonly open: boolean;
  readonly released_at: string | null;
}

/**
 * Where a project is to stand: the lots it names and what they could be mistaken for, each as a SHA-256 with its zone; null where the filing names no lot in a
 * zone.
 */
export function siteOf({ project: { site } }: Filing): Site | null {
  const { zone, lot } = site;
  if (zone === null || zone === 'none' || lot === null) return null;
  const hash = (kind: string, text: string) => createHash('sha256').update(`${kind}/${zone}/${text}`).digest('hex');
  const lots = lotsOf(lot);
  if (lots.length === 0) return null;
  return {
    key: hash('site', [...lots].sort().join(' ')),
    lots: lots.map((one) => hash('lot', one)),
    near: glancesOf(lot).map((one) => hash('near', one)),
  };
}

/** A row of `case_site`: one lot of a case, or (`near`) what it could be mistaken for. */
export interface SiteRow {
  readonly site: string;
  readonly near: boolean;
}

/** The lots that these events name. */
export const siteRows = (events: readonly CaseEvent[]): SiteRow[] =>
  events.flatMap((event): SiteRow[] => {
    if (event.type !== 'caseOpened') return [];
    const { site, sites = site ? [site] : [], near = [] } = event.payload;
    return [...sites.map((one) => ({ site: one, near: false })), ...near.map((one) => ({ site: one, near: true }))];
  });

/** The statement that reads, and locks until the end of the transaction, the claims of other cases to the lots of this one. `code`: quoted. */
export const neighboursOf = (code: string): string =>
  `select c.dossier_code as "dossierCode", c.procedure, c.investor, c.since, c.exclusive, c.open from site_claim c
   where c.site in (select s.site from case_site s where s.case_code = ${code} and not s.near) and c.case_code <> ${code} and c.released_at is null
   order by c.since, c.scope, c.site for update`;

/** The claims that one command made, decided or gave up. */
export function claimRows(before: CaseState, { state }: Outcome, law: Law): ClaimRow[] {
  if (state.site === null) return [];
  return Object.values(state.procedures).flatMap((procedure) => {
    const kind = procedure.receivedAt === null ? null : claimOf(law.definition(procedure.version));
    const known = before.procedures[procedure.scope];
    if (kind === null || (known?.receivedAt && !known.closed === !procedure.closed)) return [];
    return [claimRow(state.investor.personId, procedure, kind === 'exclusive')];
  });
}

export function claimRow(investor: string, procedure: ProcedureState, exclusive: boolean): ClaimRow {
  const { scope, closed, receivedAt, dossierCode } = procedure;
  return {
    scope,
    procedure: procedure.procedure,
    dossier_code: dossierCode ?? '',
    investor,
    since: receivedAt ?? '',
    exclusive,
    open: closed === null,
    released_at: closed && closed.outcome !== 'approved' ? closed.at : null,
  };
}
