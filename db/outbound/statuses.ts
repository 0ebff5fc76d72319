import type pg from 'pg';
import { type ScopeId } from '../../domain/case/scope.js';
import { type DossierStatus } from '../../domain/case/outside/words.js';
import { type StatusSystem } from '../../domain/law/agency-systems.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A state that one system is told of a dossier. */
export interface StatusTelling {
  readonly system: StatusSystem;
  readonly scope: ScopeId;
  readonly seq: number;
  readonly place: number;
  readonly caseCode: string;
  readonly status: number;
  readonly dossierCode: string | null;
  readonly occurredAt: Instant;
  readonly attempts: number;
  /** On whose behalf. */
  readonly requestId: string | null;
  /** The same in every repetition of this telling. */
  readonly correlationId: string;
}

type Named = Pick<StatusTelling, 'system' | 'scope' | 'seq' | 'place'>;

// A register that was restored says things anew under names of before.
const correlation = `d.scope || '/status/' || d.seq || '.' || d.place || case when d.again > 0 then '/' || d.again else '' end ||
  coalesce((select '~' || epoch from installation where epoch > 1), '')`;

/**
 * Takes the next state of each dossier that is to be told, oldest first; nobody else gets them for a while. A dossier's second one is not given out before its first one is
 * done, so that none is told out of order.
 */
export const claimTellings = (
  pool: pg.Pool,
  { limit, forMs }: { readonly limit: number; readonly forMs: number },
): Promise<StatusTelling[]> =>
  rows<StatusTelling & pg.QueryResultRow>(
    pool,
    `update dossier_status d set not_before = clock_timestamp() + $2 * interval '1 millisecond', attempts = d.attempts + 1
     from (
       select n.system, n.scope, n.seq, n.place from dossier_status n
       where n.done_at is null and (n.not_before is null or n.not_before < clock_timestamp())
         and not exists (select from dossier_status e where e.done_at is null and e.system = n.system and e.scope = n.scope
           and (e.seq, e.place) < (n.seq, n.place))
       order by n.occurred_at, n.scope, n.system limit $1 for update skip locked
     ) next
     where (d.system, d.scope, d.seq, d.place) = (next.system, next.scope, next.seq, next.place) and d.done_at is null
     returning d.system, d.scope, d.seq, d.place, d.case_code as "caseCode", d.status, d.dossier_code as "dossierCode",
       d.occurred_at as "occurredAt", d.attempts, d.request_id as "requestId", ${correlation} as "correlationId"`,
    [limit, forMs],
    'claim-statuses',
  );

/** It was taken over there (`reference`), or refused for good (`error`): the next one's turn. */
export async function finishTelling(
  pool: pg.Pool,
  { system, scope, seq, place }: Named,
  { reference, error }: { readonly reference: string | null; readonly error: string | null },
): Promise<void> {
  await pool.query({
    name: 'finish-status',
    text: `update dossier_status set done_at = clock_timestamp(), reference = $5, error = $6
           where (system, scope, seq, place) = ($1, $2, $3, $4) and done_at is null`,
    values: [system, scope, seq, place, reference, error],
  });
}

/** It could not be told now: tried again after a while (2 s, 4 s, … at most ten minutes of real time), however often it takes. */
export async function postponeTelling(pool: pg.Pool, named: Named, error: string): Promise<void> {
  const { system, scope, seq, place } = named;
  await pool.query({
    name: 'postpone-status',
    text: `update dossier_status set error = $5, not_before = clock_timestamp() + least(600, power(2, least(attempts, 10))) * interval '1 second'
           where (system, scope, seq, place) = ($1, $2, $3, $4) and done_at is null`,
    values: [system, scope, seq, place, error],
  });
}

/** A dossier as one system was told of it: every state, in order. */
export interface ToldDossier {
  readonly scope: ScopeId;
  readonly caseCode: string;
  readonly told: readonly (DossierStatus & { readonly seq: number; readonly place: number })[];
}

/**
 * Dossiers whose states a system is to hold, after `after`: of cases that are open, or that were told of something in the last days, as far as all of theirs is told.
 */
export const toldDossiers = (
  pool: pg.Pool,
  system: StatusSystem,
  { after, limit, days }: { readonly after: ScopeId; readonly limit: number; readonly days: number },
): Promise<ToldDossier[]> =>
  rows<ToldDossier & pg.QueryResultRow>(
    pool,
    `select d.scope, d.case_code as "caseCode",
       json_agg(json_build_object('status', d.status, 'at', d.occurred_at, 'seq', d.seq, 'place', d.place) order by d.seq, d.place) as told
     from dossier_status d join case_head h on h.code = d.case_code
     where d.system = $1 and d.scope > $2
       and (h.closed_at is null or h.last_at > (select coalesce(now, clock_timestamp()) from rehearsal_clock) - make_interval(days => $4))
     group by d.scope, d.case_code having bool_and(d.done_at is not null) order by d.scope limit $3`,
    [system, after, limit, days],
    'told-dossiers',
  );

/** The other side lacks what it was told of a dossier after that state; told again, each under a name of its own. */
export async function tellAgain(
  pool: pg.Pool,
  system: StatusSystem,
  scope: ScopeId,
  after: { readonly seq: number; readonly place: number },
): Promise<void> {
  await pool.query(
    `update dossier_status set again = again + 1, attempts = 0, not_before = null, done_at = null, reference = null, error = null
     where system = $1 and scope = $2 and (seq, place) > ($3, $4) and done_at is not null`,
    [system, scope, after.seq, after.place],
  );
}

/** What each system was told of the dossiers of a case, in order. */
export interface StatusShown {
  readonly system: StatusSystem;
  readonly scope: ScopeId;
  readonly status: number;
  readonly occurredAt: Instant;
  /** In real time; null: not yet. */
  readonly toldAt: Instant | null;
  readonly reference: string | null;
  readonly error: string | null;
}

export const statusesOf = (pool: pg.Pool, caseCode: string): Promise<StatusShown[]> =>
  rows<StatusShown & pg.QueryResultRow>(
    pool,
    `select system, scope, status, occurred_at as "occurredAt", done_at as "toldAt", reference, error
     from dossier_status where case_code = $1 order by scope, system, seq, place`,
    [caseCode],
    'statuses-of-case',
  );

/** Whether some state waits to be told, and may be tried now. */
export const hasUntold = `exists (select from dossier_status d where d.done_at is null and (d.not_before is null or d.not_before < clock_timestamp()))`;
