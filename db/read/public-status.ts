import type pg from 'pg';
import { type PlainDate, type Instant } from '../../domain/time/instants.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { decisionOfChange } from '../../domain/case/issued/rules.js';
import { type DecisionChange } from '../schema/projected.js';
import { rows } from '../pool.js';
import { trialColumn, type TrialSummary } from './cases.js';

/** What anybody with code and PIN may know: no name, no document. */
export interface PublicStatus {
  readonly code: string;
  readonly kind: CaseState['kind'];
  readonly status: string;
  /** null for a trial, which has no lane. */
  readonly lane: string | null;
  readonly trial: TrialSummary | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly procedures: readonly {
    readonly scope: ScopeId;
    readonly procedure: string;
    readonly version: string;
    readonly agency: string;
    readonly dossierCode: string | null;
    readonly portalStatus: number;
    readonly dueDate: PlainDate | null;
    readonly outcome: string | null;
    /** Acts on its result; null before it is signed. */
    readonly changes: readonly DecisionChange[] | null;
  }[];
}

/** Undefined where there is no such case. */
export async function findPublicStatus(pool: pg.Pool, caseCode: string): Promise<PublicStatus | undefined> {
  const [found] = await rows<PublicStatus & pg.QueryResultRow>(
    pool,
    `select h.code, h.kind, h.status, case when h.kind = 'green-lane' then h.lane end as lane, ${trialColumn}, h.opened_at as "openedAt", h.closed_at as "closedAt", (
       select coalesce(json_agg(json_build_object('scope', p.scope, 'procedure', p.procedure, 'version', p.version, 'agency', p.handling_agency,
         'dossierCode', p.dossier_code, 'portalStatus', p.portal_status,
         'dueDate', coalesce(k.due_date, k.due_if_returned, p.printed_due_date), 'outcome', p.outcome,
         'changes', case when d.number is not null then d.changes end) order by p.opened_at, p.scope), '[]')
       from procedure p left join clock k on k.scope = p.scope left join decision d on d.scope = p.scope where p.case_code = h.code
     ) as procedures from case_head h where h.code = $1 and h.opened_at is not null`,
    [caseCode],
  );
  return found;
}

/** A signed decision, for whoever holds its number and wants to know whether it is real. */
export interface PublicDecision {
  readonly number: string;
  readonly outcome: string;
  readonly decidedAt: Instant;
  readonly procedure: string;
  readonly version: string;
  readonly agency: string;
  readonly dossierCode: string | null;
  readonly documentHash: string;
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
  readonly changes: readonly DecisionChange[];
}

/** By its own number, or by that of an act on it. Undefined where no decision of that number was signed. */
export async function findPublicDecision(pool: pg.Pool, number: string): Promise<PublicDecision | undefined> {
  const [found] = await rows<PublicDecision & pg.QueryResultRow>(
    pool,
    `select d.number, d.outcome, d.decided_at as "decidedAt", p.procedure, p.version, p.competent_agency as agency,
       p.dossier_code as "dossierCode", d.document_hash as "documentHash", d.signature, d.algorithm, d.key_id as "keyId", d.changes
     from decision d join procedure p on p.scope = d.scope where d.number = any ($1)`,
    [[number, decisionOfChange(number) ?? number]],
  );
  const isAsked = found?.number === number || found?.changes.some((one) => one.number === number);
  return isAsked ? found : undefined;
}
