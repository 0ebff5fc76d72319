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
 * The next state of each dossier that is to be told, oldest first, for whoever is alone at it (`tellingAlone`). A dossier's second one is not given out before its first
 * one is done, so that none is told out of order.
 */
export const nextTellings = (on: pg.Pool | pg.PoolClient, limit: number): Promise<StatusTelling[]> =>
  rows<StatusTelling & pg.QueryResultRow>(
    on,
    `select d.system, d.scope, d.seq, d.place, d.case_code as "caseCode", d.status, d.dossier_code as "dossierCode",
       d.occurred_at as "occurredAt", d.request_id as "requestId", ${correlation} as "correlationId"
     from dossier_status d
     where d.done_at is null and (d.not_before is null or d.not_before < clock_timestamp())
       and not exists (select from dossier_status e where e.done_at is null and e.system = d.system and e.scope = d.scope
         and (e.seq, e.place) < (d.seq, d.place))
     order by d.occurred_at, d.scope, d.system limit $1`,
    [limit],
    'next-statuses',
  );

/** Longer than any call: a session that says nothing for so long belongs to a process that stands still or is gone, and the register ends it with its lock. */
const silentMs = 30_000;

/**
 * Runs this while nobody else tells states, in whichever process; null where somebody else is at it. It is a lock of a session: no transaction is open meanwhile, no
 * row says who is at it, and with the session of a process that died it is gone.
 */
export async function tellingAlone<Result>(
  pool: pg.Pool,
  work: (session: pg.PoolClient) => Promise<Result>,
): Promise<Result | null> {
  const session = await pool.connect();
  let broken: Error | boolean = true;
  try {
    const [lock] = await rows<{ mine: boolean }>(
      session,
      `select pg_try_advisory_lock(hashtext('states told')) as mine, set_config('idle_session_timeout', '${String(silentMs)}', false)`,
      [],
      'begin-telling',
    );
    const result = lock?.mine === true ? await work(session) : null;
    const [end] = await rows<{ freed: boolean }>(
      session,
      `select ${lock?.mine === true ? `pg_advisory_unlock(hashtext('states told'))` : 'true'} as freed, set_config('idle_session_timeout', null, false)`,
      [],
      lock?.mine === true ? 'end-telling' : 'not-telling',
    );
    broken = end?.freed !== true;
    return result;
  } finally {
    // A session whose lock may still be held is closed, and the lock with it.
    session.release(broken);
  }
}

/** How the telling of a state ended. */
export interface Told extends Named {
  /** `later`: it could not be told now, `error` says why; else it was taken over there (`reference`), or refused for good (`error`): the next one's turn. */
  readonly later: boolean;
  readonly reference: string | null;
  readonly error: string | null;
}

/** Keeps how they ended. What could not be told is tried again after a while (2 s, 4 s, … at most ten minutes of real time), however often it takes. */
export async function keepTold(on: pg.Pool | pg.PoolClient, told: readonly Told[]): Promise<void> {
  await on.query({
    name: 'keep-told',
    text: `update dossier_status d set reference = t.reference, error = t.error, attempts = d.attempts + 1,
             done_at = case when not t.later then clock_timestamp() end,
             not_before = case when t.later then clock_timestamp() + least(600, power(2, least(d.attempts + 1, 10))) * interval '1 second' end
           from json_to_recordset($1::json) t (system text, scope text, seq int, place smallint, later bool, reference text, error text)
           where (d.system, d.scope, d.seq, d.place) = (t.system, t.scope, t.seq, t.place) and d.done_at is null`,
    values: [
      JSON.stringify(
        told.map(({ system, scope, seq, place, later, reference, error }) => ({
          ...{ system, scope, seq, place },
          ...{ later, reference, error },
        })),
      ),
    ],
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
