import type pg from 'pg';
import { type ScopeId, caseCodeOf } from '../../domain/case/scope.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { type SystemCode } from '../../domain/law/agency-systems.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/**
 * One request to a system of another body. (scope, step) is its natural key; the correlation id is made from it, so it is always the same. After a restore
 * (a later epoch) what is asked first is another question: what the lost register asked under that name was answered to it.
 */
export interface AgencyRequest {
  readonly scope: ScopeId;
  /** A step of the procedure, `opinion/{agency}`, or another name that is unique in the scope. */
  readonly step: string;
  readonly system: SystemCode;
  readonly kind: string;
  readonly agency: string | null;
}

export const correlationIdOf = ({ scope, step }: Pick<AgencyRequest, 'scope' | 'step'>): string => `${scope}/${step}`;

/** A request as the register has it: asked when, answered or not. */
export interface NotedRequest {
  readonly correlationId: string;
  /** Business time of the first call: the same in every repetition, or the other side would take it for another request. */
  readonly askedAt: Instant;
  readonly status: 'called' | 'accepted' | 'answered';
  readonly answer: unknown;
}

/** Written before every call: once per natural key, counting the calls. */
export async function noteCall(pool: pg.Pool, request: AgencyRequest, now: Instant): Promise<NotedRequest> {
  const { scope, step, system, kind, agency } = request;
  const [noted] = await rows<NotedRequest & pg.QueryResultRow>(
    pool,
    `insert into agency_request as r (scope, step, attempt, case_code, agency, system, kind, correlation_id, status, calls, created_at, called_at)
     values ($1, $2, 1, $3, $4, $5, $6, $7 || coalesce((select '~' || epoch from installation where epoch > 1), ''), 'called', 1, $8, clock_timestamp())
     on conflict (scope, step, attempt) do update set calls = r.calls + 1, called_at = clock_timestamp(), error = null,
       status = case when r.status in ('accepted', 'answered') then r.status else 'called' end
     returning correlation_id as "correlationId", created_at as "askedAt", status, answer`,
    [scope, step, caseCodeOf(scope), agency, system, kind, correlationIdOf(request), now],
    'note-call',
  );
  return noted ?? refuse('INTERNAL');
}

/** What came back at once: the answer of a look-up, or that a question was taken. An opinion that was faster than this stays. */
export async function noteAnswer(
  pool: pg.Pool,
  correlationId: string,
  status: 'accepted' | 'answered',
  answer: unknown,
): Promise<void> {
  await pool.query(
    `update agency_request set status = $2, answer = coalesce(answer, $3), error = null, finished_at = clock_timestamp()
     where correlation_id = $1 and status <> 'answered'`,
    [correlationId, status, JSON.stringify(answer)],
  );
}

/** The call failed, by the code of the failure; it may be made again. */
export async function noteFailure(pool: pg.Pool, correlationId: string, error: string): Promise<void> {
  await pool.query(
    `update agency_request set status = 'failed', error = $2, finished_at = clock_timestamp()
     where correlation_id = $1 and status = 'called'`,
    [correlationId, error],
  );
}

/** The mailboxes of these agencies, as the catalogue has them now; one without an address is not in it. */
export async function findAddresses(pool: pg.Pool, agencies: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ code: string; address: string }>(
    pool,
    `select code, data ->> 'address' as address from agency where code = any ($1) and data ->> 'address' is not null`,
    [agencies],
  );
  return new Map(found.map(({ code, address }) => [code, address]));
}

/** What was filed, with the names behind a case, for look-ups; null where it was erased. Never goes into an event or a workflow. */
export async function getFiling(pool: pg.Pool, caseCode: string): Promise<AnyFiling | null> {
  const [found] = await rows<{ filing: AnyFiling | null }>(
    pool,
    'select f.body as filing from case_head h left join filing f on f.case_code = h.code where h.code = $1',
    [caseCode],
    'filing-of-case',
  );
  return found ? found.filing : refuse('NOT_FOUND', { case: caseCode });
}
